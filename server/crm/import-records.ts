import type { FileReceipt } from '#shared/api/imports.ts';
import type { PreviewAnswer } from '#shared/api/preview.ts';
import type { CrmFailure } from '#shared/crm/failure.ts';
import type { CrmRecord, FieldPair, RecordType } from '#shared/crm/record.ts';
import type { CrmScope } from '#shared/crm/scope.ts';
import type { DuplicatePolicy } from '#shared/plan/plan.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { changedRecordsLine, differingFieldsLine } from '#shared/sentences/crm-import.ts';
import type { FileImportOptions } from '../imports/file-options.ts';
import { toImportPolicy } from '../imports/import-policy.ts';
import { planAgainstStore } from '../imports/plan-file.ts';
import { previewTable } from '../imports/preview-import.ts';
import { importTable } from '../imports/run-import.ts';
import { findOptedOut } from '../imports/take-opt-outs.ts';
import { type Actor, type Backend, type Refusal, toIso } from '../leads/backend.ts';
import { refuseOverwrite } from '../leads/permission.ts';
import { countDifferences } from './count-differences.ts';
import { cut } from './cut.ts';
import { type LinkDeps, linkImported, whileAlone } from './link-imported.ts';
import type { OpenConnection } from './open-connection.ts';
import { readAnew, readScope } from './read-scope.ts';
import type { Held, RecordShelf } from './record-shelf.ts';
import { lineOfRecord, recordAtLine, toRecordTable } from './record-table.ts';
import { createBudget } from './sync/budget.ts';
import { SYNC_LIMITS } from './sync/limits.ts';

/** What of a CRM comes in, and how. What is absent is the connection's setting, or the product's way. */
export type RecordsToImport = {
  readonly types: readonly RecordType[];
  readonly scope: CrmScope;
  readonly pairs: readonly FieldPair[];
  /** Kinds of which this reads all that the connection is about. */
  readonly wholeTypes: readonly RecordType[];
  readonly listId?: string;
  readonly listName?: string;
  readonly onDuplicate?: DuplicatePolicy;
  readonly overwriteFields?: readonly string[];
  readonly limit?: number;
  readonly dryRun?: boolean;
};

/** The connection that records come from. */
type ImportFrom = Pick<OpenConnection, 'id' | 'number' | 'crm' | 'name'>;
export type ImportDeps = { readonly backend: Backend; readonly shelf: RecordShelf; readonly links: LinkDeps };
/** `planned`: the receipt the import would have now. */
export type RecordsPreview = PreviewAnswer & { readonly recordCount: number; readonly planned: FileReceipt };

/** What importing the records would do; nothing is stored here or in the CRM. */
export async function previewRecords(
  deps: ImportDeps,
  actor: Actor,
  open: ImportFrom,
  asked: RecordsToImport,
): Promise<Result<RecordsPreview, Refusal | CrmFailure>> {
  const set = await prepare(deps, actor, open, asked, false);
  if (!set.ok) return set;
  const { file, contentSha256, policy, records } = set.value;
  const listId = asked.listId ?? (await findListByName(deps.backend, actor, asked.listName ?? newListName(open, asked)));
  const limit = asked.limit === undefined ? {} : { limit: asked.limit };
  const preview = await previewTable(deps.backend, actor, file, policy, { ...(listId === undefined ? {} : { listId }), ...limit });
  if (!preview.ok) return preview;
  const options = { ...optionsOf(open, asked), dryRun: true };
  const planned = await importTable(deps.backend, actor, file, policy, { options, contentSha256, idempotencyKey: null });
  if (!planned.ok) return planned;
  const { addedToList, updated, duplicate } = planned.value;
  const isNew = addedToList + updated + duplicate === 0;
  const differing = isNew ? 0 : await findDiffering(deps, actor, asked, set.value, listId ?? null);
  return ok({ ...preview.value, recordCount: records.length, planned: withDiffering(planned.value, differing, open.name) });
}

