import * as z from 'zod/mini';
import { TEXT_FIELD_IDS } from '../lead/fields.ts';
import { CUSTOM_FIELD_TYPES, type Lead, type RawLead } from '../lead/lead.ts';
import { id, listOf, moment } from './json.ts';

/** One custom field of a lead: a pair in an ordered list, never an object key. */
export const customValue = z.object({ label: z.string(), value: z.string(), type: z.exactOptional(z.enum(CUSTOM_FIELD_TYPES)) });

const textFields = Object.fromEntries(TEXT_FIELD_IDS.map((field) => [field, z.exactOptional(z.string())]));
const listFields = { tags: z.exactOptional(listOf(z.string())), customFields: z.exactOptional(listOf(customValue)) };

/** A lead as it is stored: absent = blank. */
// The text fields are built from the field table, which the type is built from too.
export const leadSchema = z.object({ ...textFields, ...listFields }) as unknown as z.ZodMiniType<Lead>;

/**
 * A lead as it may be sent, for the reference: numbers are taken as text, null as blank, `tags` also as one text,
 * `customFields` also as an object. `read-lead.ts` reads it.
 */
export const leadInput = z.object({
  ...textFields,
  fullName: z.exactOptional(z.string()),
  tags: z.exactOptional(z.union([listOf(z.string()), z.string()])),
  customFields: z.exactOptional(z.union([listOf(customValue), z.record(z.string(), z.string())])),
}) as unknown as z.ZodMiniType<RawLead>; // as above; the object form of customFields is gone after reading

const facts = {
  id,
  version: z.int(),
  listIds: listOf(z.string()),
  tags: listOf(z.string()),
  customFields: listOf(customValue),
  /** The member the lead is assigned to; null while nobody is. */
  owner: z.nullable(z.object({ id: z.string(), email: z.string(), name: z.string() })),
  doNotContact: z.boolean(),
  source: z.string(),
  createdAt: moment,
  updatedAt: moment,
};

/** A lead in an answer: its fields flat, and what the workspace knows about it. */
export const storedLead = z.object({ ...textFields, ...facts }) as unknown as z.ZodMiniType<LeadAnswer>; // as above
export type LeadAnswer = Omit<Lead, 'tags' | 'customFields'> & { readonly [K in keyof typeof facts]: z.infer<(typeof facts)[K]> };
