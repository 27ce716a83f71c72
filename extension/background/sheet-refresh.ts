import type { WorkspaceAnswer } from '#shared/api/workspace.ts';
import { buildPlan } from '#shared/plan/build-plan.ts';
import { countingColumns, findOptOutColumns } from '#shared/plan/opt-out-column.ts';
import { countSince, takeSince } from '#shared/plan/since-rows.ts';
import type { Result } from '#shared/result.ts';
import { hiddenLines } from '#shared/table/hidden-lines.ts';
import { type FileTable, readFile as readTable } from '#shared/table/read-file.ts';
import type { ReadOptions } from '#shared/table/table.ts';
import { type AskWorkspace, keysOf } from '../platform/ask-workspace.ts';
import type { SheetTroubleOrGoogle } from '../sources/sheet-access.ts';
import type { Given } from '../sources/source.ts';
import type { Database } from '../storage/database.ts';
import { addImport, readUnfinished } from '../storage/outbox.ts';
import { prepareImport } from '../storage/prepare-import.ts';
import { noteVisit, putOffSheet, readSheetLink, readSheetLinks, undoableImports } from '../storage/sheet-links.ts';
import { type SheetLink, type SheetVisit, sheetLinkId, type VisitOutcome } from '../storage/sheet-records.ts';
import { findSince, type Since } from '../storage/sheet-since.ts';

export type RefreshEffects = {
  readonly database: Database;
  readonly now: () => number;
  /** A fresh UUID. */
  readonly newId: () => string;
  /** The workspace this browser is connected to; null when it does not answer or there is none. */
  readonly workspace: () => Promise<WorkspaceAnswer | null>;
  /** Whether one of these imports was undone. */
  readonly isUndone: (importIds: readonly string[]) => Promise<boolean>;
  /** Whether the workspace answers and has no such list. */
  readonly isListGone: (listId: string) => Promise<boolean>;
  /** Reads the sheet without asking the person anything. */
  readonly readSheet: (link: SheetLink, workspace: WorkspaceAnswer) => Promise<Result<SheetCells, SheetTroubleOrGoogle>>;
  readonly ask: (listId: string | null, keys: Parameters<AskWorkspace>[1]) => ReturnType<AskWorkspace>;
  /** Works under a planner's lock, so that the outbox leaves the import to us. */
  readonly withPlannerLock: <T>(importId: string, work: () => Promise<T>) => Promise<T>;
};
type SheetCells = Extract<Given, { kind: 'sheet' }>;
type Found = NonNullable<SheetVisit['found']>;
/** What came of a look: an import on its way, which notes itself when it is over, or an outcome to note. */
type Looked = { readonly kind: 'importing' } | { readonly kind: 'over'; readonly visit: Pick<SheetVisit, 'outcome' | 'found' | 'why'> };

const over = (outcome: VisitOutcome, more: Pick<SheetVisit, 'found' | 'why'> = {}): Looked => ({
  kind: 'over',
  visit: { outcome, ...more },
});

/**
 * Looks at every linked sheet that is due and seals an import of what is new in it, as it was imported the last time.
 * Gives how many it looked at, and when the next one is due (ms), or null. Whoever calls sends the outbox afterwards.
 */
export async function refreshDueSheets(effects: RefreshEffects): Promise<{ readonly looked: number; readonly next: number | null }> {
  const { database, now } = effects;
  let count = 0;
  for (const { id, nextAt } of await readSheetLinks(database)) {
    if (nextAt === 0 || nextAt > now()) continue;
    count++;
    // First of all: a look that dies half-way is not tried again at once, and for ever.
    await putOffSheet(database, id, now());
    const link = await readSheetLink(database, id);
    const looked = link && (await refreshSheet(effects, link));
    if (looked?.kind !== 'over') continue;
    await noteVisit(database, id, { at: now(), by: 'schedule', ...looked.visit });
  }
  const due = (await readSheetLinks(database)).map(({ nextAt }) => nextAt).filter((nextAt) => nextAt > 0);
  return { looked: count, next: due.length === 0 ? null : Math.min(...due) };
}

