import * as z from 'zod/mini';
import { CONFLICT_RULES, DIRECTIONS, PROVIDERS, RECORD_TYPES, VALUE_TYPES } from '../crm/record.ts';
import { SCHEDULES } from '../crm/sync-settings.ts';
import { FIELD_IDS } from '../lead/fields.ts';
import { count, id, listOf, moment } from './json.ts';

/** CRMs: what can be connected, what is, and how it goes. */

const provider = z.enum(PROVIDERS);
export const recordType = z.enum(RECORD_TYPES);
/** Kinds of records; all that the CRM has unless said. */
const types = z.exactOptional(listOf(recordType).check(z.minLength(1), z.maxLength(2)));
/** A name or id of the CRM's own. */
const remoteText = z.string().check(z.minLength(1), z.maxLength(500));
const MAX_PAIRS = 500;
const MAX_LISTS = 1_000;

/** A list, view or campaign. */
export const narrowScope = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['list', 'view']), id: remoteText, name: remoteText, type: z.exactOptional(recordType) }),
  z.object({ kind: z.literal('campaign'), id: remoteText, name: remoteText, types }),
]);
export const scopeIn = z.discriminatedUnion('kind', [z.object({ kind: z.literal('all'), types }), ...narrowScope.def.options]);
const scopeOut = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('off') }),
  z.object({ kind: z.literal('lists'), listIds: listOf(id).check(z.maxLength(MAX_LISTS)) }),
  z.object({ kind: z.literal('all') }),
]);
const localField = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('field'), id: z.enum(FIELD_IDS) }),
  z.object({ kind: z.literal('custom'), label: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)) }),
]);
/** A field of a lead and the CRM's field it is kept in step with. */
export const fieldPair = z.object({
  id: z.string().check(z.regex(/^[\w-]{1,40}$/, 'a short id of letters, digits, - and _')),
  type: recordType,
  local: localField,
  remote: remoteText,
  label: remoteText,
  valueType: z.enum(VALUE_TYPES),
  options: z.exactOptional(listOf(z.object({ value: z.string(), label: z.string() }))),
  direction: z.enum(DIRECTIONS),
  rule: z.enum(CONFLICT_RULES),
  trouble: z.nullable(z.enum(['vanished', 'read_only', 'not_allowed', 'bounces'])),
});
const settings = {
  scopeIn,
  scopeOut,
  schedule: z.enum(SCHEDULES),
  listId: z.nullable(id),
  pairs: listOf(fieldPair).check(z.maxLength(MAX_PAIRS)),
  whenGoneThere: z.enum(['keep', 'remove_lead']),
  whenDeletedHere: z.enum(['keep', 'archive_there']),
  writesOptOuts: z.boolean(),
};
/** How a connection is kept in step. */
export const syncSettings = z.object(settings);

/** PATCH /api/connections/:id. What is absent stays. */
export const connectionPatch = z.object({
  scopeIn: z.exactOptional(settings.scopeIn),
  scopeOut: z.exactOptional(settings.scopeOut),
  schedule: z.exactOptional(settings.schedule),
  listId: z.exactOptional(settings.listId),
  pairs: z.exactOptional(settings.pairs),
  whenGoneThere: z.exactOptional(settings.whenGoneThere),
  whenDeletedHere: z.exactOptional(settings.whenDeletedHere),
  writesOptOuts: z.exactOptional(settings.writesOptOuts),
  paused: z.exactOptional(z.boolean()),
});
export type ConnectionPatch = z.infer<typeof connectionPatch>;

