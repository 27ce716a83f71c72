import { checkLead, hasError } from '../lead/check-lead.ts';
import type { CheckedLead, Lead } from '../lead/lead.ts';
import { MAX_CELL_BYTES } from '../limits.ts';
import { compileTableMapping } from '../mapping/apply-mapping.ts';
import { findCountryOf } from '../mapping/country-column.ts';
import { uniqueLabels } from '../mapping/labels.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { type Problem, problem } from '../problems.ts';
import { isBlankRow } from '../table/find-table.ts';
import type { RawTable } from '../table/table.ts';
import { answerRow } from './answer-row.ts';
import type { RepairGround, RowState } from './apply-repair.ts';
import { type ChangedRows, type ChangedVerdict, decideChangedRow } from './changed-row.ts';
import { decideRow, type Known } from './decide-row.ts';
import { fitRow } from './fit-row.ts';
import { seenValues } from './lead-changes.ts';
import { entriesOf, type OptOut, shutOutOf } from './opt-out-column.ts';
import type { OptOutKind } from './opt-out-words.data.ts';
import { type Decision, type ImportPolicy, type PlannedRow, policyOf } from './plan.ts';
import { compileProblemColumns, withColumns } from './problem-columns.ts';
import type { Answer } from './repair.ts';

/** What a row by itself is planned with. */
export type RowInput = {
  readonly table: RawTable;
  readonly mapping: Mapping;
  readonly policy: ImportPolicy;
  /** Labels of custom fields whose mapping names none; the headers made unique unless given. */
  readonly labels?: readonly string[];
  /** Nobody reviews. */
  readonly unattended?: boolean;
  /** Rows that say they want no contact are suppressed. */
  readonly optOut?: OptOut;
  /** Rows of a sheet that have changed since they were imported: they have a rule of their own. */
  readonly changedRows?: ChangedRows;
};

/** What is known when a valid row is decided. `asked`: the workspace was; else good rows are left to the server. */
export type RowKnowledge = { readonly asked: boolean; readonly lookUp: (lead: Lead, line: number) => Known };

export type RowPlanner = {
  readonly planRow: (at: number, state: RowState, answer: Answer | undefined, knowledge: RowKnowledge) => PlannedRow;
  readonly ground: RepairGround;
};

/** Decisions after which the row itself is stored: only these rows make later ones of the file duplicates. */
const STORED: ReadonlySet<Decision> = new Set(['create', 'update', 'add', 'auto']);
/** Rows somebody may want to mend or decide keep their cells. */
const WITH_RAW: ReadonlySet<Decision> = new Set(['reject', 'review']);

/** Decisions that may change a stored lead. */
const WITH_RULE: ReadonlySet<Decision> = new Set(['update', 'add', 'auto']);
const NOTHING: readonly never[] = [];

/** Says whether a row will itself be stored. */
export function isStored(row: PlannedRow): boolean {
  return STORED.has(row.decision);
}

/**
 * Plans the rows of a table one by one: blank rows are `blank`, rows taken out `exclude`, invalid ones `reject`; the
 * rest is what `decideRow` says, an answer in review included, or `auto` where the workspace was not asked. The lead
 * comes from the cells as they are now; what a rejected or review row keeps are the user's own.
 */
