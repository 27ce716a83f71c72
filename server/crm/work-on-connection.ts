import { isDeepStrictEqual } from 'node:util';
import type { RecordsBody, RecordsPreviewAnswer, RunStarted, SyncBody } from '#shared/api/connection-work.ts';
import type { FileReceipt } from '#shared/api/imports.ts';
import { type CrmFailure, fieldsNamed } from '#shared/crm/failure.ts';
import type { CrmNotice } from '#shared/crm/notice.ts';
import type { FieldPair, RecordType } from '#shared/crm/record.ts';
import { holdsType, ofTypes } from '#shared/crm/scope.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { CrmReason } from '#shared/sentences/crm-reasons.ts';
import { type Actor, actOf, type Backend, newUuid, type Refusal, toIso } from '../leads/backend.ts';
import type { RunTrigger } from '../store/sync-records.ts';
import { settlePairs } from './check-pairs.ts';
import { refuseLists, refusePairs, refuseScope } from './check-settings.ts';
import { askedScopes, type CrmParts } from './crm-parts.ts';
import { isHiddenKind } from './hidden-kind.ts';
import { importRecords, previewRecords, type RecordsToImport } from './import-records.ts';
import { pairsFor, readNotices } from './look-into.ts';
import { isCrmFailure, type OpenConnection, refuseWork } from './open-connection.ts';
import { noteOutcome } from './schedule.ts';
import { TOO_MANY_CLEARED } from './sync/clearings.ts';
import { SYNC_LIMITS } from './sync/limits.ts';
import { TOO_MANY_CREATES } from './sync/push.ts';
import { TOO_MANY_REMOVALS } from './sync/removals.ts';
import { runSync, type SyncAsk, type SyncOutcome } from './sync/run.ts';

/** What is done with a connection by hand: preview, import, dry run, sync. */

type Work = { readonly parts: CrmParts; readonly backend: Backend; readonly actor: Actor; readonly open: OpenConnection };

/** What importing would do: every record planned, nothing stored. */
export async function previewConnection(work: Work, body: RecordsBody): Promise<Result<RecordsPreviewAnswer, Refusal>> {
  const asked = await toAsked(work, body);
  if (!asked.ok) return fail(toRefusal(work, asked.error));
  const read = await retryWithoutVanished(asked.value, (records) => previewRecords(depsOf(work), work.actor, work.open, records));
  const { done, pairs } = read;
  if (!done.ok) return fail(toRefusal(work, done.error));
  const notices = await readNotices(work.open, body.types ?? work.open.crm.traits.types);
  if (!notices.ok) return fail(toRefusal(work, notices.error));
  return ok({ ...done.value, pairs, notices: [...vanishedOf(pairs, notices.value), ...notices.value] });
}

/**
 * Reads records; without a field that turns out to be there no more, as one field keeps nobody out. `pairs`: as they were read
 * then. The next run marks it in the map.
 */
async function retryWithoutVanished<T>(
  asked: RecordsToImport,
  act: (asked: RecordsToImport) => Promise<Result<T, Refusal | CrmFailure>>,
): Promise<{ readonly done: Result<T, Refusal | CrmFailure>; readonly pairs: readonly FieldPair[] }> {
  const done = await act(asked);
  const failure = !done.ok && isCrmFailure(done.error) && done.error.kind === 'schema_drift' ? done.error : null;
  const named = failure ? fieldsNamed(failure) : [];
  const isGone = ({ type, remote, trouble }: FieldPair) =>
    named.includes(remote) && type === (failure?.recordType ?? type) && trouble !== 'vanished';
  if (!asked.pairs.some(isGone)) return { done, pairs: asked.pairs };
  return retryWithoutVanished(
    { ...asked, pairs: asked.pairs.map((pair) => (isGone(pair) ? { ...pair, trouble: 'vanished' } : pair)) },
    act,
  );
}

/** What is known to be hidden is told as that. */
function vanishedOf(pairs: readonly FieldPair[], told: readonly CrmNotice[]): readonly CrmNotice[] {
  const isTold = ({ type, label }: FieldPair) => told.some((notice) => notice.type === type && notice.field === label);
  const vanished = pairs.filter((pair) => pair.trouble === 'vanished' && !isTold(pair));
  return vanished.map(({ type, label }) => ({ kind: 'field_vanished', type, field: label }));
}

