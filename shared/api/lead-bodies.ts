import * as z from 'zod/mini';
import { PROVIDERS, RECORD_TYPES } from '../crm/record.ts';
import { SIDE_KINDS } from '../crm/side-item.ts';
import { FIELD_IDS, TEXT_FIELD_IDS } from '../lead/fields.ts';
import type { CustomValue, Lead } from '../lead/lead.ts';
import { DEFAULT_PAGE_SIZE, MAX_COLUMNS, MAX_LEADS_PER_CALL, MAX_PAGE_SIZE } from '../limits.ts';
import { fail, ok, type Result } from '../result.ts';
import { count, type Issue, id, listOf, moment } from './json.ts';
import { leadInput, storedLead } from './lead-schema.ts';
import { listSchema } from './lists.ts';
import { wholeNumber, yesNo } from './query.ts';
import { asText, isObject, readLead } from './read-lead.ts';

/** Orders of a list of leads; `-` is descending. */
export const LEAD_SORTS = ['-createdAt', 'createdAt', '-updatedAt', 'updatedAt', 'name', '-name', 'companyName', '-companyName'] as const;
const short = z.string().check(z.maxLength(300));
const filter = {
  search: z.exactOptional(short),
  listId: z.exactOptional(id),
  importId: z.exactOptional(id),
  tag: z.exactOptional(short),
  /** A member's id or email; `none` = nobody's. */
  owner: z.exactOptional(short),
};
const filterBody = z.object({ ...filter, doNotContact: z.exactOptional(z.boolean()) });

/** GET /api/leads. With `id` the answer is that lead alone. */
export const leadsQuery = z.object({
  id: z.exactOptional(id),
  ...filter,
  doNotContact: z.exactOptional(yesNo),
  sort: z._default(z.enum(LEAD_SORTS), '-createdAt'),
  page: z.exactOptional(wholeNumber(1, 999_999_999)),
  cursor: z.exactOptional(z.string().check(z.maxLength(500))),
  limit: z._default(wholeNumber(1, MAX_PAGE_SIZE), DEFAULT_PAGE_SIZE),
});
const provider = z.enum(PROVIDERS);
const recordType = z.enum(RECORD_TYPES);
/** `missing`: it is in the CRM's bin · `unseen`: whoever connected cannot see it · `purged`: erased there for good, and its id forgotten here. */
const leadLink = z.object({
  connectionId: z.string(),
  provider,
  type: recordType,
  remoteId: z.nullable(z.string()),
  state: z.enum(['linked', 'missing', 'unseen', 'purged']),
  /** Where people see it in the CRM; null where that is not known. */
  url: z.nullable(z.string()),
});
export type LeadLinkAnswer = z.infer<typeof leadLink>;
export const leadsAnswer = z.union([
  z.object({
    leads: listOf(storedLead),
    lists: listOf(listSchema),
    pagination: z.object({ page: count, limit: count, totalCount: count, totalPages: count }),
    nextCursor: z.nullable(z.string()),
  }),
  /** `links`: the records of CRMs it is, with `id` only. */
  z.object({ lead: storedLead, links: z.exactOptional(listOf(leadLink)) }),
]);
export const leadAnswer = z.object({ lead: storedLead });

/** PATCH /api/leads/:id, for the reference: null or the empty text clears a field. `readPatch` reads it. */
export const patchBody = z.extend(leadInput as unknown as z.ZodMiniObject, { version: z.exactOptional(z.int()) });
export type LeadPatchBody = {
  /** A present field is changed; the empty text clears it; tags and custom fields replace the old ones. */
  readonly patch: Lead;
  readonly version?: number;
};

