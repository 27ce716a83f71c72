import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { describe, expect, test } from 'vitest';
import type { GridRow, RowPage, RowQuery } from '../../../../extension/flow/view.ts';
import { ImportScreen } from '../../../../extension/ui/import-screen.tsx';
import { type Problem, problem } from '../../../../shared/problems.ts';
import { fakeFlow, fakeHost } from '../../../support/fake-flow.ts';
import { CHECK, PLAN, viewOf } from '../../../support/ui-states.ts';

const BAD_PHONE: Problem = problem('phone_invalid', { field: 'phone', column: 3, text: '07700 900142' });

/** 70,000 rows, of which only those asked for are made. */
function manyRows({ offset, limit }: RowQuery, part: Partial<GridRow> = {}, total = 70_000): RowPage {
  const rows = Array.from({ length: Math.min(limit, total - offset) }, (_, index): GridRow => {
    const line = offset + index + 2;
    return {
      line,
      decision: 'reject',
      cells: ['Chloé', `Fournier ${line}`, 'Chloe@Example.com', '07700 900142', '', 'Marlow', '', '', ''],
      lead: { firstName: 'Chloé', lastName: `Fournier ${line}`, email: 'chloe@example.com' },
      problems: [BAD_PHONE],
      ...part,
    };
  });
  return { rows, total };
}

async function show(part: Partial<GridRow> = {}, total?: number) {
  const flow = fakeFlow(viewOf({ draft: CHECK }), async (query) => manyRows(query, part, total));
  render(<ImportScreen flow={flow} host={fakeHost()} />);
  const grid = await screen.findByRole('grid');
  await within(grid).findByText('Fournier 2');
  return { flow, grid };
}

const rowAt = (grid: HTMLElement, index: number) => grid.querySelector<HTMLElement>(`[data-row="${index}"]`);
const cellAt = (grid: HTMLElement, row: number, column: number) => {
  const cell = rowAt(grid, row)?.querySelector<HTMLElement>(`[data-column="${column}"]`);
  if (!cell) throw new Error(`no cell ${row} ${column}`);
  return cell;
};
/** Columns: first name, last name, phone as read, phone as stored, email, company … */
const [LAST, WAS, WILL, EMAIL] = [2, 3, 4, 5];
const focus = (cell: HTMLElement) => act(() => cell.focus());
const press = (key: string, more: object = {}) => fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });
const editor = () => screen.getByLabelText<HTMLInputElement>('Phone, line 2');

