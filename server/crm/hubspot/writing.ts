import type { CrmFailure } from '#shared/crm/failure.ts';
import { ok } from '#shared/result.ts';
import type { CrmResult, NewRecord, OptOut, RecordChange, WriteAnswer } from '../adapter.ts';
import { cut } from '../cut.ts';
import { writeUnless, writeUnlessNamed } from '../refuse-some.ts';
import { readRecords } from './by-id.ts';
import { fromBatchError, isObject } from './failures.ts';
import { KEY_PROPERTY, NOT_OURS_TO_WRITE, OPT_OUT_PROPERTY } from './fields.ts';
import { type ContactReader, type ObjectAnswer, toRecord } from './records.ts';
import type { Portal } from './transport.ts';

export const WRITE_BATCH = 100;

/** One write, as both kinds of batch see it. */
type Write = {
  readonly opId: string;
  readonly id: string | null;
  readonly key: string | null;
  readonly properties: Record<string, string>;
};
type BatchAnswer = { readonly results: readonly ObjectAnswer[]; readonly errors?: readonly unknown[] };
type Send = (writes: readonly Write[]) => Promise<CrmResult<BatchAnswer>>;

/** Makes contacts; our key goes with each where the portal has the property for it. */
export function createRecords(portal: Portal, items: readonly NewRecord[], hasKey: boolean): Promise<readonly WriteAnswer[]> {
  return writeUnlessNamed(items, NOT_OURS_TO_WRITE, (ours) => create(portal, ours, hasKey));
}

/** Changes contacts by record id: only the values given, an empty one clears. */
export function updateRecords(reader: ContactReader, items: readonly RecordChange[]): Promise<readonly WriteAnswer[]> {
  return writeUnlessNamed(items, NOT_OURS_TO_WRITE, (ours) => update(reader, ours));
}

/** Says of contacts that they are not to be written to: HubSpot cannot take it back by its API, and nobody should. */
export function writeOptOuts(reader: ContactReader, items: readonly OptOut[]): Promise<readonly WriteAnswer[]> {
  const changes = items.map(({ id, kinds }) => ({ opId: id, id, kinds, values: new Map([[OPT_OUT_PROPERTY, 'true']]) }));
  const refusalOf = ({ kinds }: Pick<OptOut, 'kinds'>) => (kinds.every((kind) => kind === 'email') ? null : NO_PROPERTY);
  return writeUnless(changes, refusalOf, (some) => update(reader, some));
}
const NO_PROPERTY: CrmFailure = { kind: 'validation', code: 'PROPERTY_DOESNT_EXIST', message: '' };

async function create(portal: Portal, items: readonly NewRecord[], hasKey: boolean): Promise<readonly WriteAnswer[]> {
  const writes = items.map(({ opId, key, values }) => ({
    opId,
    id: null,
    key: hasKey ? key : null,
    properties: { ...Object.fromEntries(values), ...(hasKey ? { [KEY_PROPERTY]: key } : {}) },
  }));
  const send: Send = async (part) => {
    const inputs = part.map(({ opId, properties }) => ({ objectWriteTraceId: opId, properties, associations: [] }));
    return toBatch(await portal.call('create', (client) => client.crm.objects.batchApi.create('contacts', { inputs })));
  };
  return writeAll(writes, send);
}

async function update(reader: ContactReader, items: readonly RecordChange[]): Promise<readonly WriteAnswer[]> {
  const { portal } = reader;
  const writes = items.map(({ opId, id, values }) => ({ opId, id, key: null, properties: Object.fromEntries(values) }));
  const send: Send = async (part) => {
    const inputs = part.map(({ opId, id, properties }) => ({ objectWriteTraceId: opId, id: id ?? '', properties }));
    return toBatch(await portal.call('write', (client) => client.crm.objects.batchApi.update('contacts', { inputs })));
  };
  const answers = await writeAll(writes, send);
  return explainGone(reader, items, answers);
}

/** To the bin; one that is in it already is left there, and is no failure to HubSpot. */
export async function archiveRecords(portal: Portal, ids: readonly string[]): Promise<readonly WriteAnswer[]> {
  const failures = new Map<string, CrmFailure>();
  const archive = async (part: readonly string[]): Promise<void> => {
    const inputs = part.map((id) => ({ id }));
    const answer = await portal.call('write', (client) => client.crm.objects.batchApi.archive('contacts', { inputs }));
    if (answer.ok || (part.length === 1 && answer.error.kind === 'gone')) return;
    const isOfOne = part.length > 1 && OF_ONE_RECORD.has(answer.error.kind);
    if (isOfOne) for (const half of cut(part, Math.ceil(part.length / 2))) await archive(half);
    else for (const id of part) failures.set(id, answer.error);
  };
  for (const part of cut([...new Set(ids)], WRITE_BATCH)) await archive(part);
  return ids.map((id) => {
    const failure = failures.get(id);
    return failure ? failed(id, failure) : { kind: 'written', opId: id, id, record: null };
  });
}

