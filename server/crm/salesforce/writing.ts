import type { CrmFailure } from '#shared/crm/failure.ts';
import type { RecordType } from '#shared/crm/record.ts';
import { ok, type Result } from '#shared/result.ts';
import type { CrmField, NewRecord, RecordChange, WriteAnswer } from '../adapter.ts';
import { cut } from '../cut.ts';
import { toBody } from './fields.ts';
import { KEY_FIELD, OBJECTS } from './objects.ts';
import { changeOne, duplicateRule, readResult, type Write, type WriteMethod } from './one-write.ts';
import { tellDuplicates } from './tell-duplicates.ts';
import { LOCK_TRIES, LOCK_WAIT_MS, type Org, type OrgCall } from './transport.ts';

/** Records one collections call takes. */
export const WRITE_BATCH = 200;
/** So few changes go one by one, as only then Salesforce can refuse one when somebody changed the record in between. */
const SINGLE_WRITES = 20;

export type WriteDeps = {
  readonly org: Org;
  readonly sleep: (ms: number) => Promise<void>;
  readonly random: () => number;
  readonly fields: readonly CrmField[];
};

/** Makes records, 200 a call, each by itself: one bad record stops no other. */
export async function createRecords(deps: WriteDeps, type: RecordType, items: readonly NewRecord[]): Promise<readonly WriteAnswer[]> {
  const hasKey = deps.fields.some(({ name, isReadOnly }) => name === KEY_FIELD && !isReadOnly);
  const toWrite = ({ opId, key, values, savesAnyway = false }: NewRecord): Result<Write, CrmFailure> => {
    const body = toBody(values, deps.fields);
    if (!body.ok) return body;
    return ok({ opId, object: OBJECTS[type].name, values: { ...body.value, ...(hasKey ? { [KEY_FIELD]: key } : {}) }, savesAnyway });
  };
  return writeEach(items, toWrite, (writes) => writeAll(deps, 'POST', writes));
}

/** Changes records by id. Few are sent one by one with the moment they were read; many in collections. */
export async function updateRecords(deps: WriteDeps, type: RecordType, items: readonly RecordChange[]): Promise<readonly WriteAnswer[]> {
  const toWrite = ({ opId, id, values, unmodifiedSince, savesAnyway = false }: RecordChange): Result<Write, CrmFailure> => {
    const body = toBody(values, deps.fields);
    if (!body.ok) return body;
    const since = unmodifiedSince === undefined ? {} : { unmodifiedSince };
    return ok({ opId, id, object: OBJECTS[type].name, recordId: id, values: body.value, savesAnyway, ...since });
  };
  return writeEach(items, toWrite, (writes) => changeAll(deps, writes));
}

/** What cannot be sent is refused by itself; everything is answered in the order of the items. */
export async function writeEach<T extends { readonly opId: string }>(
  items: readonly T[],
  toWrite: (item: T) => Result<Write, CrmFailure>,
  send: (writes: readonly Write[]) => Promise<readonly WriteAnswer[]>,
): Promise<readonly WriteAnswer[]> {
  const writes: Write[] = [];
  const answers = new Map<string, WriteAnswer>();
  for (const item of items) {
    const write = toWrite(item);
    if (write.ok) writes.push(write.value);
    else answers.set(item.opId, { kind: 'failed', opId: item.opId, failure: write.error });
  }
  for (const answer of await send(writes)) answers.set(answer.opId, answer);
  return items.flatMap(({ opId }) => answers.get(opId) ?? []);
}

/** Changes that are in order; see `updateRecords`. */
export async function changeAll(deps: Omit<WriteDeps, 'fields'>, writes: readonly Write[]): Promise<readonly WriteAnswer[]> {
  const isGuarded = writes.length <= SINGLE_WRITES && writes.every(({ unmodifiedSince }) => unmodifiedSince !== undefined);
  if (!isGuarded) return writeAll(deps, 'PATCH', writes);
  const answers: WriteAnswer[] = [];
  for (const write of writes) answers.push(await changeOne(deps.org, write));
  return answers;
}