/** Imports and links. The first import, by an admin, makes the map and scope of a new connection; later ones change neither. */
export async function importConnection(
  work: Work,
  body: RecordsBody,
  idempotencyKey: string | null,
): Promise<Result<FileReceipt, Refusal>> {
  const { backend, actor, open } = work;
  const { store } = backend;
  const settings = await store.readSettings(actor.workspace, open.number);
  const isNew = settings.pairs.length === 0;
  if (isNew && actor.role !== 'admin') return fail({ code: 'FORBIDDEN', about: 'crm_first_import', data: { crm: open.name } });
  const asked = await toAsked(work, body);
  if (!asked.ok) return fail(toRefusal(work, asked.error));
  const importAll = async (records: RecordsToImport) =>
    (await retryWithoutVanished(records, (those) => importRecords(depsOf(work), actor, open, those, idempotencyKey))).done;
  if (body.dryRun) return told(work, await importAll({ ...asked.value, dryRun: true }));
  if (isNew || (body.pairs && actor.role === 'admin')) {
    const all = await pairsFor(
      open,
      [...asked.value.pairs, ...settings.pairs.filter((pair) => !asked.value.types.includes(pair.type))],
      open.crm.traits.types,
    );
    if (!all.ok) return fail(refuseWork(open, all.error, false));
    const twice = refusePairs(all.value);
    if (twice) return fail(twice);
    const pairs = await settlePairs(backend, async () => ok(open), settings.pairs, all.value);
    if (!pairs.ok) return pairs;
    const { scope, types } = asked.value;
    const scopeIn = isNew ? ofTypes(scope, types, open.crm.traits.types) : settings.scopeIn;
    await store.changeSettings(actOf(backend, actor), open.number, { ...settings, pairs: pairs.value, scopeIn });
  }
  const done = await importAll(asked.value);
  if (done.ok && isNew && done.value.list.id !== null) {
    const now = await store.readSettings(actor.workspace, open.number);
    await store.changeSettings(actOf(backend, actor), open.number, { ...now, listId: done.value.list.id });
  }
  return told(work, done);
}

function told<T>(work: Work, done: Result<T, Refusal | CrmFailure>): Result<T, Refusal> {
  return done.ok ? done : fail(toRefusal(work, done.error));
}

/** What a run would do on either side; nothing is written. */
export async function dryRunConnection(work: Work): Promise<Result<RunStarted, Refusal>> {
  const foreseen = await run(work, { trigger: 'dry_run' });
  if (!foreseen.ok) return foreseen;
  const { pairs } = await work.backend.store.readSettings(work.actor.workspace, work.open.number);
  const types = work.open.crm.traits.types.filter((type) => pairs.some((pair) => pair.type === type));
  const notices = await readNotices(work.open, types);
  return notices.ok ? ok({ ...foreseen.value, notices: notices.value }) : foreseen;
}

/** A run, now; none while somebody has paused the connection. Where it would make many records there, empty a field in many of them, or delete many on either side, their number has to be given. */
export async function syncConnection(
  work: Work,
  { confirmCreates, confirmRemovals, confirmClears }: SyncBody,
): Promise<Result<RunStarted, Refusal>> {
  const { state } = work.open.connection;
  if (state === 'paused_user') return fail({ code: 'CONFLICT', about: 'crm_paused', data: { crm: work.open.name } });
  return run(work, {
    trigger: 'by_hand',
    ...(confirmCreates === undefined ? {} : { agreedCreates: confirmCreates }),
    ...(confirmClears === undefined ? {} : { agreedClears: confirmClears }),
    // Nothing goes that has not just been looked at.
    ...(confirmRemovals === undefined ? {} : { maxRemoved: confirmRemovals, sweepsNow: true }),
  });
}
/** What a run stopped before, and asks a person about. */
const QUESTIONS: ReadonlyMap<string, CrmReason> = new Map([
  [TOO_MANY_CREATES, 'crm_creates'],
  [TOO_MANY_REMOVALS, 'crm_removals'],
  [TOO_MANY_CLEARED, 'crm_clears'],
]);

async function run(work: Work, ask: SyncAsk): Promise<Result<RunStarted, Refusal>> {
  const { parts, backend, actor, open } = work;
  const settings = await backend.store.readSettings(actor.workspace, open.number);
  if (settings.pairs.length === 0) return fail({ code: 'CONFLICT', about: 'crm_no_map', data: { crm: open.name } });
  const startedAt = backend.now();
  const { store, now } = backend;
  const { workspace } = actor;
  const { defaultCountry } = await store.readWorkspace(workspace);
  const outcome = await runSync(
    { crm: open.crm, store, workspace, connection: open.number, defaultCountry, owner: parts.owner, now, newId: () => newUuid(backend) },
    ask,
  );
  await noteOutcome(store, open.connection, { trigger: ask.trigger, outcome, at: now() }, askedScopes(parts, open.connection.provider));
  if (outcome.kind !== 'ran') return fail({ code: 'IN_PROGRESS', about: 'crm_busy_sync', data: { crm: open.name } });
  const { failure } = outcome;
  const about = failure && ask.trigger === 'by_hand' ? QUESTIONS.get(failure.code) : undefined;
  if (failure && about) {
    const count = Number(failure.message);
    return fail({ code: 'CONFLICT', about, data: { crm: open.name, count }, details: [{ about, count }] });
  }
  const creates = await nameLeads(work, outcome.foreseen?.createsThere.slice(0, MOST_NAMES) ?? []);
  const left = outcome.foreseen?.left;
  return ok({ ...toRunStarted(outcome, ask.trigger, startedAt, backend.now()), creates, ...(left ? { left } : {}) });
}

