// biome-ignore-all lint/a11y/useSemanticElements: a table drawn row by row is no <table> to a browser; the roles say what it is
// biome-ignore-all lint/a11y/useFocusableInteractive: in a grid one cell takes the focus, not rows and heads
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { TableDraft } from '../../flow/draft.ts';
import { cellWords, groupWords, rowWords } from './cell-words.ts';
import { columnsInView, type GridColumn, gridColumns } from './grid-columns.ts';
import { GridHead } from './grid-head.tsx';
import { type CellAt, moveByKey } from './grid-keys.ts';
import { type Editing, GridRow, type RowActs } from './grid-row.tsx';
import type { RowPages } from './row-pages.ts';
import { useDrawBudget } from './use-draw-budget.ts';
import { useRowWindow } from './use-row-window.ts';

type CheckGridProps = {
  readonly draft: Pick<TableDraft, 'mapping' | 'table'>;
  readonly pages: RowPages;
  readonly total: number;
  /** The column that is asked about: it shows what was read and what is stored side by side. */
  readonly cause: number | undefined;
  readonly name: string;
  /** Lines of the rows chosen. */
  readonly chosen: ReadonlySet<number>;
  readonly onChoose: (chosen: ReadonlySet<number>) => void;
  readonly onEdit: (line: number, column: number, value: string) => void;
  /** The whole text of a cell that is cut here. */
  readonly wholeCell: (line: number, column: number) => Promise<string>;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
};

/**
 * The rows of the file. Only what is in view is in the page, so that 70,000 rows scroll as ten do. Keys: arrows, Home,
 * End and Page move; Enter or typing changes a cell, Escape gives it back; Space chooses a row, with Shift from the last
 * one chosen; Ctrl+Z undoes, Ctrl+Shift+Z and Ctrl+Y do it again; Tab leaves.
 */
export function CheckGrid(props: CheckGridProps) {
  const { draft, pages, total, cause, chosen } = props;
  const box = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<CellAt>({ row: 0, column: 1 });
  const [editing, setEditing] = useState<Editing | null>(null);
  const anchor = useRef(0);
  const takesFocus = useRef(false);
  const view = useRowWindow(box, total);
  const columns = useMemo(() => gridColumns(draft, cause), [draft.mapping, draft.table, cause]);
  const last = columns.at(-1);
  const width = Math.max(last ? last.left + last.width : 0, view.width);
  const shown = view.isCards ? cardColumns(columns, cause) : columns;
  const inView = view.isCards ? { first: 0, last: shown.length - 1 } : columnsInView(columns, view.left, view.width);
  const at: CellAt = { row: Math.min(active.row, Math.max(0, total - 1)), column: Math.min(active.column, shown.length) };
  useLayoutEffect(() => pages.hold(editing !== null), [pages, editing !== null]);
  useEffect(() => pages.show(view.first, Math.max(0, view.last)), [pages, view.first, view.last]);
  useEffect(() => {
    setActive({ row: 0, column: 1 });
    setEditing(null);
    if (box.current) box.current.scrollTop = 0;
  }, [pages]);
  // At once: an effect of an earlier rendering would take the focus to where it was.
  useLayoutEffect(() => {
    if (!takesFocus.current) return;
    takesFocus.current = false;
    box.current?.querySelector<HTMLElement>(`[data-row="${at.row}"] [data-column="${at.column}"]`)?.focus({ preventScroll: true });
  });

  function go(to: CellAt): void {
    takesFocus.current = true;
    setActive(to);
    view.reveal(to.row);
    const column = shown[to.column - 1];
    if (column && !view.isCards && box.current) revealColumn(box.current, column);
  }

  async function edit(cell: CellAt, typed?: string): Promise<void> {
    const row = pages.at(cell.row);
    const column = shown[cell.column - 1];
    if (!row || !column) return;
    const isCut = row.cutColumns?.includes(column.column) ?? false;
    const text = typed ?? (isCut ? await props.wholeCell(row.line, column.column) : (row.cells[column.column] ?? ''));
    const place = column.part === 'was' ? cell.column + 1 : cell.column; // the file stays as it is: what becomes of it is changed
    setActive({ row: cell.row, column: place });
    setEditing({ row: cell.row, line: row.line, column: place, text, selects: typed === undefined });
  }

  function save(cell: CellAt, text: string, stays: boolean): void {
    setEditing(null);
    const row = pages.at(cell.row);
    const column = shown[cell.column - 1];
    if (stays) go(cell);
    const isUntouched = editing?.selects === true && text === editing.text;
    if (!row || !column || isUntouched || text === row.cells[column.column]) return;
    const place = column.column;
    const cells = Array.from({ length: Math.max(row.cells.length, place + 1) }, (_, index) =>
      index === place ? text : (row.cells[index] ?? ''),
    );
    const { lead: _unread, ...rest } = row; // what it is read as, the worker says
    const problems = (row.problems ?? []).filter((one) => one.column !== place);
    pages.patch(cell.row, { ...rest, original: row.original ?? row.cells, cells, problems });
    props.onEdit(row.line, place, text);
  }

  function choose(row: number, withRange: boolean): void {
    const [from, to] = withRange ? [Math.min(anchor.current, row), Math.max(anchor.current, row)] : [row, row];
    const lines = Array.from({ length: to - from + 1 }, (_, index) => pages.at(from + index)?.line).filter((line) => line !== undefined);
    const next = new Set(chosen);
    const takesOut = !withRange && lines.every((line) => next.has(line));
    for (const line of lines) takesOut ? next.delete(line) : next.add(line);
    anchor.current = row;
    props.onChoose(next);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (editing) return;
    const to = moveByKey(event, at, { rows: total, columns: shown.length + 1, page: view.page });
    if (to) {
      event.preventDefault();
      if (!event.shiftKey) anchor.current = to.row;
      go(to);
      return;
    }
    const act = actOf(event, at.column);
    if (!act) return;
    event.preventDefault();
    if (act === 'edit') void edit(at);
    if (act === 'type') void edit(at, event.key);
    if (act === 'clear') void edit(at, '');
    if (act === 'choose') choose(at.row, event.shiftKey);
    if (act === 'chooseNone') props.onChoose(new Set());
    if (act === 'undo') props.onUndo();
    if (act === 'redo') props.onRedo();
  }

  const acts = useRef<RowActs | null>(null);
  const latest = useRef({ edit, save, choose, go, at, editing });
  latest.current = { edit, save, choose, go, at, editing };
  acts.current ??= {
    activate: (row, column) => {
      const { at: now } = latest.current;
      if (now.row !== row || now.column !== column) setActive({ row, column });
    },
    edit: (row, column) => void latest.current.edit({ row, column }),
    save: (row, column, text, stays) => latest.current.save({ row, column }, text, stays),
    cancel: () => {
      setEditing(null);
      latest.current.go(latest.current.at);
    },
    choose: (row, withRange) => latest.current.choose(row, withRange),
  };
  const on = acts.current;

  const rows = Array.from({ length: Math.max(0, view.last - view.first + 1) }, (_, index) => view.first + index);
  const held = editing?.row ?? at.row;
  if (held < total && (held < view.first || held > view.last)) rows.push(held);
  const drawn = useDrawBudget(rows, (row) => pages.at(row) !== undefined, held);
  return (
    <>
      <div
        ref={box}
        class="check-grid"
        role="grid"
        aria-label={props.name}
        aria-rowcount={total + 1}
        aria-colcount={shown.length + 2}
        aria-multiselectable="true"
        data-cards={view.isCards ? '' : undefined}
        onKeyDown={onKeyDown}
      >
        <GridHead columns={shown} first={inView.first} last={inView.last} width={width} />
        <div class="check-rows" role="rowgroup" style={{ height: `${view.bodyPx}px`, width: view.isCards ? undefined : `${width}px` }}>
          {rows.map((row) => {
            const data = drawn.has(row) ? pages.at(row) : undefined;
            return (
              <GridRow
                key={row}
                row={row}
                top={row * view.rowPx + view.shift}
                width={width}
                data={data}
                columns={shown}
                first={inView.first}
                last={inView.last}
                isCards={view.isCards}
                isChosen={data !== undefined && chosen.has(data.line)}
                activeColumn={row === at.row ? at.column : null}
                editing={editing?.row === row ? editing : null}
                on={on}
              />
            );
          })}
        </div>
      </div>
      <CellLine pages={pages} at={at} columns={shown} />
    </>
  );
}

