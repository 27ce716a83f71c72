import { type ColumnMapping, type ConstantMapping, isColumnMapping, type Mapping } from './mapping.ts';

/** Where two mappings of one file differ: a column that goes elsewhere, or a fixed value. */
export type MappingDifference =
  /** Usually one place; several for a column that feeds several fields. */
  | {
      readonly kind: 'column';
      readonly column: number;
      readonly before: readonly ColumnMapping[];
      readonly after: readonly ColumnMapping[];
    }
  | { readonly kind: 'constant'; readonly before: ConstantMapping | null; readonly after: ConstantMapping | null };

/**
 * What changes when the mapping `after` takes the place of `before`: columns in the order of the file, then fixed
 * values. `labels` are the unique labels of the file's columns. What a mapping leaves unsaid counts as what it means: a
 * column it does not name is a custom field, one without a label has the column's, one without a type is a text.
 */
export function compareMappings(before: Mapping, after: Mapping, labels: readonly string[]): readonly MappingDifference[] {
  return [...compareColumns(before, after, labels), ...compareConstants(before.filter(isConstant), after.filter(isConstant))];
}

function compareColumns(before: Mapping, after: Mapping, labels: readonly string[]): readonly MappingDifference[] {
  const [old, next] = [placesOf(before), placesOf(after)];
  return labels.flatMap((label, column): readonly MappingDifference[] => {
    const unnamed = [{ column, field: 'custom', label }] as const;
    const [was, is] = [old.get(column) ?? unnamed, next.get(column) ?? unnamed];
    return keyOf(was, label) === keyOf(is, label) ? [] : [{ kind: 'column', column, before: was, after: is }];
  });
}

function placesOf(mapping: Mapping): ReadonlyMap<number, readonly ColumnMapping[]> {
  const places = new Map<number, ColumnMapping[]>();
  for (const entry of mapping.filter(isColumnMapping)) places.set(entry.column, [...(places.get(entry.column) ?? []), entry]);
  return places;
}

/** The same for the same places, in whatever order they and their parts are written. */
function keyOf(places: readonly ColumnMapping[], columnLabel: string): string {
  const keys = places.map(({ label = columnLabel, type = 'text', ...rest }) =>
    textOf(rest.field === 'custom' ? { ...rest, label, type } : { field: rest.field }),
  );
  return keys.sort().join('\n');
}

function textOf(parts: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(Object.entries(parts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isConstant(entry: Mapping[number]): entry is ConstantMapping {
  return !isColumnMapping(entry);
}

/** Fixed values are paired by what they feed: another value for the same field is one difference. */
function compareConstants(before: readonly ConstantMapping[], after: readonly ConstantMapping[]): readonly MappingDifference[] {
  const left = [...before];
  const added: ConstantMapping[] = [];
  const changed: MappingDifference[] = [];
  for (const entry of after) {
    const same = left.findIndex((one) => feeds(one) === feeds(entry));
    const [match] = same < 0 ? [] : left.splice(same, 1);
    if (!match) added.push(entry);
    else if (match.value !== entry.value) changed.push({ kind: 'constant', before: match, after: entry });
  }
  return [
    ...changed,
    ...left.map((entry) => ({ kind: 'constant', before: entry, after: null }) as const),
    ...added.map((entry) => ({ kind: 'constant', before: null, after: entry }) as const),
  ];
}

/** The field, and for a custom one its label. */
function feeds({ field, label = '' }: ConstantMapping): string {
  return `${field}\n${field === 'custom' ? label : ''}`;
}
