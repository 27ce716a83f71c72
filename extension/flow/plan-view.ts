import { PREVIEW_ROWS } from '#shared/limits.ts';
import type { Suggestion } from '#shared/mapping/mapping.ts';
import { findPhoneCountries } from '#shared/mapping/phone-countries.ts';
import type { PlanDifference } from '#shared/plan/compare-plans.ts';
import { countingColumns, countOptOuts, findOptOutColumns } from '#shared/plan/opt-out-column.ts';
import type { PlannedRow } from '#shared/plan/plan.ts';
import type { EncodingPreview } from '#shared/table/preview-encodings.ts';
import type { FileTable } from '#shared/table/read-file.ts';
import type { RawTable, SkippedKind, SkippedRow } from '#shared/table/table.ts';
import { cut } from './grid-rows.ts';
import type { HeldPlan } from './held-plan.ts';
import type { PlanJob } from './planner.ts';
import type { OptOutOffer, PlanChange, PlanView, TableView } from './table-view.ts';

/** Lines of each kind that the screen shows; the facts count them all. */
const SHOWN_SKIPPED = 50;
/** Rows listed of those that something else becomes of now. */
const SHOWN_CHANGES = 20;

/** What the screens show of a table. */
export function tableView(
  table: FileTable,
  suggestions: readonly Suggestion[],
  encodings: readonly EncodingPreview[] = [],
): Omit<TableView, 'remembered'> {
  const firstRows = table.rows.slice(0, PREVIEW_ROWS).map((row) => row.map(cut));
  const firstOf = (rows: readonly number[] = []) => rows.filter((row) => row < firstRows.length).map((row) => table.lines[row] ?? 0);
  return {
    facts: table.facts,
    headers: table.headers,
    firstRows,
    firstLines: Array.from({ length: firstRows.length }, (_, row) => table.lines[row] ?? 0),
    hiddenRows: table.hiddenRows?.length ?? 0,
    hiddenLines: firstOf(table.hiddenRows),
    mendedLines: firstOf(table.repairedRows),
    ...(table.errorCells?.[0] ? { formulaErrors: { cells: table.errorCells.length, first: cut(table.errorCells[0].text) } } : {}),
    ...(table.mergedCells === undefined ? {} : { mergedCells: table.mergedCells }),
    encodings,
    suggestions: suggestions.map((suggestion) => ({ ...suggestion, samples: suggestion.samples.map(cut) })),
    ...(table.sheets ? { sheets: table.sheets } : {}),
    ...(table.sheet === undefined ? {} : { sheet: table.sheet }),
    ...(table.otherTables ? { otherTables: table.otherTables.map((other) => ({ ...other, headers: other.headers.map(cut) })) } : {}),
    ...(table.skipped ? { skipped: firstOfEachKind(table.skipped) } : {}),
  };
}

function firstOfEachKind(skipped: readonly SkippedRow[]): readonly SkippedRow[] {
  const shown = new Map<SkippedKind, number>();
  const first: SkippedRow[] = [];
  for (const row of skipped) {
    const count = shown.get(row.kind) ?? 0;
    if (count === SHOWN_SKIPPED) continue;
    shown.set(row.kind, count + 1);
    first.push({ ...row, cells: row.cells.map(cut) });
  }
  return first;
}

/** What the screens show of a plan. */
export function planView(held: HeldPlan, { mapping, policy, optOuts }: Pick<PlanJob, 'mapping' | 'policy' | 'optOuts'>): PlanView {
  const { summary, problems, rows } = held.plan();
  const { create, update, add, auto } = summary.decisions;
  const repair = held.repair();
  return {
    summary,
    problems,
    preview: firstRecords(rows),
    matched: held.answers() !== null,
    reachableWouldKeep: policy.require === 'complete' ? held.facts().reachable : 0,
    phoneCountries: findPhoneCountries(held.table, mapping, policy.defaultCountry),
    willWrite: create + update + add + auto,
    repair: { canUndo: repair.done > 0, canRedo: repair.done < repair.steps.length, steps: repair.done },
    updates: held.facts().updates,
    unasked: held.unasked().length,
    optOuts: optOutsOf(held.table, optOuts),
  };
}

function optOutsOf(table: RawTable, choices: PlanJob['optOuts']): readonly OptOutOffer[] {
  let offers = offersByTable.get(table);
  if (!offers) {
    offers = findOptOutColumns(table).map((found) => ({
      ...found,
      header: table.headers[found.column] ?? '',
      count: countOptOuts(table, found),
    }));
    offersByTable.set(table, offers);
  }
  const counting = new Set(countingColumns(offers, choices).map(({ column }) => column));
  return offers.map((offer) => ({ ...offer, on: counting.has(offer.column) }));
}
/** Views of one table are made at every step of a repair: its rows are counted once, as they were read. */
const offersByTable = new WeakMap<RawTable, readonly Omit<OptOutOffer, 'on'>[]>();

/** What is different between two plans, as much of it as a screen shows. */
export function planChange({ rows, counts }: PlanDifference): PlanChange {
  return { counts, total: rows.length, rows: rows.slice(0, SHOWN_CHANGES) };
}

function firstRecords(rows: readonly PlannedRow[]): readonly PlannedRow[] {
  const records: PlannedRow[] = [];
  for (const row of rows) {
    if (records.length === PREVIEW_ROWS) break;
    if (row.decision !== 'blank') records.push(row);
  }
  return records;
}
