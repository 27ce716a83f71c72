import * as z from 'zod/mini';
import { type RawLead, REQUIRE_POLICIES, type RequirePolicy } from '../lead/lead.ts';
import { MAX_LEADS_PER_CALL } from '../limits.ts';
import { DUPLICATE_POLICIES, type DuplicatePolicy } from '../plan/plan.ts';
import { fail, ok, type Result } from '../result.ts';
import { country, problemSchema } from './imports.ts';
import { count, type Issue, id, listOf, reader } from './json.ts';
import { leadInput, storedLead } from './lead-schema.ts';
import { isObject, readLead } from './read-lead.ts';

const MAX_ISSUES = 20;

const saveOptions = z.object({
  listId: z.exactOptional(z.nullable(id)),
  source: z.exactOptional(z.nullable(z.string().check(z.maxLength(40)))),
  /** A calling code, as "+1"; `defaultCountry` is the same as an ISO country. */
  defaultCountryCode: z.exactOptional(z.nullable(z.string().check(z.regex(/^\+?[1-9]\d{0,3}$/)))),
  defaultCountry: z.exactOptional(z.nullable(country)),
  require: z.exactOptional(z.nullable(z.enum(REQUIRE_POLICIES))),
  onInvalid: z.exactOptional(z.nullable(z.enum(['reject', 'skip']))),
  onDuplicate: z.exactOptional(z.nullable(z.enum(DUPLICATE_POLICIES))),
  overwriteFields: z.exactOptional(z.nullable(listOf(z.string()))),
  scope: z.exactOptional(z.nullable(z.enum(['list', 'workspace']))),
  dryRun: z.exactOptional(z.nullable(z.boolean())),
});
const readOptions = reader(saveOptions);

/** POST /api/leads, for the reference; `body` is taken for `leads` too. `readSaveLeads` reads it. */
export const saveLeadsBody = z.extend(saveOptions, { leads: listOf(leadInput).check(z.minLength(1), z.maxLength(MAX_LEADS_PER_CALL)) });

/** POST /api/leads as read: absent and null options are left out. */
export type SaveLeadsBody = {
  readonly leads: readonly RawLead[];
  readonly listId?: string;
  readonly source?: string;
  readonly defaultCountryCode?: string;
  readonly defaultCountry?: string;
  readonly require?: RequirePolicy;
  readonly onInvalid?: 'reject' | 'skip';
  readonly onDuplicate?: DuplicatePolicy;
  readonly overwriteFields?: readonly string[];
  readonly scope?: 'list' | 'workspace';
  readonly dryRun?: boolean;
};

/** Reads the body of POST /api/leads: 1 or more leads (the caller holds the ceiling) and the options. */
export function readSaveLeads(value: unknown): Result<SaveLeadsBody, readonly Issue[]> {
  if (!isObject(value)) return fail([{ path: '', expected: 'an object with leads' }]);
  const sent = value.leads ?? value.body;
  if (!Array.isArray(sent) || sent.length === 0) return fail([{ path: 'leads', expected: 'a list of at least one lead' }]);
  const options = readOptions(value);
  if (!options.ok) return options;
  // Over the ceiling the count is all that is needed for the refusal.
  if (sent.length > MAX_LEADS_PER_CALL) return ok({ ...withoutNulls(options.value), leads: sent });
  const issues: Issue[] = [];
  const leads: RawLead[] = [];
  for (let index = 0; index < sent.length && issues.length < MAX_ISSUES; index++)
    leads.push(readLead(sent[index], `leads[${index}]`, issues));
  return issues.length > 0 ? fail(issues.slice(0, MAX_ISSUES)) : ok({ ...withoutNulls(options.value), leads });
}

type WithoutNulls<T> = { [K in keyof T]: Exclude<T[K], null> };
function withoutNulls<T extends object>(options: T): WithoutNulls<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null)) as WithoutNulls<T>; // nulls are gone, keys are those of the schema
}

const found = z.object({ index: count, problems: listOf(problemSchema) });
/** Answer of POST /api/leads. */
export const saveLeadsAnswer = z.object({
  message: z.string(),
  savedCount: count,
  createdCount: count,
  addedCount: count,
  updatedCount: count,
  duplicateCount: count,
  reviewCount: count,
  suppressedCount: count,
  invalidCount: count,
  totalProcessed: count,
  listId: z.string(),
  importId: z.nullable(z.string()),
  /** One per lead sent, in order; null where none. */
  leadIds: listOf(z.nullable(z.string())),
  /** Where one lead was sent. */
  leadId: z.exactOptional(z.nullable(z.string())),
  duplicateOnly: z.boolean(),
  existingLeadIds: listOf(z.string()),
  duplicates: listOf(z.object({ input: leadInput, existingLead: z.nullable(storedLead), matchedOn: z.string() })),
  invalid: listOf(found),
  warnings: listOf(found),
  dryRun: z.boolean(),
});
export type SaveLeadsAnswer = z.infer<typeof saveLeadsAnswer>;

/** One entry of `details` under INVALID_LEADS. */
export type InvalidLeadDetail = {
  readonly index: number;
  readonly field: string;
  readonly code: string;
  readonly message: string;
  readonly value: string;
};
