import { PHONE_FIELDS } from '#shared/lead/fields.ts';
import { type ColumnMapping, isColumnMapping, type MappingTarget } from '#shared/mapping/mapping.ts';
import type { Problem } from '#shared/problems.ts';
import type { TableDraft } from '../../flow/draft.ts';
import type { GridRow } from '../../flow/view.ts';
import { displayName } from '../display-name.ts';
import { targetLabel } from '../map-choices.ts';

/** A column of the grid: one of the file, or half of one where what was read and what is stored stand side by side. */
export type GridColumn = {
  /** Index in the file, from 0. */
  readonly column: number;
  readonly field: MappingTarget;
  /** Of the custom field. */
  readonly custom: string | null;
  /** The header of the file. */
  readonly header: string;
  /** The field it feeds. */
  readonly target: string;
  readonly part: 'both' | 'was' | 'will';
  /** From the start of the row, and how wide, in px. */
  readonly left: number;
  readonly width: number;
};

/** Before the first of them: the box that chooses a row, and its line. */
export const CHOICE_PX = 44;
export const LINE_PX = 64;
const FIRST: readonly MappingTarget[] = ['firstName', 'lastName', 'fullName', 'email', 'phone', 'companyName'];
const NAMES: readonly MappingTarget[] = ['firstName', 'lastName', 'fullName'];
const WIDTHS = new Map<MappingTarget, number>([
  ['firstName', 128],
  ['lastName', 136],
  ['fullName', 184],
  ['email', 264],
  ['linkedinUrl', 264],
  ['notes', 264],
]);
const USUAL_PX = 176;
/** Both ways of writing a number fit side by side. */
const PHONE_PX = 256;
const PHONES: readonly MappingTarget[] = PHONE_FIELDS;

/** The mapped columns: who it is, the one that is asked about, then the others as in the file. */
export function gridColumns({ mapping, table }: Pick<TableDraft, 'mapping' | 'table'>, cause: number | undefined): readonly GridColumn[] {
  const labels = new Map(table.suggestions.map((suggestion) => [suggestion.index, suggestion.label]));
  let left = CHOICE_PX + LINE_PX;
  return inOrder(mapping.filter(isColumnMapping), cause).flatMap((entry) => {
    const header = labels.get(entry.column) ?? '';
    const custom = entry.field === 'custom' ? (entry.label ?? header) : null;
    const base = { column: entry.column, field: entry.field, custom, header, target: custom ?? targetLabel(entry.field) };
    const parts = entry.column === cause ? (['was', 'will'] as const) : (['both'] as const);
    const usual = PHONES.includes(entry.field) && parts.length === 1 ? PHONE_PX : USUAL_PX;
    const width = WIDTHS.get(entry.field) ?? usual;
    return parts.map((part): GridColumn => {
      const placed = { ...base, part, left, width };
      left += width;
      return placed;
    });
  });
}

function inOrder(entries: readonly ColumnMapping[], cause: number | undefined): readonly ColumnMapping[] {
  const places = entries.filter((entry, at) => entries.findIndex(({ column }) => column === entry.column) === at);
  const asked = places.filter((entry) => entry.column === cause);
  const shown = places.filter((entry) => entry.field !== 'ignore' && entry.column !== cause);
  const names = shown.filter(({ field }) => NAMES.includes(field)).sort(byRank);
  const others = shown.filter(({ field }) => FIRST.includes(field) && !NAMES.includes(field)).sort(byRank);
  const isName = asked.some(({ field }) => NAMES.includes(field));
  return [...(isName ? asked : []), ...names, ...(isName ? [] : asked), ...others, ...shown.filter(({ field }) => !FIRST.includes(field))];
}

function byRank(a: ColumnMapping, b: ColumnMapping): number {
  return FIRST.indexOf(a.field) - FIRST.indexOf(b.field);
}

/** The columns that a view shows, as first and last of them; all are equally far from one another as their widths. */
export function columnsInView(
  columns: readonly GridColumn[],
  left: number,
  width: number,
): { readonly first: number; readonly last: number } {
  const first = columns.findIndex((one) => one.left + one.width > left);
  const last = columns.findLastIndex((one) => one.left < left + width);
  return { first: Math.max(0, first), last };
}

/** A cell as read, as it is now, and as it will be stored; `will` is null where nothing of it is. */
export type CellTexts = { readonly was: string; readonly now: string; readonly will: string | null };

export function cellTexts(row: GridRow, column: GridColumn): CellTexts {
  const now = row.cells[column.column] ?? '';
  return { was: row.original?.[column.column] ?? now, now, will: storedText(row, column) };
}

function storedText({ lead, decision }: GridRow, { field, custom }: GridColumn): string | null {
  if (!lead || decision === 'exclude' || decision === 'blank') return null;
  if (field === 'fullName') return displayName(lead.firstName, lead.lastName) || null;
  if (field === 'tags') return lead.tags?.join('; ') ?? null;
  if (field === 'custom') return lead.customFields?.find(({ label }) => label === custom)?.value ?? null;
  return field === 'ignore' ? null : (lead[field] ?? null);
}

/** What was found about a cell, the worst first; what others made of the row is said of the row. */
export function cellProblems({ problems = [] }: GridRow, { column, field }: GridColumn): readonly Problem[] {
  return problems
    .filter((one) => one.severity !== 'note' && (one.column === undefined ? one.field === field : one.column === column))
    .sort((a, b) => Number(a.severity !== 'error') - Number(b.severity !== 'error'));
}
