import { fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { useState } from 'preact/hooks';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Dialog } from '../../../extension/ui/parts/dialog.tsx';
import { useKeptFocus } from '../../../extension/ui/use-kept-focus.ts';

const NAMES = ['Ann', 'Ben', 'Cy'];
const LONG_ENOUGH_MS = 1_000;

/** A page with a list whose entries can be taken off it, after a question. */
function Page() {
  useKeptFocus();
  const [names, setNames] = useState(NAMES);
  const [asked, setAsked] = useState<string | null>(null);
  return (
    <main>
      <h1>People</h1>
      <ul>
        {names.map((name) => (
          <li key={name}>
            <button type="button" onClick={() => setAsked(name)}>
              Remove {name}
            </button>
          </li>
        ))}
      </ul>
      {asked && (
        <Dialog
          title={`Remove ${asked}?`}
          text="For good."
          keep="Keep"
          act="Remove"
          onKeep={() => setAsked(null)}
          onAct={() => {
            setNames(names.filter((name) => name !== asked));
            setAsked(null);
          }}
        />
      )}
    </main>
  );
}

const focusOn = (name: string) => {
  const button = screen.getByRole('button', { name });
  button.focus();
  fireEvent.click(button);
};
const hasFocus = (name: string) => waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name })));

test('a question that is answered with no gives the focus back to what asked it', async () => {
  render(<Page />);
  focusOn('Remove Ben');
  focusOn('Keep');
  await hasFocus('Remove Ben');
});

test('when an entry of a list is gone, its neighbour has the focus', async () => {
  render(<Page />);
  focusOn('Remove Ben');
  focusOn('Remove');
  await hasFocus('Remove Cy');
});

test('when nothing is left around it, the heading of the page has the focus', async () => {
  render(<Page />);
  for (const name of ['Ann', 'Ben', 'Cy']) {
    focusOn(`Remove ${name}`);
    focusOn('Remove');
    await waitFor(() => expect(screen.queryByRole('button', { name: `Remove ${name}` })).toBeNull());
  }
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'People' })));
});

describe('who has clicked', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  /** Ben loses the focus to a click, and then his entry is gone. */
  const lose = async (clicked: HTMLElement) => {
    const ben = screen.getByRole('button', { name: 'Remove Ben' });
    ben.focus();
    fireEvent.pointerDown(clicked);
    ben.blur();
    ben.closest('li')?.remove();
    await vi.advanceTimersByTimeAsync(LONG_ENOUGH_MS);
  };

  test('beside everything is not pulled back', async () => {
    render(<Page />);
    await lose(screen.getByRole('heading', { name: 'People' }));
    expect(document.activeElement).toBe(document.body);
  });

  test('what then goes away is led to its neighbour', async () => {
    render(<Page />);
    await lose(screen.getByRole('button', { name: 'Remove Ben' }));
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Remove Cy' }));
  });
});