function toBatch(answer: CrmResult<BatchAnswer>): CrmResult<BatchAnswer> {
  return answer.ok ? ok({ results: answer.value.results, errors: answer.value.errors ?? [] }) : answer;
}

async function writeAll(writes: readonly Write[], send: Send): Promise<readonly WriteAnswer[]> {
  const answers = new Map<string, WriteAnswer>();
  for (const part of cut(writes, WRITE_BATCH)) for (const answer of await writePart(part, send)) answers.set(answer.opId, answer);
  return writes.map(({ opId }) => answers.get(opId) ?? failed(opId, UNANSWERED));
}

/**
 * Reasons that one record can give to a whole batch, or two changes of the same record. Nothing of such a batch was saved, so
 * that its halves may go again.
 */
const OF_ONE_RECORD: ReadonlySet<CrmFailure['kind']> = new Set(['validation', 'duplicate', 'schema_drift', 'gone']);

async function writePart(part: readonly Write[], send: Send): Promise<readonly WriteAnswer[]> {
  const answer = await send(part);
  if (answer.ok) return matchAnswers(part, answer.value);
  const isOfOne = OF_ONE_RECORD.has(answer.error.kind) || answer.error.field !== undefined;
  if (part.length === 1 || !isOfOne) return part.map(({ opId }) => failed(opId, answer.error));
  const middle = Math.ceil(part.length / 2);
  return [...(await writePart(part.slice(0, middle), send)), ...(await writePart(part.slice(middle), send))];
}

/** Sent and answered, and yet nobody said what became of it: it has to be looked up. */
const UNANSWERED: CrmFailure = { kind: 'ambiguous', code: 'NOT_IN_ANSWER', message: '' };

/** Results and errors by trace id; where HubSpot left that out, by record id or by our key, and one alone by being alone. */
function matchAnswers(part: readonly Write[], { results, errors = [] }: BatchAnswer): readonly WriteAnswer[] {
  const written = new Map<string, ObjectAnswer>();
  for (const object of results) {
    const isAlone = part.length === 1 && results.length === 1 && object.objectWriteTraceId === undefined;
    const write = isAlone ? part[0] : part.find((one) => isOf(one, object));
    if (write) written.set(write.opId, object);
  }
  const left = part.filter(({ opId }) => !written.has(opId));
  const isComplete = written.size === results.length;
  const failures = new Map<string, CrmFailure>();
  const unnamed: CrmFailure[] = [];
  for (const entry of errors) {
    const named = left.filter((one) => isNamed(one, entry));
    for (const { opId } of named) failures.set(opId, fromBatchError(entry));
    if (named.length === 0) unnamed.push(fromBatchError(entry));
  }
  return part.map(({ opId, properties }) => {
    const object = written.get(opId);
    if (object) return { kind: 'written', opId, id: object.id, record: toRecord(object, Object.keys(properties)) };
    // With every result accounted for, what is left was not saved, and the errors without a name are about it.
    return failed(opId, failures.get(opId) ?? (isComplete ? unnamed[0] : undefined) ?? UNANSWERED);
  });
}

function isOf(write: Write, { id, objectWriteTraceId, properties }: ObjectAnswer): boolean {
  if (objectWriteTraceId !== undefined) return objectWriteTraceId === write.opId;
  return write.id === null ? write.key !== null && properties[KEY_PROPERTY] === write.key : id === write.id;
}

function isNamed({ opId, id }: Write, entry: unknown): boolean {
  const context = isObject(entry) && isObject(entry.context) ? entry.context : {};
  const names = (key: string) => (Array.isArray(context[key]) ? context[key] : []);
  return names('objectWriteTraceId').includes(opId) || (id !== null && [...names('ids'), ...names('id')].includes(id));
}

/** A record that is not there may have been merged away: then the answer names the survivor. */
async function explainGone(
  reader: ContactReader,
  items: readonly RecordChange[],
  answers: readonly WriteAnswer[],
): Promise<readonly WriteAnswer[]> {
  const gone = answers.flatMap((answer, index) =>
    answer.kind === 'failed' && answer.failure.kind === 'gone' ? [items[index]?.id ?? ''] : [],
  );
  if (gone.length === 0) return answers;
  const read = await readRecords(reader, gone, []);
  if (!read.ok) return answers;
  const survivors = new Map(
    read.value.flatMap((one) => (one.kind === 'found' && one.record.id !== one.asked ? [[one.asked, one.record.id]] : [])),
  );
  return answers.map((answer, index) => {
    const survivor = survivors.get(items[index]?.id ?? '');
    if (answer.kind !== 'failed' || answer.failure.kind !== 'gone' || survivor === undefined) return answer;
    return failed(answer.opId, { ...answer.failure, kind: 'moved', matches: [{ type: 'contact', id: survivor, title: '' }] });
  });
}

function failed(opId: string, failure: CrmFailure): WriteAnswer {
  return { kind: 'failed', opId, failure };
}
