import { render, screen } from '@testing-library/preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Toast } from '../../../../extension/ui/workspace/toast.tsx';

const LONG_MS = 60_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('what was just done goes by itself, but not while somebody is at its buttons', () => {
  const close = vi.fn();
  render(<Toast toast={{ text: '3 leads tagged.', undo: () => {} }} onClose={close} />);
  act(() => screen.getByRole('button', { name: 'Undo' }).focus());
  act(() => void vi.advanceTimersByTime(LONG_MS));
  expect(close).not.toHaveBeenCalled();
  act(() => screen.getByRole('button', { name: 'Undo' }).blur());
  act(() => void vi.advanceTimersByTime(LONG_MS));
  expect(close).toHaveBeenCalledOnce();
});
