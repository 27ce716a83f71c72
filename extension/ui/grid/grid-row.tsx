// biome-ignore-all lint/a11y/useSemanticElements: a table drawn row by row is no <table> to a browser; the roles say what it is
// biome-ignore-all lint/a11y/useFocusableInteractive: in a grid one cell takes the focus, not rows and heads
import { useMemo } from 'preact/hooks';
import type { GridRow as Row } from '../../flow/view.ts';
import { count } from '../numbers.ts';
import { CellInput } from './cell-input.tsx';
import { problemWords } from './cell-words.ts';
import { cellProblems, cellTexts, type GridColumn } from './grid-columns.ts';

/** A cell that is being changed, and the text it starts with. */
export type Editing = {
  readonly row: number;
  readonly line: number;
  readonly column: number;
  readonly text: string;
  readonly selects: boolean;
};

type GridRowProps = {
  /** From 0. */
  readonly row: number;
  readonly top: number;
  readonly width: number;
  /** Undefined while it is on its way. */
  readonly data: Row | undefined;
  readonly columns: readonly GridColumn[];
  /** Of `columns`: the ones to draw. */
  readonly first: number;
  readonly last: number;
  readonly isCards: boolean;
  readonly isChosen: boolean;
  /** The cell Tab leads to, where it is in this row: 0 chooses the row, columns count from 1. */
  readonly activeColumn: number | null;
  readonly editing: Editing | null;
  /** The same function for every row, so that a row that is as it was costs nothing. */
  readonly on: RowActs;
};
export type RowActs = {
  readonly activate: (row: number, column: number) => void;
  readonly edit: (row: number, column: number) => void;
  readonly save: (row: number, column: number, text: string, stays: boolean) => void;
  readonly cancel: () => void;
  readonly choose: (row: number, withRange: boolean) => void;
};

/** One row of the file, or its shape while it is on its way. Drawn again only when something about it is another. */
export function GridRow(props: GridRowProps) {
  const { row, top, width, data, columns, first, last, isCards, isChosen, activeColumn, editing, on } = props;
  return useMemo(() => {
    const shown = data ? columns.slice(first, last + 1) : []; // without its data a row is one line, and costs nothing
    const drawn = shown.map((column, index) => ({ column, at: first + index + 1 }));
    // The cell with the focus stays in the page when it is scrolled out of sight.
    const held =
      activeColumn !== null && activeColumn > 0 && !drawn.some(({ at }) => at === activeColumn) ? columns[activeColumn - 1] : undefined;
    if (held && activeColumn !== null) drawn.push({ column: held, at: activeColumn });
    const isOut = data?.decision === 'exclude';
    return (
      <div
        class="check-row"
        role="row"
        aria-rowindex={row + 2}
        aria-selected={isChosen}
        aria-busy={data ? undefined : 'true'}
        data-row={row}
        data-out={isOut ? '' : undefined}
        style={isCards ? { top: `${top}px` } : { top: `${top}px`, width: `${width}px` }}
      >
        <span role="gridcell" aria-colindex={1} class="cell box">
          <input
            type="checkbox"
            data-column={0}
            tabIndex={activeColumn === 0 ? 0 : -1}
            aria-label={data ? `Choose line ${count(data.line)}` : 'Choose'}
            checked={isChosen}
            onFocus={() => on.activate(row, 0)}
            onClick={(event) => {
              // What stays as it is, is kept from turning over; anything else the browser turns over itself, or the box falls behind the choice.
              if (data === undefined || (event.shiftKey && isChosen)) event.preventDefault();
              on.choose(row, event.shiftKey);
            }}
          />
        </span>
        <span role="rowheader" aria-colindex={2} class="cell ln">
          {data ? count(data.line) : <i class="skel late" />}
        </span>
        {drawn.map(({ column, at }) => (
          <Cell
            key={at}
            data={data}
            column={column}
            at={at}
            row={row}
            isCards={isCards}
            isActive={activeColumn === at}
            editing={editing?.column === at ? editing : null}
            on={on}
          />
        ))}
      </div>
    );
  }, [row, top, width, data, columns, first, last, isCards, isChosen, activeColumn, editing, on]);
}

type CellProps = {
  readonly data: Row | undefined;
  readonly column: GridColumn;
  readonly at: number;
  readonly row: number;
  readonly isCards: boolean;
  readonly isActive: boolean;
  readonly editing: Editing | null;
  readonly on: RowActs;
};

function Cell({ data, column, at, row, isCards, isActive, editing, on }: CellProps) {
  const [worst] = data && column.part !== 'will' ? cellProblems(data, column) : [];
  const tone = worst && (worst.severity === 'error' ? 'bad' : 'warn');
  const words = data ? problemWords(data, column) : '';
  return (
    <span
      role="gridcell"
      aria-colindex={at + 2}
      aria-readonly={column.part === 'was' ? 'true' : undefined}
      aria-invalid={tone === 'bad' ? 'true' : undefined}
      class={`cell p-${column.part}`}
      data-column={at}
      data-tone={tone}
      data-name={NAMES.has(column.field) ? '' : undefined}
      title={words || undefined}
      tabIndex={editing ? undefined : isActive ? 0 : -1}
      style={isCards ? undefined : { left: `${column.left}px`, width: `${column.width}px` }}
      onFocus={() => on.activate(row, at)}
      onDblClick={() => on.edit(row, at)}
    >
      {data === undefined ? (
        <i class="skel late" />
      ) : editing ? (
        <CellInput
          name={`${column.target}, line ${count(data.line)}`}
          text={editing.text}
          selects={editing.selects}
          onSave={(text, stays) => on.save(row, at, text, stays)}
          onCancel={on.cancel}
        />
      ) : (
        <>
          <CellText row={data} column={column} />
          {words && <span class="sr">{words}</span>}
        </>
      )}
    </span>
  );
}
const NAMES: ReadonlySet<string> = new Set(['firstName', 'lastName', 'fullName']);

/** The text as read beside the one to be stored, where they differ. */
function CellText({ row, column }: { readonly row: Row; readonly column: GridColumn }) {
  const { was, now, will } = cellTexts(row, column);
  if (column.part === 'was') return <Was text={was} />;
  if (column.part === 'will')
    return will === null && now === was ? <span class="faint">not stored</span> : <ins class="cut">{will ?? now}</ins>;
  const after = will ?? now;
  if (was.trim() === after) return <Was text={was} />;
  return (
    <>
      <del class="cut">{was.trim() === '' ? 'blank' : was}</del>
      <ins class="cut">{after}</ins>
    </>
  );
}

function Was({ text }: { readonly text: string }) {
  return text.trim() === '' ? <span class="none">blank</span> : <span class="cut">{text}</span>;
}
