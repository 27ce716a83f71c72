import type { ChunkAnswer, Receipt } from '#shared/api/imports.ts';
import { endPrints } from '#shared/plan/merge-prints.ts';
import type { Bucket } from '#shared/plan/plan.ts';
import { PRINT_STATES, type PrintState } from '#shared/plan/sheet-prints.ts';
import type { Database } from './database.ts';
import type { ImportRecord } from './records.ts';
import { type SheetLink, type SheetOrder, type SheetSchedule, type SheetVisit, sheetLinkId } from './sheet-records.ts';

/** As many visits as a person looks through. */
const MAX_VISITS = 50;
const HOUR_MS = 60 * 60 * 1_000;
const EVERY_MS = { off: 0, hourly: HOUR_MS, daily: 24 * HOUR_MS } as const satisfies Record<SheetSchedule, number>;

/** What a bucket says about the row's place in Leadline; a row that was never sent says nothing. */
const STATE_OF = {
  cancelled: 'open',
  blank: 'open',
  excluded: 'left',
  rejected: 'left',
  suppressed: 'left',
  review: 'left',
  created: 'stored',
  addedToList: 'stored',
  updated: 'stored',
  duplicate: 'stored',
} as const satisfies Record<Bucket, PrintState>;

/** Every linked sheet, the one that was imported last first. */
export async function readSheetLinks(database: Database): Promise<readonly SheetLink[]> {
  const links = await database.sheets.toArray();
  return links.sort((a, b) => b.last.at - a.last.at);
}

/** A linked sheet, or null. */
export async function readSheetLink(database: Database, id: string): Promise<SheetLink | null> {
  return (await database.sheets.get(id)) ?? null;
}

/** Forgets a sheet: the next time it is imported it is new. Its leads stay. */
export async function forgetSheet(database: Database, id: string): Promise<void> {
  await database.transaction('rw', database.sheets, database.prints, async () => {
    await Promise.all([database.sheets.delete(id), database.prints.delete(id)]);
  });
}

/** Imports that a sheet's prints rest on, as far as they can still be undone: the newest few. */
export function undoableImports({ history }: SheetLink): readonly string[] {
  return history.flatMap(({ importId }) => importId ?? []).slice(0, MAX_ASKED);
}
const MAX_ASKED = 10;

/** How often a sheet is looked at while the browser runs; `now` is in ms. */
export async function scheduleSheet(database: Database, id: string, schedule: SheetSchedule, now: number): Promise<void> {
  await changeLink(database, id, (link) => ({ ...link, schedule, nextAt: schedule === 'off' ? 0 : now + EVERY_MS[schedule] }));
}

/** Notes that a sheet was looked at; the next look is due after its interval. */
export async function noteVisit(database: Database, id: string, visit: SheetVisit): Promise<void> {
  await changeLink(database, id, (link) => withVisit(link, visit));
}

/** A look begins: the next one is due after the sheet's interval, whatever comes of this one. */
export async function putOffSheet(database: Database, id: string, now: number): Promise<void> {
  await changeLink(database, id, (link) => ({ ...link, nextAt: link.schedule === 'off' ? 0 : now + EVERY_MS[link.schedule] }));
}

async function changeLink(database: Database, id: string, change: (link: SheetLink) => SheetLink): Promise<void> {
  await database.transaction('rw', database.sheets, async () => {
    const link = await database.sheets.get(id);
    if (link) await database.sheets.put(change(link));
  });
}

function withVisit(link: SheetLink, visit: SheetVisit): SheetLink {
  const nextAt = link.schedule === 'off' ? 0 : visit.at + EVERY_MS[link.schedule];
  return { ...link, nextAt, history: [visit, ...link.history].slice(0, MAX_VISITS) };
}

/** Keeps what became of the rows of a chunk until the import is over. */
export async function keepOutcomes(database: Database, importId: string, { seq, outcomes }: ChunkAnswer): Promise<void> {
  await database.outcomes.put({
    import: importId,
    seq,
    lines: Uint32Array.from(outcomes, ({ line }) => line),
    states: Uint8Array.from(outcomes, ({ bucket }) => PRINT_STATES.indexOf(STATE_OF[bucket])),
  });
}

/** Chunks of which it is known what became of their rows. */
export async function knownOutcomes(database: Database, importId: string): Promise<ReadonlySet<number>> {
  const keys = await outcomesOf(database, importId).primaryKeys();
  return new Set(keys.map(([, seq]) => seq));
}

/** When an import of a sheet was over (ms), and the workspace it went to, where that could be asked. */
export type SheetEnd = { readonly at: number; readonly workspace: string | null };

/** The tables that `settleSheet` and `dropSheet` work on, for the transaction around them. */
export function sheetTables({ sheets, prints, outcomes }: Database) {
  return [sheets, prints, outcomes];
}

/**
 * Links the sheet of an import that has a receipt: how it was imported, and which of its rows are stored. Inside the
 * transaction that ends the import.
 */
export async function settleSheet(
  database: Database,
  record: Pick<ImportRecord, 'id' | 'order'>,
  receipt: Receipt,
  { at: now, workspace }: SheetEnd,
): Promise<void> {
  const { id: importId, order: how } = record;
  const order = how.sheet;
  if (!order) return;
  const pending = await database.prints.get(importId);
  if (!pending) return; // linked already
  const id = sheetLinkId(order.origin);
  const before = await database.sheets.get(id);
  const states = await statesOf(database, importId);
  const { lastRow: _, maxBytes: __, ...read } = how.read; // the next time it may be longer
  const link: SheetLink = {
    id,
    origin: order.origin,
    account: order.account,
    workspace,
    headers: order.headers,
    mapping: how.mapping,
    list: receipt.list.id === null ? how.list : { kind: 'existing', id: receipt.list.id, name: receipt.list.name },
    policy: how.policy,
    read,
    changedRule: order.since && order.since.changed !== 'skip' ? order.since.changed : (before?.changedRule ?? 'overwrite'),
    last: { importId, at: now },
    schedule: before?.schedule ?? 'off',
    nextAt: before?.nextAt ?? 0,
    history: before?.history ?? [],
  };
  await database.sheets.put(withVisit(link, visitOf(importId, order, receipt, now)));
  await database.prints.put({ owner: id, prints: endPrints(pending.prints, states) });
  await dropSheet(database, importId);
}

/** Drops what is kept of a sheet for an import that comes to nothing, or is over. */
export async function dropSheet(database: Database, importId: string): Promise<void> {
  await Promise.all([database.prints.delete(importId), outcomesOf(database, importId).delete()]);
}

function visitOf(importId: string, { by, found }: SheetOrder, receipt: Receipt, at: number): SheetVisit {
  const { created, addedToList, updated, rejected } = receipt;
  return {
    at,
    by,
    outcome: receipt.state === 'cancelled' ? 'cancelled' : 'imported',
    importId,
    ...(found ? { found } : {}),
    wrote: { saved: created + addedToList, updated, rejected },
  };
}

async function statesOf(database: Database, importId: string): Promise<ReadonlyMap<number, PrintState>> {
  const found = new Map<number, PrintState>();
  for (const { lines, states } of await outcomesOf(database, importId).toArray())
    for (const [at, line] of lines.entries()) found.set(line, PRINT_STATES[states[at] ?? 0] ?? 'open');
  return found;
}

function outcomesOf(database: Database, importId: string) {
  return database.outcomes.where('[import+seq]').between([importId, 0], [importId, Number.MAX_SAFE_INTEGER], true, true);
}
