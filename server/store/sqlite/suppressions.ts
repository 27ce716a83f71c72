import type { SuppressionKind, SuppressionRecord, WorkspaceId } from '../records.ts';
import type { Act, SettingStore } from '../store.ts';
import { writeAudit } from './audit.ts';
import { markDoNotContact } from './change-lead.ts';
import { type Connection, inTransaction } from './connection.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { findHeld } from './find-held.ts';
import { shownSuppressed } from './find-suppressed.ts';

type Entry = { readonly kind: SuppressionKind; readonly value: string; readonly reason?: string };
const READ = `SELECT public_id AS id, kind, value, reason, source, since FROM suppression
  WHERE workspace = ? AND public_id < ? ORDER BY public_id DESC LIMIT ?`;
const COUNT = "SELECT count(*) FROM suppression WHERE workspace = ? AND public_id > ''";
/** Behind every public id. */
const END = '~';
const NO_LIMIT = -1;
const ADD = `INSERT INTO suppression (workspace, public_id, kind, value, reason, source, actor, since) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (workspace, kind, value) DO NOTHING`;
const DROP = 'DELETE FROM suppression WHERE workspace = ? AND public_id = ?';

/** A page of entries, newest first. A search looks at every entry as it is shown: 100,000 of them take a tenth of a second. */
export function readSuppressions(
  cx: Connection,
  workspace: WorkspaceId,
  { search = '', cursor, limit }: Parameters<SettingStore['readSuppressions']>[1],
): Awaited<ReturnType<SettingStore['readSuppressions']>> {
  const [after] = cursor === undefined ? [END] : (readCursor(cursor) ?? []);
  if (typeof after !== 'string') return 'bad_cursor';
  const wanted = search.trim().toLowerCase();
  const read = (from: string, most: number) =>
    (cx.statement(READ).all(workspace, from, most) as SuppressionRecord[]).map((entry) => ({
      ...entry,
      value: shownSuppressed(entry.value),
    })); // its columns
  const all = wanted === '' ? null : read(END, NO_LIMIT).filter((entry) => isFound(entry, wanted));
  const rows = all ? all.filter(({ id }) => id < after) : read(after, limit + 1);
  const suppressions = rows.slice(0, limit);
  const last = suppressions.at(-1);
  return {
    suppressions,
    totalCount: all?.length ?? Number(cx.column(COUNT).get(workspace)),
    nextCursor: rows.length > limit && last ? writeCursor([last.id, 0]) : null,
  };
}

function isFound({ value, reason }: SuppressionRecord, wanted: string): boolean {
  return value.toLowerCase().includes(wanted) || (reason ?? '').toLowerCase().includes(wanted);
}

/** Adds entries and marks every stored lead that one of them holds, by any of its addresses and numbers. */
export function addSuppressions(cx: Connection, act: Act, entries: readonly Entry[], source: string): Held {
  return inTransaction(cx, () => holdEntries(cx, act, entries, source));
}

/** The same inside the caller's transaction. An entry may have been in force since earlier. */
export function holdEntries(cx: Connection, act: Act, entries: readonly (Entry & { readonly since?: number })[], source: string): Held {
  const { workspace, member, at } = act;
  const added: SuppressionRecord[] = [];
  for (const { kind, value, reason = null, since = at } of entries) {
    const id = cx.newId(at);
    const { changes } = cx.statement(ADD).run(workspace, id, kind, value, reason, source, member, since);
    if (changes > 0) added.push({ id, kind, value, reason, source, since });
  }
  if (added.length === 0) return { added, marked: 0 };
  const marked = findHeld(cx, workspace, added).filter((lead) => markDoNotContact(cx, act, lead, source)).length;
  writeAudit(cx, act, 'suppressions.added', null, { count: added.length, marked });
  return { added: added.map((entry) => ({ ...entry, value: shownSuppressed(entry.value) })), marked };
}
type Held = Awaited<ReturnType<SettingStore['addSuppressions']>>;

/** Takes entries off the list; what they marked stays marked. */
export function removeSuppressions(cx: Connection, act: Act, ids: readonly string[]): number {
  return inTransaction(cx, () => {
    const count = ids.reduce((sum, id) => sum + cx.statement(DROP).run(act.workspace, id).changes, 0);
    if (count > 0) writeAudit(cx, act, 'suppressions.removed', null, { count });
    return count;
  });
}
