import { FIELD_IDS, FIELDS, isFieldId } from '#shared/lead/fields.ts';
import { CUSTOM_FIELD_TYPES, type CustomFieldType } from '#shared/lead/lead.ts';
import { type ColumnMapping, isColumnMapping, type Mapping, type MappingTarget, type Suggestion } from '#shared/mapping/mapping.ts';
import type { ChoiceGroup } from './parts/select.tsx';

/** What one can choose for a column, as the value of an option: a field, `fullName`, `custom:<type>` or `ignore`. */
export type TargetChoice =
  | { readonly field: Exclude<MappingTarget, 'custom'> }
  | { readonly field: 'custom'; readonly type: CustomFieldType };

const TYPE_LABELS = {
  text: 'text',
  number: 'number',
  date: 'date',
  yesNo: 'yes/no',
  choice: 'choice',
} as const satisfies Record<CustomFieldType, string>;

/** A target in words. */
export function targetLabel(field: MappingTarget): string {
  if (field === 'fullName') return 'Full name';
  if (field === 'custom') return 'Custom field';
  return field === 'ignore' ? 'Leave out' : FIELDS[field].label;
}

/** Where each column goes. */
export function placesOf(mapping: Mapping): ReadonlyMap<number, ColumnMapping> {
  return new Map(mapping.filter(isColumnMapping).map((entry) => [entry.column, entry]));
}

/** Where a column goes; one the mapping does not name is left out. */
export function placeOf(places: ReadonlyMap<number, ColumnMapping>, column: number): ColumnMapping {
  return places.get(column) ?? { column, field: 'ignore' };
}

/** The column that feeds each field. Several columns may be custom, left out, or hold tags: those are not among them. */
export function feedersOf(mapping: Mapping): ReadonlyMap<MappingTarget, number> {
  const feeding = mapping.filter(isColumnMapping).filter(({ field }) => field !== 'custom' && field !== 'ignore' && field !== 'tags');
  return new Map(feeding.map(({ field, column }) => [field, column]));
}

/** The mapping with a column in another place. A column that fed the field before is kept as a custom field. */
export function withTarget(mapping: Mapping, suggestion: Suggestion, target: TargetChoice): Mapping {
  const column = suggestion.index;
  const before = placeOf(placesOf(mapping), column);
  const displaced = feedersOf(mapping).get(target.field);
  const entry: ColumnMapping =
    target.field === 'custom'
      ? { column, field: 'custom', ...(before.label === undefined ? {} : { label: before.label }), type: target.type }
      : { column, field: target.field };
  const others = mapping
    .filter((one) => !isColumnMapping(one) || one.column !== column)
    .map((one): Mapping[number] => (isColumnMapping(one) && one.column === displaced ? { column: one.column, field: 'custom' } : one));
  return [...others, entry].sort(byColumn);
}

/** The mapping without some columns. */
export function withoutColumns(mapping: Mapping, columns: ReadonlySet<number>): Mapping {
  return mapping.map((one) => (isColumnMapping(one) && columns.has(one.column) ? { column: one.column, field: 'ignore' } : one));
}

function byColumn(a: Mapping[number], b: Mapping[number]): number {
  return (isColumnMapping(a) ? a.column : Number.MAX_SAFE_INTEGER) - (isColumnMapping(b) ? b.column : Number.MAX_SAFE_INTEGER);
}

/** The value of the option for a place. */
export function optionOf(place: Pick<ColumnMapping, 'field' | 'type'>, fallback: CustomFieldType): string {
  return place.field === 'custom' ? `custom:${place.type ?? fallback}` : place.field;
}

/** The choice an option stands for; null for one we did not make. */
export function choiceOf(option: string): TargetChoice | null {
  if (option === 'ignore' || option === 'fullName' || isFieldId(option)) return { field: option };
  const type = CUSTOM_FIELD_TYPES.find((known) => option === `custom:${known}`);
  return type ? { field: 'custom', type } : null;
}

/**
 * The list behind a column. A field that another column feeds says which one: choosing it moves the field here.
 * `labels` are the names of the columns by index.
 */
export function optionsFor(
  feeders: ReadonlyMap<MappingTarget, number>,
  labels: ReadonlyMap<number, string>,
  column: number,
): readonly ChoiceGroup[] {
  const option = (field: Exclude<MappingTarget, 'custom'>) => {
    const feeder = feeders.get(field);
    const from = feeder === undefined || feeder === column ? '' : `, now from “${labels.get(feeder) ?? ''}”`;
    return { value: field, label: `${targetLabel(field)}${from}` };
  };
  return [
    { label: 'Fields', choices: [...FIELD_IDS.slice(0, 2).map(option), option('fullName'), ...FIELD_IDS.slice(2).map(option)] },
    {
      label: 'Without a field',
      choices: [
        ...CUSTOM_FIELD_TYPES.map((type) => ({ value: `custom:${type}`, label: `Custom field: ${TYPE_LABELS[type]}` })),
        { value: 'ignore', label: 'Leave out' },
      ],
    },
  ];
}
