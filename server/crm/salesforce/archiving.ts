import type { RecordType } from '#shared/crm/record.ts';
import { fail, ok } from '#shared/result.ts';
import type { WriteAnswer } from '../adapter.ts';
import { OBJECTS } from './objects.ts';
import { findPersonAccounts, hasPersonAccounts } from './person-accounts.ts';
import { type WriteDeps, writeAll, writeEach } from './writing.ts';

/** Answers that say of a record that it is in the bin or nowhere. */
const GONE: ReadonlySet<string> = new Set(['ENTITY_IS_DELETED', 'INVALID_CROSS_REFERENCE_KEY']);

/**
 * To the recycle bin, each by itself. The contact of a person account has no bin of its own: it goes with the account alone,
 * which would take opportunities and cases along, so that these people are left for a person to delete.
 */
export async function archiveRecords(deps: WriteDeps, type: RecordType, ids: readonly string[]): Promise<readonly WriteAnswer[]> {
  const persons = type === 'contact' && hasPersonAccounts(deps.fields) ? await findPersonAccounts(deps.org, ids) : ok(new Map());
  if (!persons.ok) return ids.map((opId) => ({ kind: 'failed', opId, failure: persons.error }));
  const toWrite = ({ opId }: { readonly opId: string }) =>
    persons.value.has(opId)
      ? fail({ kind: 'validation', code: 'PERSON_ACCOUNT_KEPT', message: '' } as const)
      : ok({ opId, id: opId, object: OBJECTS[type].name, recordId: opId, values: {} });
  const answers = await writeEach(
    [...new Set(ids)].map((opId) => ({ opId })),
    toWrite,
    (writes) => writeAll(deps, 'DELETE', writes),
  );
  const byId = new Map(answers.map((answer) => [answer.opId, answer]));
  return ids.flatMap((id): readonly WriteAnswer[] => {
    const answer = byId.get(id);
    if (answer?.kind === 'failed' && GONE.has(answer.failure.code)) return [{ kind: 'written', opId: id, id, record: null }];
    return answer ? [answer] : [];
  });
}
