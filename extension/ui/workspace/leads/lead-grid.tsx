// biome-ignore-all lint/a11y/useSemanticElements: a table drawn row by row is no <table> to a browser; the roles say what it is
// biome-ignore-all lint/a11y/useFocusableInteractive: in a grid one cell takes the focus, not rows and heads
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { LeadPages } from '../../../flow/workspace/lead-pages.ts';
import type { LeadsPlace } from '../../../flow/workspace/leads-place.ts';
import { isChosen, type Selection } from '../../../flow/workspace/selection.ts';
import { type CellAt, moveByKey } from '../../grid/grid-keys.ts';
import { COLUMNS } from './columns.ts';
import { GridHead } from './grid-head.tsx';
import { GridRow } from './grid-row.tsx';
import type { TableMemory } from './table-memory.ts';
import type { LeadEdits } from './use-edits.ts';
import { useWindow } from './use-window.ts';

type LeadGridProps = {
  readonly pages: LeadPages;
  /** How many rows there are. */
  readonly total: number;
  readonly place: LeadsPlace;
  readonly memory: TableMemory;
  readonly selection: Selection;
  /** Null for a viewer. */
  readonly edits: LeadEdits | null;
  readonly onSort: (column: 'name' | 'companyName') => void;
  readonly onOpen: (leadId: string) => void;
  /** Chooses the rows from `first` to `last`, or takes them out. */
  readonly onChoose: (first: number, last: number, chosen: boolean) => void;
  readonly onChooseAll: (all: boolean) => void;
};

/**
 * The table of leads. Only rows in view are in the page, so that it is as quick at 100,000 leads as at ten; the one with
 * the focus stays in it wherever it is. Keys: arrows, Home, End and Page move; Space chooses, with Shift from the last
 * one chosen; Enter opens; F2 changes a cell; Escape chooses none; Ctrl+A all; Ctrl+Z takes the last change back.
 */
export function LeadGrid(props: LeadGridProps) {
  const { pages, total, place, memory, selection, edits } = props;
  const box = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<CellAt>(memory.active);
  const [editing, setEditing] = useState<CellAt | null>(null);
  const anchor = useRef(active.row);
  const takesFocus = useRef(memory.isReturn);
  const view = useWindow(box, total);
  const columns = view.isNarrow ? COLUMNS.filter(({ narrow }) => narrow) : COLUMNS;
  useEffect(() => pages.show(view.first, Math.max(0, view.last)), [pages, view.first, view.last]);
  // Back from a lead: the table stands where it stood.
  useEffect(() => {
    memory.isReturn = true;
    if (box.current) box.current.scrollTop = memory.scrollTop;
  }, [memory]);
  useLayoutEffect(() => {
    if (!takesFocus.current) return;
    takesFocus.current = false;
    box.current?.querySelector<HTMLElement>(`[data-row="${active.row}"] [data-column="${active.column}"]`)?.focus({ preventScroll: true });
  });

  // The field may have no column any more.
  useEffect(() => setEditing(null), [view.isNarrow]);

  const go = (to: CellAt) => {
    memory.active = to;
    takesFocus.current = true;
    setActive(to);
    view.reveal(to.row);
  };
  const edit = (at: CellAt) => {
    if (edits && columns[at.column - 1]?.field && pages.at(at.row)) setEditing(at);
  };
  const chooseRow = (row: number, withRange: boolean) => {
    const lead = pages.at(row);
    if (!lead) return;
    if (withRange) props.onChoose(Math.min(anchor.current, row), Math.max(anchor.current, row), true);
    else props.onChoose(row, row, !isChosen(selection, lead.id));
    anchor.current = row;
  };

  function onKeyDown(event: KeyboardEvent): void {
    if (editing) return;
    const to = moveByKey(event, active, { rows: total, columns: columns.length + 1, page: view.page });
    if (to) {
      event.preventDefault();
      if (event.shiftKey && to.row !== active.row) props.onChoose(Math.min(anchor.current, to.row), Math.max(anchor.current, to.row), true);
      else if (to.row !== active.row) anchor.current = to.row;
      go(to);
      return;
    }
    const isCommand = event.ctrlKey || event.metaKey;
    const act = ACTS.find(({ key, command }) => key === event.key.toLowerCase() && command === isCommand)?.act;
    if (!act) return;
    event.preventDefault();
    const lead = pages.at(active.row);
    if (act === 'open' && lead) props.onOpen(lead.id);
    if (act === 'edit') edit(active);
    if (act === 'choose') chooseRow(active.row, event.shiftKey);
    if (act === 'chooseAll') props.onChooseAll(true);
    if (act === 'chooseNone') props.onChooseAll(false);
    if (act === 'undo') edits?.undo();
  }

  const inView = Array.from({ length: Math.max(0, view.last - view.first + 1) }, (_, index) => view.first + index);
  const held = editing?.row ?? active.row;
  const rows = held < total && (held < view.first || held > view.last) ? [...inView, held] : inView;
  return (
    <div
      ref={box}
      class="leads-grid"
      role="grid"
      aria-label="Leads"
      aria-rowcount={total + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable="true"
      data-narrow={view.isNarrow ? '' : undefined}
      onKeyDown={onKeyDown}
      onScroll={() => {
        memory.scrollTop = box.current?.scrollTop ?? 0;
      }}
    >
      <GridHead
        columns={columns}
        sort={place.sort}
        total={total}
        selection={selection}
        onSort={props.onSort}
        onChooseAll={props.onChooseAll}
      />
      <div class="leads-rows" role="rowgroup" style={{ height: `${total * view.rowPx}px` }}>
        {rows.map((row) => (
          <GridRow
            key={row}
            row={row}
            top={row * view.rowPx}
            lead={pages.at(row)}
            columns={columns}
            place={place}
            isChosen={isChosen(selection, pages.at(row)?.id ?? '')}
            activeColumn={row === active.row ? active.column : null}
            editingColumn={editing?.row === row ? editing.column : null}
            edits={edits}
            onActivate={(column) => {
              if (row !== active.row || column !== active.column) {
                memory.active = { row, column };
                setActive({ row, column });
              }
            }}
            onEdit={(column) => edit({ row, column })}
            onEdited={() => {
              setEditing(null);
              go(editing ?? active);
            }}
            onChoose={(withRange) => chooseRow(row, withRange)}
          />
        ))}
      </div>
    </div>
  );
}

/** What the other keys do; `command`: with Ctrl, or Cmd on a Mac. */
const ACTS = [
  { key: 'enter', command: false, act: 'open' },
  { key: 'f2', command: false, act: 'edit' },
  { key: ' ', command: false, act: 'choose' },
  { key: 'escape', command: false, act: 'chooseNone' },
  { key: 'a', command: true, act: 'chooseAll' },
  { key: 'z', command: true, act: 'undo' },
] as const;