export function createRowPlanner(input: RowInput): RowPlanner {
  const { table, policy } = input;
  const width = table.headers.length > 0 ? table.headers.length : table.facts.columnCount;
  const labels = input.labels ?? uniqueLabels(table.headers, table.facts.columnCount);
  const toLead = compileTableMapping(table, input.mapping, labels);
  const columnOf = compileProblemColumns(input.mapping, labels);
  const nulRows = new Set(table.nulRows);
  const errorCells = Map.groupBy(table.errorCells ?? [], ({ row }) => row);
  const largeCells = Map.groupBy(table.largeCells ?? [], ({ row }) => row);
  const options = input.unattended === undefined ? {} : { unattended: input.unattended };

  function planRow(at: number, state: RowState, answer: Answer | undefined, knowledge: RowKnowledge): PlannedRow {
    const { cells } = state;
    const line = table.lines[at] ?? 0;
    if (isBlankRow(cells)) return { line, decision: 'blank' };
    if (state.excluded) return { line, decision: 'exclude' };
    const raw = table.rows[at] ?? [];
    const { lead, problems } = checkCells(cells, at);
    if (hasError(problems)) return fitRow({ line, decision: 'reject', lead, problems, raw }, raw, cells);
    const out = input.optOut ? shutOutOf(input.optOut.columns, raw, cells) : [];
    return fitRow(decide({ line, lead, problems, raw, out }, answer, knowledge), raw, cells);
  }

  function checkCells(cells: readonly string[], at: number): CheckedLead {
    const { lead, problems: found } = checkLead(toLead(cells), policy);
    const problems = withColumns(found, columnOf);
    const isRagged = cells.length !== width;
    const hadNuls = nulRows.size > 0 && nulRows.has(at);
    // A cell that was filled in by hand has no error any more.
    const isEmpty = ({ column }: { readonly column: number }) => (cells[column] ?? '') === '';
    const errors = (errorCells.get(at) ?? []).filter(isEmpty);
    const large = (largeCells.get(at) ?? []).filter(isEmpty);
    if (!isRagged && !hadNuls && errors.length + large.length === 0) return { lead, problems };
    const all = [...problems];
    if (isRagged) all.push(problem('row_ragged', { data: { cells: cells.length, expected: width } }));
    if (hadNuls) all.push(problem('nul_removed'));
    for (const { column, text } of errors) all.push(problem('formula_error', { column, text }));
    for (const { column, bytes } of large) all.push(problem('value_left_out', { column, data: { bytes, limit: MAX_CELL_BYTES } }));
    return { lead, problems: all };
  }

  function decide(row: Checked, answer: Answer | undefined, { asked, lookUp }: RowKnowledge): PlannedRow {
    const { line, lead, raw } = row;
    const known = row.out.length > 0 ? withOptOut(lookUp(lead, line), lead, row.out) : lookUp(lead, line);
    const changed = changedVerdict(line, lead, known, asked);
    const found = changed?.verdict ?? decideRow(lead, known, policy, options);
    const isAnswered = answer !== undefined && found.decision === 'review';
    const verdict = isAnswered ? answerRow(found, answer, known, lead, policyOf(policy, changed ?? {})) : found;
    const answered = isAnswered && verdict !== found ? { answered: answer.as } : {};
    if (verdict.decision === 'exclude') return { line, decision: 'exclude', ...answered, lead };
    const decision = verdict.decision === 'create' && !asked ? 'auto' : verdict.decision;
    const why = verdict.because ? [...(changed?.edited ?? []), verdict.because] : (changed?.edited ?? NOTHING);
    const problems = why.length > 0 ? [...row.problems, ...withColumns(why, columnOf)] : row.problems;
    return {
      line,
      decision,
      ...(verdict.leadId === undefined ? {} : { leadId: verdict.leadId }),
      ...(verdict.leadVersion === undefined ? {} : { leadVersion: verdict.leadVersion }),
      ...seenValues(verdict.changes),
      ...answered,
      ...(changed && WITH_RULE.has(decision) ? { rule: changed.rule } : {}),
      lead,
      ...(problems.length === 0 ? {} : { problems }),
      ...(WITH_RAW.has(decision) ? { raw } : {}),
    };
  }

  function changedVerdict(line: number, lead: Lead, known: Known, asked: boolean): ChangedVerdict | null {
    const fields = input.changedRows?.fieldsByLine.get(line);
    if (!input.changedRows || !fields) return null;
    return decideChangedRow(lead, known, policy, { rule: input.changedRows.rule, fields, asked }, options);
  }

  /** The row's own word; who stands on the list already is there since then. Without a value of that kind the person is left out all the same. */
  function withOptOut(known: Known, lead: Lead, kinds: readonly OptOutKind[]): Known {
    const [entry] = [...entriesOf(lead, kinds), ...entriesOf(lead)];
    if (known.suppressed || !input.optOut) return known;
    const { kind, value } = entry ?? { kind: 'email', value: '' };
    return { ...known, suppressed: { entry: value, kind, since: input.optOut.since } };
  }

  const problemsOf = (cells: readonly string[], at: number) => checkCells(cells, at).problems;
  const countryOf = findCountryOf(table, input.mapping) ?? namesNone;
  return { planRow, ground: { defaultCountry: policy.defaultCountry, countryOf, width, problemsOf } };
}

const namesNone = () => null;

type Checked = {
  readonly line: number;
  readonly lead: Lead;
  readonly problems: readonly Problem[];
  readonly raw: readonly string[];
  /** What its opt-out columns shut out. */
  readonly out: readonly OptOutKind[];
};