/** What the cell with the focus says, in words. */
function CellLine({ pages, at, columns }: { readonly pages: RowPages; readonly at: CellAt; readonly columns: readonly GridColumn[] }) {
  const row = pages.at(at.row);
  const column = columns[at.column - 1];
  const words = row ? [column && cellWords(row, column), rowWords(row), groupWords(row)].filter(Boolean).join(' ') : '';
  return <p class="cell-line small">{words}</p>;
}

type Act = 'edit' | 'type' | 'clear' | 'choose' | 'chooseNone' | 'undo' | 'redo';

/** What a key that does not move does; `column` 0 is the box that chooses the row. */
function actOf({ key, ctrlKey, metaKey, altKey, shiftKey, isComposing }: KeyboardEvent, column: number): Act | null {
  if (ctrlKey || metaKey) {
    const letter = key.toLowerCase();
    if (letter === 'z') return shiftKey ? 'redo' : 'undo';
    return letter === 'y' ? 'redo' : null;
  }
  if (altKey || isComposing) return null;
  if (key === 'Escape') return 'chooseNone';
  if (key === ' ' && (shiftKey || column === 0)) return 'choose';
  if (column === 0) return null;
  if (key === 'Enter' || key === 'F2') return 'edit';
  if (key === 'Delete' || key === 'Backspace') return 'clear';
  return key.length === 1 ? 'type' : null;
}

/** As a card a row is told by its names and the column in question. */
function cardColumns(columns: readonly GridColumn[], cause: number | undefined): readonly GridColumn[] {
  const names = columns.filter(
    ({ field, part }) => part === 'both' && (field === 'firstName' || field === 'lastName' || field === 'fullName'),
  );
  const asked = columns.filter(({ column }) => column === cause);
  const reach = columns.filter(({ field, part }) => part === 'both' && (field === 'email' || field === 'phone'));
  return [...names, ...(asked.length > 0 ? asked : reach)];
}

function revealColumn(box: HTMLElement, { left, width }: GridColumn): void {
  const start = box.clientWidth > 0 ? PINNED_PX : 0;
  if (left < box.scrollLeft + start) box.scrollLeft = left - start;
  else if (box.clientWidth > 0 && left + width > box.scrollLeft + box.clientWidth) box.scrollLeft = left + width - box.clientWidth;
}
/** The box and the line stay in view at the side. */
const PINNED_PX = 108;
