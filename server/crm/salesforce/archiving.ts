import type { RecordType } from '#shared/crm/record.ts';
import { fail, ok } from '#shared/result.ts';
import type { CrmResult, WriteAnswer } from '../adapter.ts';
import { cut } from '../cut.ts';
import { IS_CONVERTED, OBJECTS } from './objects.ts';
import { findPersonAccounts, hasPersonAccounts } from './person-accounts.ts';
import { queryToEnd } from './queries.ts';
import { all, compare, isOneOf, writeSoql, yesNo } from './soql.ts';
import type { Org } from './transport.ts';
import { WRITE_BATCH, type WriteDeps, writeAll, writeEach } from './writing.ts';

/** Answers that say of a record that it is in the bin or nowhere. */
const GONE: ReadonlySet<string> = new Set(['ENTITY_IS_DELETED', 'INVALID_CROSS_REFERENCE_KEY']);

/**
 * To the recycle bin, each by itself. A lead that was converted stays: in the bin it would not be met again as the contact that
 * the person is now. The contact of a person account has no bin of its own: it goes with the account alone,
 * which would take opportunities and cases along, so that these people are left for a person to delete.
 */
export async function archiveRecords(deps: WriteDeps, type: RecordType, ids: readonly string[]): Promise<readonly WriteAnswer[]> {
  const persons = type === 'contact' && hasPersonAccounts(deps.fields) ? await findPersonAccounts(deps.org, ids) : ok(new Map());
  if (!persons.ok) return ids.map((opId) => ({ kind: 'failed', opId, failure: persons.error }));
  const converted = type === 'lead' ? await findConverted(deps.org, ids) : ok(new Set());
  if (!converted.ok) return ids.map((opId) => ({ kind: 'failed', opId, failure: converted.error }));
  const toWrite = ({ opId }: { readonly opId: string }) => {
    if (persons.value.has(opId)) return fail({ kind: 'validation', code: 'PERSON_ACCOUNT_KEPT', message: '' } as const);
    if (converted.value.has(opId)) return fail({ kind: 'moved', code: 'CONVERTED_LEAD_KEPT', message: '' } as const);
    return ok({ opId, id: opId, object: OBJECTS[type].name, recordId: opId, values: {} });
  };
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

/** Which of some leads were converted. */
async function findConverted(org: Org, ids: readonly string[]): Promise<CrmResult<ReadonlySet<string>>> {
  const converted = new Set<string>();
  for (const some of cut(ids, WRITE_BATCH)) {
    const where = all(compare(IS_CONVERTED, '=', yesNo(true)), isOneOf('Id', some));
    const rows = await queryToEnd(org, writeSoql({ fields: ['Id'], from: OBJECTS.lead.name, where }));
    if (!rows.ok) return rows;
    for (const { Id } of rows.value) if (typeof Id === 'string') converted.add(Id);
  }
  return ok(converted);
}