describe('the grid', () => {
  test('says how many rows there are, and draws only those in view', async () => {
    const { grid } = await show();
    expect(grid.getAttribute('aria-rowcount')).toBe('70001');
    expect(grid.getAttribute('aria-colcount')).toBe('12');
    expect(rowAt(grid, 4)?.getAttribute('aria-rowindex')).toBe('6');
    expect(cellAt(grid, 0, WILL).getAttribute('aria-colindex')).toBe('6');
    expect(within(grid).getAllByRole('row').length).toBeLessThan(60);
  });

  test('what was read stands beside what will be stored', async () => {
    const { grid } = await show();
    expect(cellAt(grid, 0, WAS).textContent).toContain('07700 900142');
    expect(cellAt(grid, 0, WILL).textContent).toContain('not stored');
    const email = cellAt(grid, 0, EMAIL);
    expect(email.querySelector('del')?.textContent).toBe('Chloe@Example.com');
    expect(email.querySelector('ins')?.textContent).toBe('chloe@example.com');
  });

  test('a cell with a problem is marked, and says it to hands, eyes and ears', async () => {
    const { grid } = await show();
    const cell = cellAt(grid, 0, WAS);
    expect(cell.dataset.tone).toBe('bad');
    expect(cell.getAttribute('aria-invalid')).toBe('true');
    expect(cell.title).toContain('no complete phone number');
    fireEvent.focus(cell);
    await waitFor(() => expect(document.querySelector('.cell-line')?.textContent).toContain('no complete phone number'));
  });

  test('arrows move, and Tab has one cell to go to', async () => {
    const { grid } = await show();
    focus(cellAt(grid, 0, 1));
    press('ArrowDown');
    await waitFor(() => expect(document.activeElement).toBe(cellAt(grid, 1, 1)));
    press('ArrowRight');
    await waitFor(() => expect(document.activeElement).toBe(cellAt(grid, 1, LAST)));
    expect(grid.querySelectorAll('[tabindex="0"]')).toHaveLength(1);
    expect(press('Tab')).toBe(true); // the browser's own: it leaves the grid
  });

  test('Enter edits, Enter keeps it: the step goes to the worker, the grid shows it at once', async () => {
    const { flow, grid } = await show();
    focus(cellAt(grid, 0, WILL));
    press('Enter');
    await waitFor(() => editor());
    expect(editor().value).toBe('07700 900142');
    fireEvent.input(editor(), { target: { value: '+447700900142' } });
    fireEvent.keyDown(editor(), { key: 'Enter' });
    expect(flow.steps).toEqual([{ kind: 'edit', line: 2, column: 3, value: '+447700900142' }]);
    await waitFor(() => expect(cellAt(grid, 0, WILL).textContent).toContain('+447700900142'));
    expect(cellAt(grid, 0, WAS).textContent).toContain('07700 900142');
    await waitFor(() => expect(document.activeElement).toBe(cellAt(grid, 0, WILL)));
  });

  test('Escape gives back what was there', async () => {
    const { flow, grid } = await show();
    focus(cellAt(grid, 0, WILL));
    press('Enter');
    await waitFor(() => editor());
    fireEvent.input(editor(), { target: { value: 'nonsense' } });
    fireEvent.keyDown(editor(), { key: 'Escape' });
    await waitFor(() => expect(screen.queryByLabelText('Phone, line 2')).toBeNull());
    expect(flow.steps).toEqual([]);
  });

  test('typing starts with what is typed, and the next letter goes behind it', async () => {
    const { grid } = await show();
    focus(cellAt(grid, 0, WILL));
    press('4');
    await waitFor(() => editor());
    expect(editor().value).toBe('4');
    expect(editor().selectionStart).toBe(1);
  });

  test('who looks at a cell and leaves it has changed nothing', async () => {
    const { flow, grid } = await show();
    focus(cellAt(grid, 0, WILL));
    press('Enter');
    await waitFor(() => editor());
    fireEvent.blur(editor());
    await waitFor(() => expect(screen.queryByLabelText('Phone, line 2')).toBeNull());
    expect(flow.steps).toEqual([]);
  });

  test('what stands in the file cannot be typed over: what becomes of it is changed', async () => {
    const { grid } = await show();
    const cell = cellAt(grid, 0, WAS);
    expect(cell.getAttribute('aria-readonly')).toBe('true');
    fireEvent.dblClick(cell);
    await waitFor(() => expect(cellAt(grid, 0, WILL).contains(editor())).toBe(true));
  });

  test('a long cell is fetched whole before it is changed', async () => {
    const { flow, grid } = await show({ cutColumns: [3] });
    flow.cell = async () => 'the whole of it';
    fireEvent.dblClick(cellAt(grid, 0, WILL));
    await waitFor(() => expect(editor().value).toBe('the whole of it'));
  });

  test.each([
    ['Ctrl+Z undoes', { key: 'z', ctrlKey: true }, 'undoRepair'],
    ['Cmd+Z undoes', { key: 'z', metaKey: true }, 'undoRepair'],
    ['Ctrl+Shift+Z does it again', { key: 'Z', ctrlKey: true, shiftKey: true }, 'redoRepair'],
    ['Ctrl+Y does it again', { key: 'y', ctrlKey: true }, 'redoRepair'],
  ])('%s', async (_, { key, ...more }, asked) => {
    const { flow, grid } = await show();
    focus(cellAt(grid, 0, 1));
    press(key, more);
    expect(flow.asked).toEqual([asked]);
  });

  test('rows are chosen one by one or in a stretch, and taken out together', async () => {
    const { flow, grid } = await show();
    fireEvent.click(cellAt(grid, 1, 0));
    fireEvent.click(cellAt(grid, 3, 0), { shiftKey: true });
    expect(await screen.findByText('3 rows chosen')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Exclude' }));
    expect(flow.steps).toEqual([{ kind: 'exclude', lines: [3, 4, 5] }]);
    await waitFor(() => expect(screen.queryByText('3 rows chosen')).toBeNull());
  });

  test('rows of one person are named, with the one that will be stored', async () => {
    const group = [
      { at: 0, line: 2, decision: 'duplicate' as const, stored: false },
      { at: 7, line: 9, decision: 'create' as const, stored: true },
    ];
    await show({ group });
    expect(document.querySelector('.cell-line')?.textContent).toContain('with line 9. Line 9 will be stored.');
  });

  test('rows that come before the screen listens are shown all the same', async () => {
    const flow = fakeFlow(viewOf({ draft: { ...CHECK, plan: { ...PLAN } } }), (query) => Promise.resolve(manyRows(query, {}, 3)));
    render(<ImportScreen flow={flow} host={fakeHost()} />);
    expect(await screen.findByText('Fournier 4')).toBeTruthy();
  });
});