/** A run, as short as the page of a connection tells it. `changes` on either side. */
const lastRun = z.object({
  id: z.string(),
  outcome: z.enum(['running', 'done', 'partly', 'stopped', 'failed']),
  startedAt: moment,
  endedAt: z.nullable(moment),
  changes: count,
  /** The kind of record that it found hidden from whoever connected; the others went on. */
  hiddenKind: z.exactOptional(recordType),
  /** The CRM let it in no more, and said why in this code of its own, or Leadline did. */
  refusedAs: z.exactOptional(z.string()),
});
/** What is not known (yet) is null. */
const health = z.object({
  linkedLeads: z.nullable(count),
  lastRun: z.nullable(lastRun),
  nextRunAt: z.nullable(moment),
  /** Of the last seven days, and those nobody has decided. */
  conflicts: z.nullable(z.object({ recent: count, open: count })),
  errors: z.nullable(z.object({ leads: count, causes: count })),
  /**
   * Calls of this server today (UTC). `account`: what the CRM said of the day's calls of all apps together, and when; null where it
   * does not. From `stopsAt` on Leadline makes none.
   */
  calls: z.nullable(
    z.object({ usedToday: count, account: z.nullable(z.object({ used: count, limit: count, stopsAt: count, saidAt: moment })) }),
  ),
});
/** One connection. `needs_reconnect`: authorize again with its id as `connectionId`. */
export const connectionAnswer = z.object({
  id: z.string(),
  provider,
  account: z.object({ id: z.string(), name: z.string() }),
  auth: z.enum(['oauth', 'service_key']),
  /** The host people sign in at, where the CRM has several. */
  loginHost: z.nullable(z.string()),
  state: z.enum(['ok', 'needs_reconnect', 'paused_quota', 'paused_user']),
  pausedUntil: z.nullable(moment),
  /** Rights the CRM did not give, by its own names. `isNeeded`: without it nothing is kept in step. */
  missingScopes: listOf(z.object({ scope: z.string(), isNeeded: z.boolean() })),
  createdAt: moment,
  createdBy: z.nullable(z.object({ id: z.string(), name: z.string(), email: z.string() })),
  settings: syncSettings,
  health,
});
export type ConnectionAnswer = z.infer<typeof connectionAnswer>;

/** What can be connected here. `canAuthorize`: the operator has given a client. */
const providerAnswer = z.object({
  provider,
  name: z.string(),
  canAuthorize: z.boolean(),
  takesServiceKey: z.boolean(),
  /** The redirect URL that the CRM's app must know. */
  redirectUrl: z.string(),
});
export const connectionsAnswer = z.object({
  connections: listOf(connectionAnswer),
  providers: listOf(providerAnswer),
  /** Sign-ins of the last ten minutes that connected nothing, by their ids, and why in a sentence. */
  refusedSignIns: z.exactOptional(listOf(z.object({ id: z.string(), why: z.string() }))),
});
export type ConnectionsAnswer = z.infer<typeof connectionsAnswer>;

/** POST /api/connections/:provider/authorize */
export const authorizeBody = z.object({
  /** The connection that is to be renewed: another account is refused. */
  connectionId: z.exactOptional(id),
  /** Where to sign in, for CRMs with several hosts: login.salesforce.com, test.salesforce.com or a domain of one's own. */
  loginHost: z.exactOptional(z.string().check(z.trim(), z.minLength(1), z.maxLength(253))),
});
/** Open it in a tab: it ends at a page of this server. Good once, for ten minutes. `id`: what a refusal is told by. */
export const authorizeAnswer = z.object({ id: z.exactOptional(z.string()), url: z.string(), expiresAt: moment });

/** What a service key looks like, whatever region it is of. */
export const SERVICE_KEY = /^[\x21-\x7e]{20,500}$/;
/** POST /api/connections/hubspot/service-key */
export const serviceKeyBody = z.object({
  key: z.string().check(z.trim(), z.regex(SERVICE_KEY, 'a service key, as pat-na1-…')),
  connectionId: z.exactOptional(id),
});

/** GET /oauth/:provider/callback: whatever comes back; what is missing or wrong is said on the page. */
export const callbackQuery = z.object({
  state: z.exactOptional(z.string()),
  code: z.exactOptional(z.string()),
  error: z.exactOptional(z.string()),
  iss: z.exactOptional(z.string()),
});
export type CallbackQuery = z.infer<typeof callbackQuery>;

/** DELETE /api/connections/:id. `revoked`: the CRM has confirmed that the grant is over; a service key is ended there by hand. */
export const disconnectedAnswer = z.object({ deleted: z.literal(true), revoked: z.boolean() });
