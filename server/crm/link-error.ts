import { fail, ok, type Result } from '#shared/result.ts';
import { type Actor, actOf, type Backend, type Refusal } from '../leads/backend.ts';
import type { CrmResult, RecordRef } from './adapter.ts';
import { type OpenConnection, refuseWork } from './open-connection.ts';

/** A person says which record a lead is: it is there and nobody else's, and the next run merges the two. */
export async function linkError(
  backend: Backend,
  actor: Actor,
  open: OpenConnection,
  { errorId, remoteId }: { readonly errorId: string; readonly remoteId: string },
): Promise<Result<{ readonly done: true }, Refusal>> {
  const data = { crm: open.name };
  const found = await findRecord(open, remoteId);
  if (!found.ok) return fail(refuseWork(open, found.error));
  if (!found.value) return fail({ code: 'NOT_FOUND', about: 'crm_no_record', data });
  const { type, id } = found.value;
  const done = await backend.store.retryError(actOf(backend, actor), open.number, errorId, { kind: 'link', type, remoteId: id });
  if (done === 'two_leads') return fail({ code: 'CONFLICT', about: 'crm_two_leads', data });
  return done === 'done' ? ok({ done: true }) : fail({ code: 'NOT_FOUND' });
}

/** Of whatever kind it is, and what it has become by a merge or a conversion. */
async function findRecord({ crm }: OpenConnection, id: string): Promise<CrmResult<RecordRef | null>> {
  for (const type of crm.traits.types) {
    const read = await crm.readRecords(type, [id], []);
    if (!read.ok && read.error.kind !== 'gone') return read;
    const answer = read.ok ? read.value[0] : undefined;
    if (answer?.kind === 'found') return ok({ type, id: answer.record.id });
    if (answer?.kind === 'converted') return ok(answer.to);
  }
  return ok(null);
}
