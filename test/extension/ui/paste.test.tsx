import { fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { describe, expect, test } from 'vitest';
import { ImportScreen } from '../../../extension/ui/import-screen.tsx';
import { fakeFlow, fakeHost } from '../../support/fake-flow.ts';
import { READ, SOURCE, viewOf } from '../../support/ui-states.ts';

const RANGE = 'Name\tEmail\nAnn Lee\tann@example.com';

function show(draft: typeof SOURCE | typeof READ = SOURCE) {
  const flow = fakeFlow(viewOf({ draft }));
  render(<ImportScreen flow={flow} host={fakeHost({ place: 'popup' })} />);
  return flow;
}
/** As the browser tells of a paste; the test's page knows no clipboard of its own. Says whether it was taken. */
function paste(text: string, target: Element = document.body, files: readonly File[] = []): boolean {
  const clipboardData = { files, getData: () => text };
  const event = Object.assign(new Event('paste', { bubbles: true, cancelable: true }), { clipboardData });
  target.dispatchEvent(event);
  return event.defaultPrevented;
}
const open = async () => {
  fireEvent.click(screen.getByRole('button', { name: /^Paste a range/ }));
  return waitFor(() => screen.getByLabelText<HTMLTextAreaElement>('Rows to paste'));
};

describe('pasting a range', () => {
  test('anywhere on the start screen it is read at once, in a popup too', () => {
    const flow = show();
    expect(paste(RANGE)).toBe(true);
    expect(flow.pasted).toEqual([RANGE]);
  });

  test('into the field for it, the same; the field has the focus when it opens', async () => {
    const flow = show();
    const field = await open();
    await waitFor(() => expect(document.activeElement).toBe(field));
    paste(RANGE, field);
    expect(flow.pasted).toEqual([RANGE]);
  });

  test('rows typed or pasted piece by piece are read with a button', async () => {
    const flow = show();
    fireEvent.input(await open(), { target: { value: 'Name;Email\nAnn;ann@example.com' } });
    fireEvent.click(screen.getByRole('button', { name: 'Read these rows' }));
    expect(flow.pasted).toEqual(['Name;Email\nAnn;ann@example.com']);
  });

  test.each([
    ['a word', 'hello'],
    ['a sentence of several lines', 'Dear Ann\n\nsee you soon'],
    ['one row, without its column names', 'Ann\tann@example.com'],
  ])('%s is no table, and it says what to copy', async (_, text) => {
    const flow = show();
    paste(text);
    expect(flow.pasted).toEqual([]);
    expect((await waitFor(() => screen.getByRole('alert'))).textContent).toContain('Copy the cells with their column names');
  });

  test('a file copied in the file manager is read as a file, a range with its picture as a range', () => {
    const flow = show();
    const file = new File(['x'], 'leads.xlsx');
    paste('', document.body, [file]);
    paste(RANGE, document.body, [new File(['png'], 'image.png')]);
    expect([flow.files, flow.pasted]).toEqual([[file], [RANGE]]);
  });

  test('once a file is chosen, pasting takes nothing', () => {
    const flow = show(READ);
    expect(paste(RANGE)).toBe(false);
    expect(flow.pasted).toEqual([]);
  });
});
