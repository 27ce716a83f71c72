import type { CrmFailure } from '#shared/crm/failure.ts';
import type { RecordType, RemoteValues } from '#shared/crm/record.ts';
import type { CrmField, WriteAnswer } from '../adapter.ts';
import { OBJECTS } from './objects.ts';
import { cutValues, query } from './queries.ts';
import { isOneOf } from './soql.ts';
import type { Org } from './transport.ts';

/** What was sent of one item; `id`: of the record that was to be changed. */
export type Sent = { readonly opId: string; readonly id?: string; readonly values: RemoteValues };

/** Salesforce says these of the record that is written, and of one that is named in a field of it, mostly without naming the field. */
const OF_SOME_RECORD = /^(ENTITY_IS_DELETED|INVALID_CROSS_REFERENCE_KEY|MALFORMED_ID)$/;
/** The code of a field that names a record which is not there. Its message is the value. */
const LOOKUP_GONE = 'lookup_gone';

/**
 * Answers in which "not there" is told of whatever it is about: a new record and one that can still be read are there, so that
 * a record they name is not, or something of the org's own automation. Costs a query where a change is refused so.
 */
export async function tellLookups(
  org: Org,
  type: RecordType,
  items: readonly Sent[],
  answers: readonly WriteAnswer[],
  fields: readonly CrmField[],
): Promise<readonly WriteAnswer[]> {
  const itemsByOp = new Map(items.map((item) => [item.opId, item]));
  const unclear = answers.flatMap((answer) => (isUnclear(answer) ? (itemsByOp.get(answer.opId)?.id ?? []) : []));
  const there = await findLive(org, type, unclear);
  return answers.map((answer) => {
    const item = itemsByOp.get(answer.opId);
    if (!isUnclear(answer) || !item || (item.id !== undefined && !there.has(item.id))) return answer;
    return { ...answer, failure: ofNamed(answer.failure, item.values, fields) };
  });
}

function isUnclear(answer: WriteAnswer): answer is Extract<WriteAnswer, { kind: 'failed' }> {
  return answer.kind === 'failed' && OF_SOME_RECORD.test(answer.failure.code);
}

/** Those of these ids that are there; none where that cannot be told. */
async function findLive(org: Org, type: RecordType, ids: readonly string[]): Promise<ReadonlySet<unknown>> {
  const live = new Set<unknown>();
  for (const part of cutValues([...new Set(ids)])) {
    const found = await query(org, { fields: ['Id'], from: OBJECTS[type].name, where: isOneOf('Id', part) });
    for (const { Id } of found.ok ? found.value.rows : []) live.add(Id);
  }
  return live;
}

/** The field by what Salesforce says, or the only one that it can be. */
function ofNamed(failure: CrmFailure, values: RemoteValues, fields: readonly CrmField[]): CrmFailure {
  const references = fields.filter(({ name, isReference = false }) => isReference && (values.get(name) ?? '') !== '');
  const [first, ...others] = references;
  const named = references.find(({ name }) => name === failure.field) ?? (others.length === 0 ? first : undefined);
  if (!first) return { ...failure, kind: 'validation' };
  const about = named ? { field: named.name, message: values.get(named.name) ?? '' } : { message: '' };
  return { kind: 'validation', code: LOOKUP_GONE, ...about };
}
