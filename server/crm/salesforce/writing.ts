import type { CrmFailure } from '#shared/crm/failure.ts';
import type { RecordType } from '#shared/crm/record.ts';
import type { CrmField, NewRecord, RecordChange, WriteAnswer } from '../adapter.ts';
import { toFailure } from './failures.ts';
import { toBody } from './fields.ts';
import { isObject, KEY_FIELD, OBJECTS } from './objects.ts';
import { LOCK_TRIES, LOCK_WAIT_MS, type Org } from './transport.ts';

/** Records one collections call takes. */
export const WRITE_BATCH = 200;
/** So few changes go one by one, as only then Salesforce can refuse one when somebody changed the record in between. */
const SINGLE_WRITES = 20;

/** Duplicate rules are never bypassed unless a person decided so: what they find comes back to be decided. */
const duplicateRule = (savesAnyway: boolean) => ({
  'Sforce-Duplicate-Rule-Header': `allowSave=${savesAnyway}; includeRecordDetails=true; runAsCurrentUser=true`,
});

export type WriteDeps = {
  readonly org: Org;
  readonly sleep: (ms: number) => Promise<void>;
  readonly random: () => number;
  readonly fields: readonly CrmField[];
};

/** Makes records, 200 a call, each by itself: one bad record stops no other. */
export async function createRecords(deps: WriteDeps, type: RecordType, items: readonly NewRecord[]): Promise<readonly WriteAnswer[]> {
  const [asked, decided] = [items.filter(({ savesAnyway }) => !savesAnyway), items.filter(({ savesAnyway }) => savesAnyway)];
  const answers = [...(await createSome(deps, type, asked, false)), ...(await createSome(deps, type, decided, true))];
  const answersById = new Map(answers.map((answer) => [answer.opId, answer]));
  return items.flatMap(({ opId }) => answersById.get(opId) ?? []);
}

async function createSome(deps: WriteDeps, type: RecordType, items: readonly NewRecord[], savesAnyway: boolean) {
  const hasKey = deps.fields.some(({ name }) => name === KEY_FIELD);
  const bodies = items.map(({ key, values }) => ({
    attributes: { type: OBJECTS[type].name },
    ...toBody(values, deps.fields),
    ...(hasKey ? { [KEY_FIELD]: key } : {}),
  }));
  return writeAll(deps, 'POST', items, bodies, savesAnyway);
}

/** Changes records by id. Few are sent one by one with the moment they were read; many in collections. */
export async function updateRecords(deps: WriteDeps, type: RecordType, items: readonly RecordChange[]): Promise<readonly WriteAnswer[]> {
  const isGuarded = items.length <= SINGLE_WRITES && items.every(({ unmodifiedSince }) => unmodifiedSince !== undefined);
  if (isGuarded) {
    const answers: WriteAnswer[] = [];
    for (const item of items) answers.push(await updateOne(deps, type, item));
    return answers;
  }
  const bodies = items.map(({ id, values }) => ({ attributes: { type: OBJECTS[type].name }, Id: id, ...toBody(values, deps.fields) }));
  return writeAll(deps, 'PATCH', items, bodies, false);
}

async function updateOne({ org, fields }: WriteDeps, type: RecordType, item: RecordChange): Promise<WriteAnswer> {
  const since = new Date(item.unmodifiedSince ?? 0).toUTCString();
  const path = `/sobjects/${OBJECTS[type].name}/${encodeURIComponent(item.id)}`;
  const headers = { 'If-Unmodified-Since': since, ...duplicateRule(false) };
  const answer = await org.call({ method: 'PATCH', path, body: toBody(item.values, fields), headers });
  if (answer.ok) return { kind: 'written', opId: item.opId, id: item.id, record: null };
  return { kind: 'failed', opId: item.opId, failure: answer.error };
}

type Item = { readonly opId: string; readonly id?: string };

/** In batches, and what was locked again, in order and apart from others; a locked row was not written. */
export async function writeAll(
  deps: Omit<WriteDeps, 'fields'>,
  method: 'POST' | 'PATCH',
  items: readonly Item[],
  bodies: readonly object[],
  savesAnyway: boolean,
): Promise<readonly WriteAnswer[]> {
  const answers = new Map<string, WriteAnswer>();
  let left = items.map((item, index) => ({ item, body: bodies[index] ?? {} }));
  for (let tried = 1; left.length > 0; tried++) {
    const locked: typeof left = [];
    for (let from = 0; from < left.length; from += WRITE_BATCH) {
      const batch = left.slice(from, from + WRITE_BATCH);
      const written = await writeBatch(deps.org, method, batch, savesAnyway);
      for (const [index, answer] of written.entries()) {
        const isLocked = answer.kind === 'failed' && answer.failure.kind === 'lock' && tried < LOCK_TRIES;
        const entry = batch[index];
        if (isLocked && entry) locked.push(entry);
        else answers.set(answer.opId, answer);
      }
    }
    left = locked;
    if (left.length > 0) await deps.sleep(LOCK_WAIT_MS * 2 ** (tried - 1) * (0.5 + deps.random()));
  }
  return items.flatMap(({ opId }) => answers.get(opId) ?? []);
}

async function writeBatch(
  org: Org,
  method: 'POST' | 'PATCH',
  batch: readonly { readonly item: Item; readonly body: object }[],
  savesAnyway: boolean,
): Promise<readonly WriteAnswer[]> {
  const body = { allOrNone: false, records: batch.map((entry) => entry.body) };
  const answer = await org.call({ method, path: '/composite/sobjects', body, headers: duplicateRule(savesAnyway) });
  const results = answer.ok && Array.isArray(answer.value) ? answer.value : [];
  return batch.map(({ item }, index) => {
    if (!answer.ok) return { kind: 'failed', opId: item.opId, failure: answer.error };
    return readResult(item, results[index]);
  });
}

function readResult(item: Item, result: unknown): WriteAnswer {
  const opId = item.opId;
  if (!isObject(result)) return { kind: 'failed', opId, failure: NO_RESULT };
  const id = typeof result.id === 'string' ? result.id : item.id;
  if (result.success === true && id !== undefined) return { kind: 'written', opId, id, record: null };
  const [first] = Array.isArray(result.errors) ? result.errors : [];
  return { kind: 'failed', opId, failure: toFailure(first) };
}
/** The answer came, but not for this record: whether it was written has to be looked up. */
const NO_RESULT: CrmFailure = { kind: 'ambiguous', code: 'NO_RESULT', message: '' };
