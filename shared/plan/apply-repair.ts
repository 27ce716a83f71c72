import { trimText } from '../lead/text.ts';
import type { Problem } from '../problems.ts';
import { isBlankRow } from '../table/find-table.ts';
import type { RawTable } from '../table/table.ts';
import { type Answer, hasProblem, type RepairStep } from './repair.ts';
import { plainText, withCountry, withFix, withoutBad } from './repair-cell.ts';

/** A row as it stands after some steps. `cells` are the row's own where nothing was changed in them. */
export type RowState = { readonly cells: readonly string[]; readonly excluded: boolean; readonly answer?: Answer };

/** What applying steps needs to know of a file. */
export type RepairGround = {
  readonly defaultCountry: string;
  /** The country a row names itself, null where it names none. */
  readonly countryOf: (cells: readonly string[]) => string | null;
  /** Columns of the table; a cell that a short row lacks is there once it is edited. */
  readonly width: number;
  /** The problems a row with these cells has by itself, with their columns. */
  readonly problemsOf: (cells: readonly string[], at: number) => readonly Problem[];
};

/** A row as read. */
export function originalState(table: RawTable, at: number, excludedLines: ReadonlySet<number> | undefined): RowState {
  return { cells: table.rows[at] ?? [], excluded: excludedLines?.has(table.lines[at] ?? 0) ?? false };
}

/** What steps make of the rows of a file, each by itself, in the steps' order. */
export function compileRepair(steps: readonly RepairStep[], ground: RepairGround) {
  const bulk: number[] = [];
  const byLine = new Map<number, number[]>();
  for (const [number, step] of steps.entries()) {
    const lines = linesOf(step);
    if (lines === 'all') bulk.push(number);
    else for (const line of new Set(lines)) byLine.set(line, [...(byLine.get(line) ?? []), number]);
  }

  /** `onChange` is told the state before each step that changed something. */
  function stateOf(original: RowState, at: number, line: number, onChange?: (step: number, before: RowState) => void): RowState {
    const own = byLine.get(line);
    const numbers = own ? [...bulk, ...own].sort((a, b) => a - b) : bulk;
    let state = original;
    for (const number of numbers) {
      const step = steps[number];
      const next = step ? applyStep(state, step, at, ground) : state;
      if (next !== state) onChange?.(number, state);
      state = next;
    }
    return state;
  }

  return { stateOf };
}

/** The lines a step names, or `all` where it is a rule for every row. */
export function linesOf(step: RepairStep): readonly number[] | 'all' {
  if (step.kind === 'edit') return [step.line];
  return 'lines' in step ? step.lines : 'all';
}

/** A row after one step that concerns it: by its line, or every row. The state itself where nothing changes. */
export function applyStep(state: RowState, step: RepairStep, at: number, ground: RepairGround): RowState {
  const { cells } = state;
  switch (step.kind) {
    case 'edit':
      return withCell(state, step.column, step.value, ground.width);
    case 'exclude':
    case 'include':
      return withExcluded(state, step.kind === 'exclude');
    case 'excludeProblem':
      return !state.excluded && has(step.code, step.column) ? withExcluded(state, true) : state;
    case 'decide':
      // What is said of all is kept apart: it goes for rows that come to be in review later, too.
      if (step.lines === 'all') return state;
      return { ...state, answer: step.leadId === undefined ? { as: step.as } : { as: step.as, leadId: step.leadId } };
    case 'trim':
      return step.column === undefined ? withCells(state, cells.map(trimText)) : inCell(step.column, trimText);
    case 'replaceValue':
      return inCell(step.column, (cell) => (cell === step.from || plainText(cell) === plainText(step.from) ? step.to : cell));
    case 'setCountry':
      // A row that names its country has said what is asked here.
      if (ground.countryOf(cells) !== null) return state;
      if (step.code !== undefined && !has(step.code, step.column)) return state;
      return inCell(step.column, (cell) => withCountry(cell, step.country, ground.defaultCountry, step.code));
    case 'dropValues':
      if (!has(step.code, step.column)) return state;
      return inCell(step.column, (cell) => withoutBad(cell, step.code, ground.countryOf(cells) ?? ground.defaultCountry));
    case 'useFix':
      return has(step.code, step.column) ? inCell(step.column, (cell) => withFix(cell, step.code)) : state;
  }

  function has(code: Parameters<typeof hasProblem>[1], column: number | undefined): boolean {
    return !isBlankRow(cells) && hasProblem(ground.problemsOf(cells, at), code, column);
  }
  function inCell(column: number, change: (cell: string) => string): RowState {
    const cell = cells[column];
    return cell === undefined || cell === '' ? state : withCell(state, column, change(cell), ground.width);
  }
}

function withExcluded(state: RowState, excluded: boolean): RowState {
  return state.excluded === excluded ? state : { ...state, excluded };
}

function withCell(state: RowState, column: number, value: string, width: number): RowState {
  const { cells } = state;
  if (column < 0 || (cells[column] ?? '') === value) return state;
  if (column < cells.length) return { ...state, cells: cells.with(column, value) };
  // A blank or short row is as long as the table once somebody writes into it; nothing is written beside the table.
  if (column >= width) return state;
  return { ...state, cells: Array.from({ length: width }, (_, at) => (at === column ? value : (cells[at] ?? ''))) };
}

function withCells(state: RowState, cells: readonly string[]): RowState {
  return cells.every((cell, column) => cell === state.cells[column]) ? state : { ...state, cells };
}
