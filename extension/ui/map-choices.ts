import { FIELD_IDS, FIELDS, type FieldId, isFieldId } from '#shared/lead/fields.ts';
import { CUSTOM_FIELD_TYPES, type CustomFieldType } from '#shared/lead/lead.ts';
import type { ColumnMapping, MappingTarget } from '#shared/mapping/mapping.ts';
import type { CustomFieldInfo } from '../flow/view.ts';
import { isSameLabel } from './map-labels.ts';
import { isSingle, type TargetChoice } from './map-places.ts';
import type { ChoiceGroup } from './parts/select.tsx';

/** The list behind a column, and what its options stand for. */

const TYPE_LABELS = {
  text: 'text',
  number: 'number',
  date: 'date',
  yesNo: 'yes/no',
  choice: 'choice',
} as const satisfies Record<CustomFieldType, string>;

export function typeLabel(type: CustomFieldType): string {
  return TYPE_LABELS[type];
}

/** A target in words. */
export function targetLabel(field: MappingTarget): string {
  if (field === 'fullName') return 'Full name';
  if (field === 'custom') return 'Custom field';
  return field === 'ignore' ? 'Leave out' : FIELDS[field].label;
}

/** A choice in words: a custom field of the workspace by its label. */
export function choiceLabel(target: TargetChoice): string {
  return target.field === 'custom' && target.label !== undefined ? target.label : targetLabel(target.field);
}

/** The workspace's custom field with this label. */
export function customFieldNamed(customFields: readonly CustomFieldInfo[], label: string | undefined): CustomFieldInfo | null {
  return label === undefined ? null : (customFields.find((known) => isSameLabel(known.label, label)) ?? null);
}

/** What an option's value means: a field, `fullName`, `custom:<type>`, `workspace:<place in its list>` or `ignore`. */
export function optionOf(place: ColumnMapping, fallback: CustomFieldType, customFields: readonly CustomFieldInfo[]): string {
  if (place.field !== 'custom') return place.field;
  const type = place.type ?? fallback;
  const known = customFields.findIndex((one) => place.label !== undefined && one.type === type && isSameLabel(one.label, place.label));
  return known < 0 ? `custom:${type}` : `workspace:${known}`;
}

/** The choice an option stands for; null for one we did not make. */
export function choiceOf(option: string, customFields: readonly CustomFieldInfo[]): TargetChoice | null {
  if (option === 'ignore' || option === 'fullName' || isFieldId(option)) return { field: option };
  const [kind, rest = ''] = option.split(':');
  if (kind === 'workspace') {
    const known = customFields[Number(rest)];
    return known ? { field: 'custom', type: known.type, label: known.label } : null;
  }
  const type = CUSTOM_FIELD_TYPES.find((one) => option === `custom:${one}`);
  return type ? { field: 'custom', type } : null;
}

export type OptionsGiven = {
  readonly feeders: ReadonlyMap<MappingTarget, number>;
  /** The names of the columns by index. */
  readonly labels: ReadonlyMap<number, string>;
  readonly customFields: readonly CustomFieldInfo[];
};

/** The list behind a column. A field that another column feeds says which one: choosing it moves the field here. */
export function optionsFor({ feeders, labels, customFields }: OptionsGiven, column: number): readonly ChoiceGroup[] {
  const option = (field: Exclude<MappingTarget, 'custom'>) => {
    const feeder = feeders.get(field);
    const from = feeder === undefined || feeder === column ? '' : `, now from “${labels.get(feeder) ?? ''}”`;
    return { value: field, label: `${targetLabel(field)}${from}` };
  };
  return [
    { label: 'Fields', choices: [...FIELD_IDS.slice(0, 2).map(option), option('fullName'), ...FIELD_IDS.slice(2).map(option)] },
    ...workspaceGroup(customFields),
    {
      label: 'Without a field',
      choices: [
        ...CUSTOM_FIELD_TYPES.map((type) => ({ value: `custom:${type}`, label: `Custom field: ${typeLabel(type)}` })),
        { value: 'ignore', label: 'Leave out' },
      ],
    },
  ];
}

function workspaceGroup(customFields: readonly CustomFieldInfo[]): readonly ChoiceGroup[] {
  if (customFields.length === 0) return [];
  const choices = customFields.map(({ label, type }, at) => ({ value: `workspace:${at}`, label: `${label} (${typeLabel(type)})` }));
  return [{ label: 'Custom fields of the workspace', choices }];
}

/** Fields that many people can share, and so may have one value for every row. */
const SHARED_FIELDS = ['companyName', 'jobTitle', 'ownerEmail', 'tags', 'notes'] as const satisfies readonly FieldId[];
const NEW_CUSTOM = 'custom';

/** The list behind a fixed value: fields that no column and no other fixed value feeds, and custom fields. */
export function constantOptions(taken: ReadonlySet<MappingTarget>, customFields: readonly CustomFieldInfo[]): readonly ChoiceGroup[] {
  const free = SHARED_FIELDS.filter((field) => !isSingle(field) || !taken.has(field));
  return [
    { label: 'Fields', choices: free.map((field) => ({ value: field, label: targetLabel(field) })) },
    ...workspaceGroup(customFields),
    { label: 'Without a field', choices: [{ value: NEW_CUSTOM, label: 'New custom field' }] },
  ];
}

/** The field of a fixed value and its label, where the list gives one. */
export function constantTarget(
  option: string,
  customFields: readonly CustomFieldInfo[],
): { readonly field: MappingTarget; readonly label: string | null } {
  const choice = choiceOf(option, customFields);
  if (choice && choice.field !== 'custom') return { field: choice.field, label: null };
  return { field: 'custom', label: choice?.label ?? null };
}