/** Imports the records as a file is imported, and notes which lead each of them is, so that both stay in step. */
export async function importRecords(
  deps: ImportDeps,
  actor: Actor,
  open: ImportFrom,
  asked: RecordsToImport,
  idempotencyKey: string | null,
): Promise<Result<FileReceipt, Refusal | CrmFailure>> {
  const { backend, shelf, links } = deps;
  const refused = refuseOverwrite(await backend.store.readWorkspace(actor.workspace), actor, asked.onDuplicate);
  if (refused) return fail(refused);
  const set = await prepare(deps, actor, open, asked, true);
  if (!set.ok) return set;
  const { file, contentSha256, policy, records, readFrom, calls, changedSince } = set.value;
  const options = optionsOf(open, asked);
  if (asked.dryRun)
    return importTable(backend, actor, file, policy, { options: { ...options, dryRun: true }, contentSha256, idempotencyKey });
  return whileAlone(links, actor.workspace, open.number, async (run) => {
    const done = await importTable(backend, actor, file, policy, { options, contentSha256, idempotencyKey });
    if (!done.ok || done.value.importId === null) return done;
    const recordAt = (line: number) => recordAtLine(records, line);
    const imported = {
      importId: done.value.importId,
      recordAt,
      wholeTypes: asked.wholeTypes,
      readFrom,
      clockOffsetMs: open.crm.usage().clockOffsetMs ?? 0,
      calls,
    };
    const { conflicts } = await linkImported(links, run, imported);
    shelf.clear();
    return ok(withChanged(withDiffering(done.value, conflicts, open.name), changedSince, open.name));
  });
}

/** What differs, where leads that are here would be linked. */
async function findDiffering(
  { backend }: ImportDeps,
  actor: Actor,
  { pairs }: RecordsToImport,
  { file, policy, records }: Prepared,
  listId: string | null,
): Promise<number> {
  const plan = await planAgainstStore(backend, actor, file, policy, listId, await findOptedOut(file, policy));
  if (!plan) return 0;
  const recordAt = (line: number) => recordAtLine(records, line);
  return await countDifferences(backend, actor, { rows: plan.rows, recordAt, pairs, defaultCountry: policy.defaultCountry });
}

function withDiffering(receipt: FileReceipt, differingFields: number, crm: string): FileReceipt {
  if (differingFields === 0) return receipt;
  const line = differingFieldsLine(differingFields, crm, receipt.dryRun === true);
  return { ...receipt, differingFields, message: `${receipt.message} ${line}` };
}

function withChanged(receipt: FileReceipt, changed: number, crm: string): FileReceipt {
  if (changed === 0) return receipt;
  const message = `${receipt.message} ${changedRecordsLine(changed, crm)}`;
  return { ...receipt, changedSincePreview: receipt.changedSincePreview + changed, message };
}

/** What a list of imported records is called where nobody said: by what they are of, or else by their kinds. */
function newListName({ name }: ImportFrom, { types, scope }: RecordsToImport): string {
  return scope.kind === 'all' ? `${name} ${types.map((type) => `${type}s`).join(' and ')}` : scope.name;
}

function optionsOf(open: ImportFrom, asked: RecordsToImport): FileImportOptions {
  const { crm, name } = open;
  const { scope, listId, listName } = asked;
  return {
    source: crm.provider,
    fileName: scope.kind === 'all' ? name : `${name}: ${scope.name}`,
    optOutSource: crm.provider,
    ...(listId === undefined ? { listName: listName ?? newListName(open, asked) } : { listId }),
  };
}

type Prepared = ReturnType<typeof toRecordTable> &
  Held & {
    readonly policy: Parameters<typeof previewTable>[3];
    /** Records that are not any more as the preview read them. */
    readonly changedSince: number;
  };
/** What was read longer ago is read again before it is imported: somebody may have opted out meanwhile, or be gone. */
const FRESH_MS = 60_000;