/** What a person decided goes apart, as the rule is a whole call's. */
export async function writeAll(
  deps: Omit<WriteDeps, 'fields'>,
  method: WriteMethod,
  writes: readonly Write[],
): Promise<readonly WriteAnswer[]> {
  const answers: WriteAnswer[] = [];
  for (const decided of [false, true]) {
    const some = writes.filter(({ savesAnyway = false }) => savesAnyway === decided);
    answers.push(...(await writeSome(deps, method, some, decided)));
  }
  const told = await tellDuplicates(deps.org, method, writes, answers);
  const answersById = new Map(told.map((answer) => [answer.opId, answer]));
  return writes.flatMap(({ opId }) => answersById.get(opId) ?? []);
}

/** In batches, and what was locked again, in order and apart from others; a locked row was not written. */
async function writeSome(
  deps: Omit<WriteDeps, 'fields'>,
  method: WriteMethod,
  writes: readonly Write[],
  savesAnyway: boolean,
): Promise<readonly WriteAnswer[]> {
  const answers = new Map<string, WriteAnswer>();
  let left = writes;
  for (let tried = 1; left.length > 0; tried++) {
    const locked = new Set<string>();
    for (const batch of cut(left, WRITE_BATCH)) {
      for (const answer of await writeBatch(deps.org, method, batch, savesAnyway)) {
        if (isLocked(answer) && tried < LOCK_TRIES) locked.add(answer.opId);
        else answers.set(answer.opId, answer);
      }
    }
    left = left.filter(({ opId }) => locked.has(opId));
    if (left.length > 0) await deps.sleep(LOCK_WAIT_MS * 2 ** (tried - 1) * (0.5 + deps.random()));
  }
  return writes.flatMap(({ opId }) => answers.get(opId) ?? []);
}

function isLocked(answer: WriteAnswer): boolean {
  return answer.kind === 'failed' && answer.failure.kind === 'lock';
}

async function writeBatch(org: Org, method: WriteMethod, batch: readonly Write[], savesAnyway: boolean): Promise<readonly WriteAnswer[]> {
  const answer = await org.call(toCall(method, batch, savesAnyway));
  if (!answer.ok) {
    const { refused, again } = findGuilty(batch, answer.error);
    const answers: WriteAnswer[] = refused.map(({ opId }) => ({ kind: 'failed', opId, failure: answer.error }));
    for (const part of again) answers.push(...(await writeBatch(org, method, part, savesAnyway)));
    return answers;
  }
  const results = Array.isArray(answer.value) ? answer.value : [];
  return batch.map((write, index) => readResult(write, results[index]));
}

function toCall(method: WriteMethod, batch: readonly Write[], savesAnyway: boolean): OrgCall {
  const path = '/composite/sobjects';
  if (method === 'DELETE') {
    const ids = batch.map(({ recordId = '' }) => encodeURIComponent(recordId)).join(',');
    return { method, path: `${path}?ids=${ids}&allOrNone=false` };
  }
  const records = batch.map(({ object, recordId, values }) => ({
    attributes: { type: object },
    ...(recordId === undefined ? {} : { Id: recordId }),
    ...values,
  }));
  return { method, path, body: { allOrNone: false, records }, headers: duplicateRule(savesAnyway) };
}

/** Reasons that one record can give to a whole call. Nothing of such a call was written, so that its parts may go again. */
const OF_ONE_RECORD: ReadonlySet<CrmFailure['kind']> = new Set(['validation', 'duplicate', 'schema_drift', 'gone']);
/** These are of all alike. */
const OF_THE_CALL = /^(ERROR_HTTP_\d+|NOT_FOUND|INVALID_TYPE|STORAGE_LIMIT_EXCEEDED)$/;

type Guilty = { readonly refused: readonly Write[]; readonly again: readonly (readonly Write[])[] };

/** Who is refused with a call that was, and what goes again: those without the field it is about, or halves until one is alone. */
function findGuilty(batch: readonly Write[], { kind, code, field }: CrmFailure): Guilty {
  if (batch.length === 1 || !OF_ONE_RECORD.has(kind) || OF_THE_CALL.test(code)) return { refused: batch, again: [] };
  const named = kind === 'schema_drift' ? batch.filter(({ values }) => field !== undefined && field in values) : [];
  if (named.length > 0) {
    const others = batch.filter((write) => !named.includes(write));
    return { refused: named, again: others.length === 0 ? [] : [others] };
  }
  const middle = Math.ceil(batch.length / 2);
  return { refused: [], again: [batch.slice(0, middle), batch.slice(middle)] };
}
