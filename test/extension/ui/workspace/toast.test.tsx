import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Toast } from '../../../../extension/ui/workspace/toast.tsx';

const LONG_MS = 60_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const wait = () => act(() => void vi.advanceTimersByTime(LONG_MS));
const undo = () => screen.getByRole('button', { name: 'Undo' });
const bar = () => undo().closest('.toast') ?? expect.fail();
const focus = () => act(() => undo().focus());
const blur = () => act(() => undo().blur());
const point = () => act(() => void fireEvent.pointerEnter(bar()));
const leave = () => act(() => void fireEvent.pointerLeave(bar()));

test.each([
  ['somebody is at its buttons', [focus], [blur]],
  ['the pointer is on it', [point], [leave]],
  ['the pointer has left, and somebody is still at its buttons', [point, focus, leave], [blur]],
  ['nobody is at its buttons any more, and the pointer is still on it', [focus, point, blur], [leave]],
] as const)('what was just done goes by itself, but not while %s', (_, hold, release) => {
  const close = vi.fn();
  render(<Toast toast={{ text: '3 leads tagged.', undo: () => {} }} onClose={close} />);
  for (const deed of hold) deed();
  wait();
  expect(close).not.toHaveBeenCalled();
  for (const deed of release) deed();
  wait();
  expect(close).toHaveBeenCalledOnce();
});