async function prepare(
  { backend, shelf, links }: ImportDeps,
  actor: Actor,
  { id, number, crm, name }: ImportFrom,
  asked: RecordsToImport,
  takesHeld: boolean,
): Promise<Result<Prepared, Refusal | CrmFailure>> {
  const workspace = await backend.store.readWorkspace(actor.workspace);
  // A CRM record needs only an email, a phone or a name.
  const { onDuplicate, overwriteFields } = asked;
  const chosen = { ...(onDuplicate ? { onDuplicate } : {}), ...(overwriteFields ? { overwriteFields } : {}) };
  const policy = toImportPolicy({ ...chosen, require: 'any' }, workspace);
  if (!policy.ok) return policy;
  const key = JSON.stringify([actor.workspace, id, asked.types, asked.scope, asked.pairs.map(({ remote, type }) => [type, remote])]);
  let held = takesHeld ? shelf.look(key) : null;
  // A run has seen newer values since: what was read before would be taken for a change.
  if (held && (await hasRunSince(backend, actor, number, held.readFrom))) held = null;
  let changedSince = 0;
  if (!held || backend.now() - held.readFrom > FRESH_MS) {
    const [readFrom, before] = [backend.now(), crm.usage().calls];
    const pairs = asked.pairs.filter(({ trouble }) => trouble !== 'vanished');
    const fields = (type: RecordType) => pairs.filter((pair) => pair.type === type).map(({ remote }) => remote);
    // Nothing has come in when the reading stops there.
    const read = await readScope(createBudget(crm, SYNC_LIMITS).crm, { types: asked.types, scope: asked.scope, fields });
    if (!read.ok) return read;
    const calls = crm.usage().calls - before;
    if (held) {
      const anew = readAnew(held.records, read.value);
      // Who is new since comes with the next sync: no more are imported than were shown.
      held = { ...held, records: anew.records, calls: held.calls + calls };
      changedSince = anew.changed;
    } else {
      held = { records: read.value, readFrom, calls };
      shelf.put(key, held);
    }
  }
  const names = { crm: name, defaultCountry: policy.value.defaultCountry, now: toIso(backend.now()) };
  const { file, contentSha256 } = toRecordTable(held.records, asked.pairs, names);
  const linkedLeads = await findLinkedLeads(links, actor, number, held.records);
  const { records } = held;
  const recordAt = (line: number) => {
    const record = recordAtLine(records, line);
    return record && { connection: number, type: record.type, remoteId: record.id };
  };
  return ok({ file: { ...file, linkedLeads, recordAt }, contentSha256, ...held, policy: policy.value, changedSince });
}

/** The leads that records are already, by the line of each: whatever became of their addresses on either side. */
async function findLinkedLeads(
  { store }: LinkDeps,
  { workspace }: Actor,
  connection: number,
  records: readonly CrmRecord[],
): Promise<ReadonlyMap<number, string>> {
  const leads = new Map<number, string>();
  for (const type of new Set(records.map((record) => record.type))) {
    const lines = new Map(records.flatMap((record, index) => (record.type === type ? [[record.id, lineOfRecord(index)] as const] : [])));
    for (const some of cut([...lines.keys()], LOOKED_UP)) {
      const found = await store.findLinkedLeads(workspace, connection, type, some);
      for (const [remoteId, leadId] of found) leads.set(lines.get(remoteId) ?? 0, leadId);
    }
  }
  return leads;
}
/** Records looked up before other requests get their turn. */
const LOOKED_UP = 1_000;

async function hasRunSince({ store }: Backend, { workspace }: Actor, connection: number, at: number): Promise<boolean> {
  const [last] = (await store.listRuns(workspace, connection, { limit: 1 })).items;
  return last !== undefined && last.startedAt >= at;
}

/** Null: a list of that name is still to be made. */
async function findListByName(backend: Backend, actor: Actor, name: string): Promise<string | null> {
  const lists = await backend.store.listLists(actor.workspace);
  return lists.find((list) => list.name.toLowerCase() === name.trim().toLowerCase())?.id ?? null;
}
