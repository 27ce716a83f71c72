import { groupOf, type RowFinder, type RowQuery as RowsAsked, viewRow } from '#shared/plan/find-rows.ts';
import { DECISIONS, type Decision } from '#shared/plan/plan.ts';
import type { RepairablePlan } from '#shared/plan/repairable-plan.ts';
import type { Candidate, GridRow, RowPage, RowQuery } from './view.ts';

/** Longer cells are cut for the screen; what is stored is never cut. */
const SHOWN_CHARS = 300;
/** Rows in one page, at most. */
const MAX_PAGE = 500;
/** Rows of one group that are listed. */
const MAX_GROUP = 20;

/** Rows of a plan for the grid, with their cells as they are and as they were read. */
export function pageOf(plan: RepairablePlan, finder: RowFinder, { offset, limit, ...query }: RowQuery): RowPage {
  const found = finder.find(toAsked(query), offset, Math.min(limit, MAX_PAGE));
  return { total: found.count, rows: found.rows.flatMap((at) => gridRow(plan, at) ?? []) };
}

/** A text as a screen shows it. */
export function cut(text: string): string {
  return text.length <= SHOWN_CHARS ? text : `${text.slice(0, SHOWN_CHARS)}…`;
}

const ofDecisions = (isShown: (decision: Decision) => boolean) => ({ decisions: DECISIONS.filter(isShown) });
const SHOWN = {
  all: {},
  invalid: { decisions: ['reject'] },
  warnings: { severity: 'warning', ...ofDecisions((decision) => decision !== 'reject') },
  duplicates: { decisions: ['duplicate', 'review'] },
  valid: ofDecisions((decision) => decision !== 'reject' && decision !== 'blank' && decision !== 'exclude'),
} as const satisfies Record<NonNullable<RowQuery['show']>, RowsAsked>;

function toAsked({ show = 'all', ...query }: Omit<RowQuery, 'offset' | 'limit'>): RowsAsked {
  return { ...SHOWN[show], ...query };
}

function gridRow(plan: RepairablePlan, at: number): GridRow | null {
  const view = viewRow(plan, at);
  if (!view) return null;
  const { row, cells, original, changedColumns, answer, changes } = view;
  const cutColumns = [...cells.keys()].filter((column) => (cells[column] ?? '').length > SHOWN_CHARS);
  const group = groupOf(plan, at).slice(0, MAX_GROUP);
  const candidates = row.decision === 'review' || row.answered !== undefined ? candidatesOf(plan, row.lead) : [];
  return {
    ...row,
    cells: cells.map(cut),
    ...(changedColumns.length > 0 ? { original: original.map(cut), changedColumns } : {}),
    ...(cutColumns.length > 0 ? { cutColumns } : {}),
    ...(answer ? { answer } : {}),
    ...(changes.length > 0 ? { changes } : {}),
    ...(group.length > 0 ? { group } : {}),
    ...(candidates.length > 0 ? { candidates } : {}),
  };
}

function candidatesOf(plan: RepairablePlan, lead: GridRow['lead']): readonly Candidate[] {
  return lead ? plan.knownOf(lead).map(({ id, lead: stored, inList }) => ({ id, lead: stored, inList })) : [];
}