/** Reads the body of PATCH /api/leads/:id. */
export function readPatch(value: unknown): Result<LeadPatchBody, readonly Issue[]> {
  if (!isObject(value)) return fail([{ path: '', expected: 'an object' }]);
  const issues: Issue[] = [];
  const { fullName: _, tags, customFields, ...texts } = readLead(value, '', issues);
  const cleared = TEXT_FIELD_IDS.filter((field) => value[field] !== undefined && asText(value[field]) === '');
  const patch: Lead = {
    ...texts,
    ...Object.fromEntries(cleared.map((field) => [field, ''])),
    ...(value.tags === undefined ? {} : { tags: asTagList(tags) }),
    ...(value.customFields === undefined ? {} : { customFields: asCustomList(customFields) }),
  };
  const { version } = value;
  if (version !== undefined && version !== null && !Number.isSafeInteger(version))
    issues.push({ path: 'version', expected: 'a whole number' });
  if (issues.length === 0 && Object.keys(patch).length === 0)
    issues.push({ path: '', expected: `at least one of ${FIELD_IDS.join(', ')}, customFields` });
  if (issues.length > 0) return fail(issues);
  return ok({ patch, ...(typeof version === 'number' ? { version } : {}) });
}

function asTagList(tags: string | readonly string[] | undefined): readonly string[] {
  if (tags === undefined) return [];
  return typeof tags === 'string'
    ? tags
        .split(/[;,]/)
        .map((tag) => tag.trim())
        .filter((tag) => tag !== '')
    : tags;
}

function asCustomList(customFields: readonly CustomValue[] | undefined): readonly CustomValue[] {
  return customFields ?? [];
}

const ids = listOf(z.string().check(z.maxLength(100))).check(z.maxLength(MAX_LEADS_PER_CALL));
/** DELETE /api/leads */
export const deleteLeadsBody = z.object({ ids });
export const deletedAnswer = z.object({ deletedCount: count });

const tagList = listOf(z.string().check(z.minLength(1), z.maxLength(100))).check(z.maxLength(MAX_COLUMNS));
/** POST /api/leads/bulk: some leads by id, or all that a filter finds, and what to do with them. */
export const bulkBody = z
  .object({
    ids: z.exactOptional(ids),
    filter: z.exactOptional(filterBody),
    /** Of what the filter finds, these are left alone. */
    except: z.exactOptional(ids),
    addToList: z.exactOptional(id),
    removeFromList: z.exactOptional(id),
    addTags: z.exactOptional(tagList),
    removeTags: z.exactOptional(tagList),
    delete: z.exactOptional(z.boolean()),
  })
  .check(z.refine((body) => (body.ids === undefined) !== (body.filter === undefined), 'either ids or filter'))
  .check(z.refine((body) => body.except === undefined || body.filter !== undefined, 'except only with filter'));
/** `foundCount` leads were there; `changedCount` of them are now otherwise than before. */
export const bulkAnswer = z.object({ changedCount: count, foundCount: count });

/** GET /api/leads/export: all leads, or those a filter finds. */
export const exportQuery = z.object({ ...filter, includeDoNotContact: z.exactOptional(yesNo) });

/** A deal, call, campaign … of a CRM beside a lead's past; `facts` in the order they are shown. */
const sideItem = z.object({
  provider,
  kind: z.enum(SIDE_KINDS),
  id: z.string(),
  title: z.string(),
  at: moment,
  facts: listOf(z.object({ name: z.string(), value: z.string() })),
});
export type SideItemAnswer = z.infer<typeof sideItem>;
/** Both the newest first. */
export const timelineAnswer = z.object({
  side: z.exactOptional(listOf(sideItem)),
  events: listOf(
    z.object({
      kind: z.string(),
      at: moment,
      field: z.nullable(z.string()),
      old: z.nullable(z.string()),
      new: z.nullable(z.string()),
      actor: z.nullable(z.object({ id: z.string(), name: z.string(), email: z.string() })),
      importId: z.nullable(z.string()),
      /** Of the import. */
      fileName: z.nullable(z.string()),
      source: z.nullable(z.string()),
      /** The CRM that brought it while leads were kept in step: `importId` then stands for that run. Null otherwise. */
      sync: z.nullable(provider),
    }),
  ),
});
