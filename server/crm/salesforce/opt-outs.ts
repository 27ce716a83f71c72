import { OPT_OUT_KINDS, type OptOutKind } from '#shared/crm/record.ts';
import type { CrmField, OptOut, RecordChange } from '../adapter.ts';
import { OPT_OUT_FIELDS } from './objects.ts';

/** A value written over them could take a refusal back. */
export const OPT_OUT_NAMES: ReadonlySet<string> = new Set(Object.values(OPT_OUT_FIELDS));

export function isOptOutField({ name }: Pick<CrmField, 'name'>): boolean {
  return OPT_OUT_NAMES.has(name);
}

/** What a record can be told that its person refused. */
export function writableOptOuts(fields: readonly CrmField[]): readonly OptOutKind[] {
  return OPT_OUT_KINDS.filter((kind) => fields.some(({ name, isReadOnly }) => name === OPT_OUT_FIELDS[kind] && !isReadOnly));
}

/** Fields as a map may use them: what a person refused comes in, and no value of a lead ever goes over it. */
export function asMapped(fields: readonly CrmField[]): readonly CrmField[] {
  return fields.map((field) => (isOptOutField(field) ? { ...field, isReadOnly: true } : field));
}

/** Boxes that are ticked. Whoever is there already becomes nobody's double by refusing. */
export function toTicks(items: readonly OptOut[]): readonly RecordChange[] {
  return items.map(({ id, kinds }) => {
    const values = new Map(kinds.map((kind) => [OPT_OUT_FIELDS[kind], 'true']));
    return { opId: id, id, values, savesAnyway: true };
  });
}
