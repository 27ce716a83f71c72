import type { ConflictAnswer, RunAnswer, SyncErrorAnswer } from '#shared/api/connection-work.ts';
import type { CrmFailure } from '#shared/crm/failure.ts';
import type { FieldPair, RecordType } from '#shared/crm/record.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { type Actor, actOf, type Backend, type Refusal, toIso } from '../leads/backend.ts';
import type { ConnectionRecord } from '../store/connection-store.ts';
import type { ConflictRecord, RunRecord, SyncErrorRecord } from '../store/sync-records.ts';
import type { StorePage } from '../store/sync-store.ts';
import type { CrmKind } from './crm-kind.ts';
import type { CrmParts } from './crm-parts.ts';

/** The past of a connection: its runs, its conflicts, its errors. Read even while the connection is not open, or was ended. */

type Asked = { readonly parts: CrmParts; readonly backend: Backend; readonly actor: Actor; readonly id: string };
type Known = { readonly connection: ConnectionRecord; readonly kind: CrmKind; readonly pairs: readonly FieldPair[] };
type PageOf<K extends string, T> = { readonly [P in K]: readonly T[] } & { readonly nextCursor: string | null };

/** The newest first; `NOT_FOUND` where there never was such a connection. */
export async function listRuns(asked: Asked, page: StorePage): Promise<Result<PageOf<'runs', RunAnswer>, Refusal>> {
  const known = await findPast(asked);
  if (!known.ok) return known;
  const { items, nextCursor } = await asked.backend.store.listRuns(asked.actor.workspace, known.value.connection.number, page);
  return ok({ runs: items.map((run) => toRun(run, known.value)), nextCursor });
}

/** The same of conflicts; `openOnly`: those nobody has decided. */
export async function listConflicts(
  asked: Asked,
  page: StorePage & { readonly openOnly?: boolean },
): Promise<Result<PageOf<'conflicts', ConflictAnswer>, Refusal>> {
  const known = await findPast(asked);
  if (!known.ok) return known;
  const { items, nextCursor } = await asked.backend.store.listConflicts(asked.actor.workspace, known.value.connection.number, page);
  return ok({ conflicts: items.map(toConflict), nextCursor });
}

/** The same of what went wrong and is not yet right. */
export async function listErrors(asked: Asked, page: StorePage): Promise<Result<PageOf<'errors', SyncErrorAnswer>, Refusal>> {
  const known = await findPast(asked);
  if (!known.ok) return known;
  const { items, nextCursor } = await asked.backend.store.listErrors(asked.actor.workspace, known.value.connection.number, page);
  return ok({ errors: items.map((error) => toError(error, known.value)), nextCursor });
}

/** Gives a field the value chosen, as an edit of this member; the next run brings it to the CRM. */
export async function resolveConflict(
  asked: Asked,
  conflictId: string,
  as: 'ours' | 'theirs' | 'undone',
): Promise<Result<{ readonly done: true }, Refusal>> {
  const known = await find(asked);
  if (!known.ok) return known;
  const { store } = asked.backend;
  const done = await store.resolveConflict(actOf(asked.backend, asked.actor), known.value.connection.number, conflictId, as);
  if (done === 'resolved') return ok({ done: true });
  if (done === 'not_found') return fail({ code: 'NOT_FOUND' });
  return fail(done === 'suppressed' ? { code: 'SUPPRESSED' } : { code: 'CONFLICT', about: 'crm_edited_since' });
}

/** Makes an error due again, leaves it, or has its lead made anyway. */
export async function retryError(
  asked: Asked,
  errorId: string,
  how: 'again' | 'ignore' | 'make_anyway',
): Promise<Result<{ readonly done: true }, Refusal>> {
  const known = await find(asked);
  if (!known.ok) return known;
  const { store } = asked.backend;
  const done = await store.retryError(actOf(asked.backend, asked.actor), known.value.connection.number, errorId, { kind: how });
  return done === 'done' ? ok({ done: true }) : fail({ code: 'NOT_FOUND' });
}

/** Of a connection in force. */
async function find(asked: Asked): Promise<Result<Known, Refusal>> {
  return know(asked, await asked.backend.store.readConnection(asked.actor.workspace, asked.id));
}

/** Of any connection there ever was. */
async function findPast(asked: Asked): Promise<Result<Known, Refusal>> {
  return know(asked, await asked.backend.store.readPastConnection(asked.actor.workspace, asked.id));
}

async function know({ parts, backend, actor }: Asked, connection: ConnectionRecord | null): Promise<Result<Known, Refusal>> {
  const kind = connection && parts.kinds.get(connection.provider);
  if (!connection || !kind) return fail({ code: 'NOT_FOUND' });
  const { pairs } = await backend.store.readSettings(actor.workspace, connection.number);
  return ok({ connection, kind, pairs });
}

function toRun(run: RunRecord, known: Known): RunAnswer {
  const { id, trigger, outcome, failure, startedAt, endedAt, counts, calls, importId } = run;
  return {
    id,
    trigger,
    outcome,
    failure: failure && toFailure(failure, known),
    startedAt: toIso(startedAt),
    endedAt: endedAt === null ? null : toIso(endedAt),
    counts,
    calls,
    importId,
  };
}

function toConflict(conflict: ConflictRecord): ConflictAnswer {
  const { id, leadId, person, fieldLabel, base, ours, theirs, winner, rule, at, resolved, oursBy, theirsBy } = conflict;
  const done = resolved && { as: resolved.as, at: toIso(resolved.at), by: resolved.by };
  const oursAt = conflict.oursAt === null ? null : toIso(conflict.oursAt);
  const theirsAt = conflict.theirsAt === null ? null : toIso(conflict.theirsAt);
  const origin = { oursAt, oursBy, theirsAt, theirsBy };
  return { id, leadId, person, field: fieldLabel, base, ours, theirs, ...origin, winner, rule, at: toIso(at), resolved: done };
}

function toError(error: SyncErrorRecord, known: Known): SyncErrorAnswer {
  const { id, type, leadId, remoteId, person, stage, failure, firstAt, lastAt, attempts, nextAt, isIgnored } = error;
  const remote = remoteId === null ? null : { id: remoteId, url: known.kind.recordUrl(known.connection, type, remoteId) };
  return {
    id,
    type,
    leadId,
    person,
    remote,
    stage,
    failure: toFailure(failure, known, type),
    firstAt: toIso(firstAt),
    lastAt: toIso(lastAt),
    attempts,
    nextAt: nextAt === null ? null : toIso(nextAt),
    isIgnored,
  };
}

/** `of`: the kind of record it is about; two kinds may call a field of one name differently. */
function toFailure(
  { kind, code, message, field, fieldLabel, missingScopes, matches, isChange, isUnique, isBlocked }: CrmFailure,
  known: Known,
  of?: RecordType,
): SyncErrorAnswer['failure'] {
  const named = known.pairs.filter(({ remote }) => remote === field);
  const label = (named.find(({ type }) => type === of) ?? named[0])?.label ?? fieldLabel ?? field;
  return {
    kind,
    code,
    message,
    ...(label === undefined ? {} : { field: label }),
    ...(isChange ? { isChange } : {}),
    ...(isUnique ? { isUnique } : {}),
    ...(isBlocked ? { isBlocked } : {}),
    ...(missingScopes === undefined ? {} : { missingScopes }),
    ...(matches === undefined
      ? {}
      : { matches: matches.map((match) => ({ ...match, url: known.kind.recordUrl(known.connection, match.type, match.id) })) }),
  };
}
