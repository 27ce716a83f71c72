import type { CustomFieldType } from '#shared/lead/lead.ts';
import type { KnownDateOrder } from '#shared/mapping/date-order.ts';
import {
  type ColumnMapping,
  type ConstantMapping,
  isColumnMapping,
  type Mapping,
  type MappingTarget,
  type Suggestion,
} from '#shared/mapping/mapping.ts';
import { freeLabel, isSameLabel } from './map-labels.ts';

/** What can be done to a mapping: pure functions from one to the next. */

/** What one can choose for a column. `label`: a custom field that the workspace has. */
export type TargetChoice =
  | { readonly field: Exclude<MappingTarget, 'custom'> }
  | { readonly field: 'custom'; readonly type: CustomFieldType; readonly label?: string };

/** Where each column goes; the first of several places. */
export function placesOf(mapping: Mapping): ReadonlyMap<number, ColumnMapping> {
  // Of several entries for a column the last one given to a Map stays, so they are given in reverse.
  return new Map(
    mapping
      .filter(isColumnMapping)
      .map((entry): [number, ColumnMapping] => [entry.column, entry])
      .reverse(),
  );
}

/** Where a column goes; one the mapping does not name is kept as a custom field, as `compileMapping` does. */
export function placeOf(places: ReadonlyMap<number, ColumnMapping>, column: number): ColumnMapping {
  return places.get(column) ?? { column, field: 'custom' };
}

/** All places of a column, the first one first; at least one. */
export function placesOfColumn(mapping: Mapping, column: number): readonly ColumnMapping[] {
  const places = mapping.filter(isColumnMapping).filter((entry) => entry.column === column);
  return places.length > 0 ? places : [{ column, field: 'custom' }];
}

/** Fields that take one source: not custom fields, what is left out, or tags. */
export function isSingle(field: MappingTarget): boolean {
  return field !== 'custom' && field !== 'ignore' && field !== 'tags';
}

/** The column that feeds each field. */
export function feedersOf(mapping: Mapping): ReadonlyMap<MappingTarget, number> {
  const feeding = mapping.filter(isColumnMapping).filter(({ field }) => isSingle(field));
  return new Map(feeding.map(({ field, column }) => [field, column]));
}

/**
 * The mapping with a column in another place; `slot` 0 is its first place, 1 its second. No two sources feed one field:
 * a column that fed it before is kept as a custom field, unless it has another place; a fixed value goes.
 */
export function withTarget(
  mapping: Mapping,
  suggestions: readonly Suggestion[],
  column: number,
  slot: number,
  target: TargetChoice,
): Mapping {
  const before = placesOfColumn(mapping, column);
  const entry = entryFor(suggestions, column, target, before[slot]);
  const own = target.field === 'ignore' && slot === 0 ? [entry] : [...before.slice(0, slot), entry, ...before.slice(slot + 1)];
  const kept = own.filter((one) => one === entry || one.field !== entry.field || (one.label ?? '') !== (entry.label ?? ''));
  const others = mapping.filter((one) => !isColumnMapping(one) || one.column !== column);
  return inOrder([...others.flatMap((one) => withoutClash(one, entry, mapping, suggestions)), ...kept]);
}

/** The mapping without the second place of a column. */
export function withoutPlace(mapping: Mapping, column: number, slot: number): Mapping {
  const gone = placesOfColumn(mapping, column)[slot];
  return mapping.filter((entry) => entry !== gone);
}

/** A column under its own name, with the type its values have. */
export function customPlace(suggestion: Suggestion): ColumnMapping {
  const { index, label, type } = suggestion;
  return { column: index, field: 'custom', label, type, ...provenOrder(suggestion, type) };
}

/** The order in which dates are read, where the values prove one. */
function provenOrder({ dateOrder }: Suggestion, type: CustomFieldType): Pick<ColumnMapping, 'dateOrder'> {
  return type !== 'date' || dateOrder === undefined || dateOrder === 'ambiguous' ? {} : { dateOrder };
}

/** Columns left out, or kept under their own names; each then has one place. */
export function withColumns(mapping: Mapping, columns: readonly Suggestion[], wish: 'keep' | 'leaveOut'): Mapping {
  const chosen = new Set(columns.map(({ index }) => index));
  const others = mapping.filter((entry) => !isColumnMapping(entry) || !chosen.has(entry.column));
  const places = columns.map(
    (column): ColumnMapping => (wish === 'keep' ? customPlace(column) : { column: column.index, field: 'ignore' }),
  );
  return inOrder([...others, ...places]);
}

/** The mapping with another label for a column that is kept as a custom field. */
export function withLabel(mapping: Mapping, column: number, slot: number, label: string): Mapping {
  return changed(mapping, column, slot, (place) => ({ ...place, label }));
}

/** The mapping with the order in which a column writes its dates. */
export function withDateOrder(mapping: Mapping, column: number, slot: number, dateOrder: KnownDateOrder): Mapping {
  return changed(mapping, column, slot, (place) => ({ ...place, type: 'date', dateOrder }));
}

/** Values that are the same for every row. */
export function constantsOf(mapping: Mapping): readonly ConstantMapping[] {
  return mapping.filter((entry): entry is ConstantMapping => !isColumnMapping(entry));
}

/** The mapping with one fixed value put in the place of another: null adds, or takes away. */
export function withConstant(mapping: Mapping, before: ConstantMapping | null, after: ConstantMapping | null): Mapping {
  if (before === null) return after ? [...mapping, after] : mapping;
  return mapping.flatMap((entry) => (entry === before ? (after ? [after] : []) : [entry]));
}

function changed(mapping: Mapping, column: number, slot: number, change: (place: ColumnMapping) => ColumnMapping): Mapping {
  const places = placesOfColumn(mapping, column).map((place, at) => (at === slot ? change(place) : place));
  return inOrder([...mapping.filter((entry) => !isColumnMapping(entry) || entry.column !== column), ...places]);
}

function entryFor(suggestions: readonly Suggestion[], column: number, target: TargetChoice, before?: ColumnMapping): ColumnMapping {
  if (target.field !== 'custom') return { column, field: target.field };
  const suggestion = suggestions.find(({ index }) => index === column);
  const label = target.label ?? before?.label ?? suggestion?.label;
  const named = label === undefined ? {} : { label };
  return { column, field: 'custom', ...named, type: target.type, ...(suggestion ? provenOrder(suggestion, target.type) : {}) };
}

/** Another source as it is once `entry` has its field, or its label. */
function withoutClash(other: Mapping[number], entry: ColumnMapping, mapping: Mapping, suggestions: readonly Suggestion[]): Mapping {
  if (other.field !== entry.field) return [other];
  const suggestion = isColumnMapping(other) ? suggestions.find(({ index }) => index === other.column) : undefined;
  if (entry.field === 'custom') {
    const label = other.label ?? suggestion?.label ?? '';
    if (entry.label === undefined || !isSameLabel(label, entry.label)) return [other];
    return [{ ...other, label: freeLabel(suggestion?.label ?? label, [entry.label]) }];
  }
  if (!isSingle(entry.field)) return [other];
  if (!isColumnMapping(other) || placesOfColumn(mapping, other.column).length > 1) return [];
  return [suggestion ? customPlace(suggestion) : { column: other.column, field: 'custom' }];
}

/** By column, then as they were; fixed values last. */
function inOrder(mapping: Mapping): Mapping {
  const columnOf = (entry: Mapping[number]) => (isColumnMapping(entry) ? entry.column : Number.MAX_SAFE_INTEGER);
  return mapping.toSorted((a, b) => columnOf(a) - columnOf(b));
}
