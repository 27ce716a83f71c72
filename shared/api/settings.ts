import * as z from 'zod/mini';
import { CUSTOM_FIELD_TYPES } from '../lead/lead.ts';
import { MAX_COLUMNS, MAX_SUPPRESSIONS_PER_CALL } from '../limits.ts';
import { mappingSchema } from './imports.ts';
import { count, id, listOf, moment, name } from './json.ts';
import { page } from './query.ts';

/** What a workspace has set up: custom fields, tags, suppressed people, named mappings. */

const label = z.string().check(z.trim(), z.minLength(1), z.maxLength(1_000));
const choices = listOf(z.string().check(z.maxLength(200))).check(z.maxLength(200));
const customField = z.object({ id: z.string(), label: z.string(), type: z.enum(CUSTOM_FIELD_TYPES), choices: listOf(z.string()) });
export type CustomFieldAnswer = z.infer<typeof customField>;
export const customFieldsAnswer = z.object({ customFields: listOf(customField) });
export const customFieldAnswer = customField;
/** POST /api/custom-fields */
export const customFieldBody = z.object({ label, type: z._default(z.enum(CUSTOM_FIELD_TYPES), 'text'), choices: z._default(choices, []) });

export const tagsAnswer = z.object({ tags: listOf(z.object({ name: z.string(), leadCount: count })) });

const kind = z.enum(['email', 'domain', 'phone']);
export const suppressionSchema = z.object({
  id: z.string(),
  kind,
  value: z.string(),
  reason: z.nullable(z.string()),
  source: z.string(),
  since: moment,
});
/** GET /api/suppressions, newest first. `search`: a part of the value or the reason. */
export const suppressionsQuery = z.object({ search: z.exactOptional(z.string().check(z.maxLength(200))), ...page });
/** `totalCount`: all that are found, on every page. */
export const suppressionsAnswer = z.object({
  suppressions: listOf(suppressionSchema),
  totalCount: count,
  nextCursor: z.nullable(z.string()),
});
/** POST /api/suppressions. Without a `kind` the value says what it is: an address, a number, else a domain. */
export const suppressionsBody = z.object({
  entries: listOf(
    z.object({
      kind: z.exactOptional(kind),
      value: z.string().check(z.trim(), z.minLength(1), z.maxLength(320)),
      reason: z.exactOptional(z.nullable(z.string().check(z.maxLength(500)))),
    }),
  ).check(z.minLength(1), z.maxLength(MAX_SUPPRESSIONS_PER_CALL)),
  /** `reject` (the default): one value that is none, and nothing is added. `skip`: those are told and left out. */
  onInvalid: z.exactOptional(z.enum(['reject', 'skip'])),
  /** Where the entries come from: api, hand, file, column … */
  source: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(40))),
});
/** What a body of POST /api/suppressions may weigh: that many entries, each with a reason. */
export const MAX_SUPPRESSION_BYTES = 4 * 1024 * 1024;
/** `addedCount` new entries; `markedCount` stored leads are now "do not contact". */
export const suppressionsAdded = z.object({
  entries: listOf(suppressionSchema),
  addedCount: count,
  markedCount: count,
  /** Under `skip`: values that are no address, number or domain; `index` counts from 0. */
  invalid: z.exactOptional(listOf(z.object({ index: count, value: z.string() }))),
});
/** A body that says nothing: `{}`. */
export const emptyBody = z.object({});
export const deletedAnswer = z.object({ deleted: z.literal(true) });
export const revokedAnswer = z.object({ revoked: z.literal(true) });
export const deletedCountAnswer = z.object({ deletedCount: count });
/** DELETE with the ids in the body. */
export const idsBody = z.object({ ids: listOf(id).check(z.minLength(1), z.maxLength(10_000)) });

const author = z.nullable(z.object({ name: z.string(), email: z.string(), isYou: z.boolean() }));
const template = z.object({
  id: z.string(),
  name: z.string(),
  headers: listOf(z.string()),
  mapping: mappingSchema,
  /** Whoever saved it last. */
  by: author,
  createdAt: moment,
  updatedAt: moment,
});
export const templateAnswer = template;
/** How a file with the headers asked for was mapped last. */
const remembered = z.object({ importId: z.string(), headers: listOf(z.string()), mapping: mappingSchema, by: author, at: moment });
export const templatesAnswer = z.object({ templates: listOf(template), remembered: z.nullable(remembered) });
/** GET /api/mapping-templates; `signature` as `headerSignature` makes it. */
export const templatesQuery = z.object({
  signature: z.exactOptional(z.string().check(z.regex(/^\d{1,4}-[0-9a-z]{1,13}$/, 'the signature of a file’s headers'))),
});
export type TemplateAnswer = z.infer<typeof template>;
export type TemplatesAnswer = z.infer<typeof templatesAnswer>;
export type AuthorAnswer = z.infer<typeof author>;
const headers = listOf(z.string()).check(z.maxLength(MAX_COLUMNS));
/** POST /api/mapping-templates */
export const templateBody = z.object({ name, headers: z._default(headers, []), mapping: mappingSchema });
/** PATCH /api/mapping-templates/:id */
export const templatePatch = z.object({
  name: z.exactOptional(name),
  headers: z.exactOptional(headers),
  mapping: z.exactOptional(mappingSchema),
});
