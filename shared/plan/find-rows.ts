import type { Problem, ProblemCode, Severity } from '../problems.ts';
import { isBlankRow } from '../table/find-table.ts';
import { changesForLead } from './lead-changes.ts';
import { type Decision, type FieldChange, type PlannedRow, policyOf } from './plan.ts';
import { isStored } from './plan-row.ts';
import type { Answer } from './repair.ts';
import type { RepairablePlan } from './repairable-plan.ts';

/** Which rows are asked for: those all of this is true of. A problem has to have the code, severity and column together. */
export type RowQuery = {
  readonly decisions?: readonly Decision[];
  readonly code?: ProblemCode;
  readonly severity?: Severity;
  /** Of the problem; without one, of the text. */
  readonly column?: number;
  /** Part of a cell as it is now or as it was read, whatever its case. */
  readonly text?: string;
  /** Rows whose cells were changed. */
  readonly changed?: boolean;
};

/** `count` rows match; `rows` are the indexes of those on the page. */
export type RowsFound = { readonly count: number; readonly rows: readonly number[] };

export type RowFinder = {
  readonly find: (query: RowQuery, offset: number, limit: number) => RowsFound;
};

/** Searches a plan. Pages of one question cost nothing more until the plan changes. */
export function createRowFinder(plan: RepairablePlan): RowFinder {
  const texts: { readonly cells: readonly string[]; readonly text: string }[] = [];
  let last: { readonly key: string; readonly rows: readonly number[] } | null = null;

  function find(query: RowQuery, offset: number, limit: number): RowsFound {
    const key = JSON.stringify([plan.version(), query]);
    if (last?.key !== key) last = { key, rows: matching(query) };
    return { count: last.rows.length, rows: last.rows.slice(offset, offset + limit) };
  }

  function matching(query: RowQuery): readonly number[] {
    const decisions = query.decisions && new Set(query.decisions);
    const wanted = query.text?.toLowerCase() ?? '';
    const asksText = wanted !== '';
    // A column alone asks for its problems; beside a text it says where to look for the text.
    const asksProblem = query.code !== undefined || query.severity !== undefined || (query.column !== undefined && !asksText);
    const found: number[] = [];
    for (let at = 0; at < plan.total; at++) {
      const row = plan.row(at);
      if (!row || (decisions && !decisions.has(row.decision))) continue;
      if (asksProblem && !row.problems?.some((one) => isAsked(one, query))) continue;
      if (query.changed && !isChanged(at)) continue;
      // Of the rows of one problem a text is looked for in every cell: the column is the problem's.
      if (asksText && !hasText(at, wanted, asksProblem ? undefined : query.column)) continue;
      found.push(at);
    }
    return found;
  }

  function isChanged(at: number): boolean {
    return plan.stateOf(at).cells !== plan.input.table.rows[at] && changedColumns(plan, at).length > 0;
  }

  function hasText(at: number, wanted: string, column: number | undefined): boolean {
    const now = plan.stateOf(at).cells;
    const read = plan.input.table.rows[at] ?? now;
    if (column === undefined) return textOf(at, now, read).includes(wanted);
    return [now, read].some((cells) => (cells[column] ?? '').toLowerCase().includes(wanted));
  }

  /** The cells of a row in lower case, made when first asked for and again when a cell has changed. */
  function textOf(at: number, now: readonly string[], read: readonly string[]): string {
    const known = texts[at];
    if (known?.cells === now) return known.text;
    const text = (now === read ? now : [...now, ...read]).join('\n').toLowerCase();
    texts[at] = { cells: now, text };
    return text;
  }

  return { find };
}

function isAsked(one: Problem, { code, severity, column }: RowQuery): boolean {
  if (code !== undefined && one.code !== code) return false;
  if (severity !== undefined && one.severity !== severity) return false;
  return column === undefined || one.column === column;
}

/** Everything the grid shows of one row. */
export type RowView = {
  readonly at: number;
  readonly row: PlannedRow;
  /** As read, and as they are now. */
  readonly original: readonly string[];
  readonly cells: readonly string[];
  /** Columns whose cell is not as it was read. */
  readonly changedColumns: readonly number[];
  /** The user took the row out. */
  readonly excluded: boolean;
  readonly answer: Answer | undefined;
  /** What an update or an addition writes in the stored lead. */
  readonly changes: readonly FieldChange[];
};

/** One row of a plan as it stands. Null when there is no such row. */
export function viewRow(plan: RepairablePlan, at: number): RowView | null {
  const row = plan.row(at);
  if (!row) return null;
  const { cells, excluded, answer } = plan.stateOf(at);
  const original = plan.input.table.rows[at] ?? [];
  return { at, row, original, cells, changedColumns: changedColumns(plan, at), excluded, answer, changes: changesOf(plan, row) };
}

function changedColumns(plan: RepairablePlan, at: number): readonly number[] {
  const { cells } = plan.stateOf(at);
  const original = plan.input.table.rows[at] ?? [];
  if (cells === original) return [];
  return [...cells.keys()].filter((column) => cells[column] !== (original[column] ?? ''));
}

/** What an update or an addition writes in the stored lead; nothing for any other row. */
export function changesOf(plan: RepairablePlan, row: PlannedRow): readonly FieldChange[] {
  const { decision, lead, leadId } = row;
  if (!lead || leadId === undefined || (decision !== 'update' && decision !== 'add')) return [];
  const known = plan.knownOf(lead).find(({ id }) => id === leadId);
  return known ? changesForLead(known.lead, lead, policyOf(plan.input.policy, row)) : [];
}

/** A row of a group of rows that share an email, a phone, a profile or a stored lead. */
export type GroupRow = { readonly at: number; readonly line: number; readonly decision: Decision; readonly stored: boolean };

/** The rows that share a key with one, itself among them, in the file's order; empty where it shares none. */
export function groupOf(plan: RepairablePlan, at: number): readonly GroupRow[] {
  const rows = plan.rowsWith(at);
  if (rows.length < 2) return [];
  return rows.flatMap((other) => {
    const row = plan.row(other);
    return row ? [{ at: other, line: row.line, decision: row.decision, stored: isStored(row) }] : [];
  });
}

/** Where choices are looked for: rows that are neither blank nor taken out. */
export function* liveRows(plan: RepairablePlan): Generator<readonly string[]> {
  for (let at = 0; at < plan.total; at++) {
    const { cells, excluded } = plan.stateOf(at);
    if (!excluded && !isBlankRow(cells)) yield cells;
  }
}