async function refreshSheet(effects: RefreshEffects, link: SheetLink): Promise<Looked> {
  const { database } = effects;
  const unfinished = await readUnfinished(database);
  if (unfinished.some(({ order }) => order.sheet && sheetLinkId(order.sheet.origin) === link.id)) return over('busy');
  const workspace = await effects.workspace();
  if (!workspace) return over('failed', { why: 'noServer' });
  if (link.workspace !== null && workspace.id !== link.workspace) return over('otherWorkspace');
  if (await effects.isUndone(undoableImports(link))) return over('undone');
  if (link.list.kind === 'existing' && (await effects.isListGone(link.list.id))) return over('listGone');
  const cells = await effects.readSheet(link, workspace);
  if (!cells.ok) return over(outcomeOf(cells.error), { why: cells.error.kind });
  const read = { ...link.read, maxBytes: workspace.limits.fileBytes };
  const table = await readTable(new Uint8Array(await cells.value.blob.arrayBuffer()), read);
  if (!table.ok) return over('stuck');
  const since = await findSince(database, link.id, table.value, read);
  if (!since) return over('failed');
  const { fresh, changed, removed, headersChanged } = since.facts;
  const found = { fresh, changed, removed: removed.count };
  if (headersChanged) return over('headersChanged', { found });
  // Where only admins overwrite, nobody else does by schedule.
  const mayOverwrite = workspace.role === 'admin' || workspace.membersMay.overwrite;
  const changedRule = link.changedRule === 'overwrite' && !mayOverwrite ? 'fill' : link.changedRule;
  const choice = { fresh: true, changed: changedRule } as const;
  if (countSince(since.rows, choice) === 0) return over('nothingNew', { found });
  const sealed = await sealImport(effects, { link, cells: cells.value, table: table.value, read, since, found, choice });
  return sealed ? { kind: 'importing' } : over('failed', { found, why: 'noServer' });
}

type Work = {
  readonly link: SheetLink;
  readonly cells: SheetCells;
  readonly table: FileTable;
  readonly read: ReadOptions;
  readonly since: Since;
  readonly found: Found;
  readonly choice: { readonly fresh: true; readonly changed: SheetLink['changedRule'] };
};

/** The import of what is new, written down as if a person had clicked. False when the workspace does not answer. */
async function sealImport(effects: RefreshEffects, { link, cells, table, read, since, found, choice }: Work): Promise<boolean> {
  const { database } = effects;
  const { mapping, policy, list, headers } = link;
  const taken = takeSince(table, since.rows, choice);
  const plan = buildPlan({ ...taken, mapping, policy, excludedLines: hiddenLines(taken.table, read) });
  const answer = await effects.ask(list.kind === 'existing' ? list.id : null, keysOf(plan));
  if (!answer) return false;
  const [draft, importId, at] = [effects.newId(), effects.newId(), effects.now()];
  const columns = countingColumns(findOptOutColumns(taken.table)).map(({ column, says, kinds }) => ({ column, says, kinds }));
  const { account = link.account, ...origin } = cells.sheet;
  const order = {
    source: 'google-sheets',
    fileName: cells.name,
    list,
    read,
    mapping,
    policy,
    ...(columns.length > 0 ? { optOut: { columns, since: new Date(at).toISOString() } } : {}),
    sheet: { origin, account, headers, by: 'schedule', since: choice, sinceBasis: importId, found },
    basis: importId,
  } as const;
  await effects.withPlannerLock(importId, async () => {
    await database.transaction('rw', database.files, database.since, database.known, database.imports, async () => {
      await database.files.put({ draft, blob: cells.blob });
      await database.since.put({ draft, basis: importId, rows: since.rows });
      await database.known.put({ draft, basis: importId, answer: JSON.stringify(answer) });
      await addImport(database, importId, draft, order, at);
    });
    await prepareImport(database, importId);
  });
  return true;
}

/** What a failure means to somebody who reads the history. */
function outcomeOf({ kind, retry }: SheetTroubleOrGoogle): VisitOutcome {
  if (kind === 'noAccess' || kind === 'wrongAccount') return 'noAccess';
  if (retry === 'reconnect') return 'needsSignIn';
  if (GONE.has(kind)) return 'noAccess';
  // An answer that is not Google's may come of a network that wants a login first.
  return retry === 'never' && kind !== 'unexpected' ? 'stuck' : 'failed';
}
const GONE: ReadonlySet<string> = new Set(['notFound', 'notASpreadsheet', 'tabNotFound', 'tabIsNoGrid']);
