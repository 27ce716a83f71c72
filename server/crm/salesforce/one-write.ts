import type { CrmFailure } from '#shared/crm/failure.ts';
import type { WriteAnswer } from '../adapter.ts';
import { toFailure } from './failures.ts';
import type { Body } from './fields.ts';
import { isObject } from './objects.ts';
import type { Org } from './transport.ts';

/** What is sent of one item. `id`: under which it is answered, where it has one already. */
export type Write = {
  readonly opId: string;
  readonly id?: string;
  readonly object: string;
  /** Of the record that is changed. */
  readonly recordId?: string;
  readonly values: Body;
  /** Refused if the record changed after it (ms). */
  readonly unmodifiedSince?: number;
  /** A person said so, although a duplicate rule found one like it. */
  readonly savesAnyway?: boolean;
};

export type WriteMethod = 'POST' | 'PATCH' | 'DELETE';

/** Duplicate rules are never bypassed unless a person decided so: what they find comes back to be decided. */
export const duplicateRule = (savesAnyway: boolean) => ({
  'Sforce-Duplicate-Rule-Header': `allowSave=${savesAnyway}; includeRecordDetails=true; runAsCurrentUser=true`,
});

/** Makes a record by itself. */
export async function createOne(org: Org, write: Write): Promise<WriteAnswer> {
  const { opId, object, values, savesAnyway = false } = write;
  const answer = await org.call({ method: 'POST', path: `/sobjects/${object}`, body: values, headers: duplicateRule(savesAnyway) });
  return answer.ok ? readResult(write, answer.value) : { kind: 'failed', opId, failure: answer.error };
}

/** Changes a record by itself, refused where it changed since it was read. */
export async function changeOne(org: Org, write: Write): Promise<WriteAnswer> {
  const { opId, id = '', object, recordId = id, values, unmodifiedSince, savesAnyway = false } = write;
  const path = `/sobjects/${object}/${encodeURIComponent(recordId)}`;
  const guard = unmodifiedSince === undefined ? {} : { 'If-Unmodified-Since': new Date(unmodifiedSince).toUTCString() };
  const headers = { ...guard, ...duplicateRule(savesAnyway) };
  const answer = await org.call({ method: 'PATCH', path, body: values, headers });
  return answer.ok ? { kind: 'written', opId, id, record: null } : { kind: 'failed', opId, failure: answer.error };
}

/** What Salesforce says of one record, alone or in a collection. */
export function readResult({ opId, id: known }: Write, result: unknown): WriteAnswer {
  if (!isObject(result)) return { kind: 'failed', opId, failure: NO_RESULT };
  const id = known ?? (typeof result.id === 'string' ? result.id : undefined);
  if (result.success === true && id !== undefined) return { kind: 'written', opId, id, record: null };
  const [first] = Array.isArray(result.errors) ? result.errors : [];
  return { kind: 'failed', opId, failure: toFailure(first) };
}
/** The answer came, but not for this record: whether it was written has to be looked up. */
const NO_RESULT: CrmFailure = { kind: 'ambiguous', code: 'NO_RESULT', message: '' };
