import type { TextFieldId } from '#shared/lead/fields.ts';
import type { CustomFieldType } from '#shared/lead/lead.ts';
import type { LeadRecord } from '../store/records.ts';
import { toIso } from './backend.ts';

/** A lead as answers show it: fields flat (a blank one is absent), the rest beside them. */
export type LeadAnswer = { readonly [K in TextFieldId]?: string } & {
  readonly id: string;
  readonly version: number;
  readonly tags: readonly string[];
  readonly customFields: readonly { readonly label: string; readonly value: string; readonly type?: CustomFieldType }[];
  readonly listIds: readonly string[];
  readonly owner: { readonly id: string; readonly email: string; readonly name: string } | null;
  readonly doNotContact: boolean;
  readonly source: string;
  readonly createdAt: string;
  readonly updatedAt: string;
};

/** Turns a stored lead into an answer. */
export function toLeadAnswer(record: LeadRecord): LeadAnswer {
  const { tags, customFields, ...fields } = record.lead;
  return {
    id: record.id,
    version: record.version,
    ...fields,
    tags: tags ?? [],
    customFields: customFields ?? [],
    listIds: record.listIds,
    owner: record.owner,
    doNotContact: record.doNotContact,
    source: record.source,
    createdAt: toIso(record.createdAt),
    updatedAt: toIso(record.updatedAt),
  };
}