/** So many of those who would be made there are named. */
const MOST_NAMES = 100;

/** Leads by their names; of whom nothing is known, by their email, company or phone. */
async function nameLeads({ backend, actor }: Work, ids: readonly string[]): Promise<RunStarted['creates']> {
  const found = await Promise.all(ids.map((id) => backend.store.readLead(actor.workspace, id)));
  return found.flatMap((record) => {
    if (!record) return [];
    const { firstName, lastName, email, companyName, phone } = record.lead;
    const name = [firstName, lastName].filter(Boolean).join(' ') || email || companyName || phone || '';
    return [{ leadId: record.id, name }];
  });
}

function toRunStarted(
  ran: Extract<SyncOutcome, { kind: 'ran' }>,
  trigger: RunTrigger,
  startedAt: number,
  endedAt: number,
): Omit<RunStarted, 'creates'> {
  const { counts, failure } = ran;
  return {
    runId: ran.runId,
    outcome: ran.outcome,
    dryRun: trigger === 'dry_run',
    here: { created: counts.createdHere, updated: counts.updatedHere, removed: counts.removedHere },
    there: {
      created: counts.createdThere,
      updated: counts.updatedThere,
      archived: counts.archivedThere,
      optOuts: counts.optOutsThere,
    },
    conflicts: counts.conflicts,
    errors: counts.errors,
    failure: failure && { kind: failure.kind, code: failure.code, message: failure.message },
    startedAt: toIso(startedAt),
    endedAt: toIso(endedAt),
  };
}

/** Where one of several kinds may not be seen, the others come in. */
async function typesInSight({ crm }: OpenConnection, wanted: readonly RecordType[]): Promise<readonly RecordType[]> {
  if (wanted.length < 2) return wanted;
  const seen: RecordType[] = [];
  for (const type of wanted) {
    const fields = await crm.describe(type);
    if (fields.ok || !isHiddenKind(fields.error)) seen.push(type);
  }
  return seen.length > 0 ? seen : wanted;
}

async function toAsked({ backend, actor, open }: Work, body: RecordsBody): Promise<Result<RecordsToImport, Refusal | CrmFailure>> {
  const settings = await backend.store.readSettings(actor.workspace, open.number);
  const known = open.crm.traits.types;
  const within = body.scope ?? settings.scopeIn;
  const wanted: readonly RecordType[] = body.types ?? known.filter((type) => holdsType(within, type));
  const types = await typesInSight(open, wanted);
  const pairs = await pairsFor(open, body.pairs ?? settings.pairs, types);
  if (!pairs.ok) return pairs;
  const { listId, listName, onDuplicate, overwriteFields, limit } = body;
  const refused =
    refusePairs(pairs.value) ??
    (await refuseLists(backend, actor, listId === undefined ? [] : [{ field: 'listId', id: listId }])) ??
    (body.scope ? await refuseScope(open, body.scope, 'scope') : null);
  if (refused) return fail(refused);
  const scope = ofTypes(within, known, known);
  const isNew = settings.pairs.length === 0;
  // What was read is all the connection is about, or will be.
  const isWhole = isNew || isDeepStrictEqual(scope, ofTypes(settings.scopeIn, known, known));
  return ok({
    types,
    scope,
    wholeTypes: isWhole ? types.filter((type) => isNew || holdsType(settings.scopeIn, type)) : [],
    pairs: pairs.value,
    ...(listId === undefined ? {} : { listId }),
    ...(listName === undefined ? {} : { listName }),
    ...(onDuplicate === undefined ? {} : { onDuplicate }),
    ...(overwriteFields === undefined ? {} : { overwriteFields }),
    ...(limit === undefined ? {} : { limit }),
  });
}

function depsOf({ parts, backend }: Work) {
  const { store, now } = backend;
  return { backend, shelf: parts.shelf, links: { store, limits: SYNC_LIMITS, now, newId: () => newUuid(backend) } };
}

function toRefusal({ open }: Work, error: Refusal | CrmFailure): Refusal {
  if (isCrmFailure(error)) return refuseWork(open, error);
  return error.about === 'crm_busy_sync' ? { ...error, data: { crm: open.name } } : error;
}
