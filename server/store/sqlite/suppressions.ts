import { EMAIL_FIELDS, PHONE_FIELDS } from '#shared/lead/fields.ts';
import type { SuppressionKind, SuppressionRecord, WorkspaceId } from '../records.ts';
import type { Act, SettingStore } from '../store.ts';
import { markDoNotContact } from './change-lead.ts';
import { type Connection, inTransaction } from './connection.ts';
import { domainsOf } from './find-suppressed.ts';
import { lead } from './schema.ts';

type Entry = { readonly kind: SuppressionKind; readonly value: string; readonly reason?: string };
const READ_ALL = `SELECT public_id AS id, kind, value, reason, source, since FROM suppression
  WHERE workspace = ? AND public_id > '' ORDER BY public_id DESC`;
const ADD = `INSERT INTO suppression (workspace, public_id, kind, value, reason, source, actor, since) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (workspace, kind, value) DO NOTHING`;
const DROP = 'DELETE FROM suppression WHERE workspace = ? AND public_id = ?';
const CONTACTS = [...EMAIL_FIELDS, ...PHONE_FIELDS];
const READ_CONTACTS = `SELECT id, ${CONTACTS.map((field) => lead[field].name).join(', ')} FROM lead
  WHERE workspace = ? AND id > 0 AND do_not_contact = 0`;

/** Every entry, newest first. */
export function listSuppressions(cx: Connection, workspace: WorkspaceId): readonly SuppressionRecord[] {
  return cx.statement(READ_ALL).all(workspace) as SuppressionRecord[]; // the columns of READ_ALL
}

/** Adds entries and marks every stored lead that one of them holds, by any of its addresses and numbers. */
export function addSuppressions(
  cx: Connection,
  act: Act,
  entries: readonly Entry[],
  source: string,
): Awaited<ReturnType<SettingStore['addSuppressions']>> {
  return inTransaction(cx, () => {
    const { workspace, member, at } = act;
    const added: SuppressionRecord[] = [];
    for (const { kind, value, reason = null } of entries) {
      const id = cx.newId(at);
      const { changes } = cx.statement(ADD).run(workspace, id, kind, value, reason, source, member, at);
      if (changes > 0) added.push({ id, kind, value, reason, source, since: at });
    }
    const held = added.length === 0 ? [] : findHeld(cx, workspace, added);
    for (const lead of held) markDoNotContact(cx, act, lead);
    return { added, marked: held.length };
  });
}

/** Unmarked leads that an entry holds: one pass over all of them, as domains and alternates are no keys. */
function findHeld(cx: Connection, workspace: WorkspaceId, entries: readonly Pick<Entry, 'kind' | 'value'>[]): number[] {
  const valuesOf = (kind: SuppressionKind) => new Set(entries.filter((entry) => entry.kind === kind).map((entry) => entry.value));
  const emails = valuesOf('email');
  const domains = valuesOf('domain');
  const phones = valuesOf('phone');
  const isHeld = (value: string | null, index: number) => {
    if (value === null) return false;
    if (index >= EMAIL_FIELDS.length) return phones.has(value);
    return emails.has(value) || (domains.size > 0 && domainsOf(value).some((domain) => domains.has(domain)));
  };
  const held: number[] = [];
  const rows = cx.client.prepare(READ_CONTACTS).raw().iterate(workspace) as Iterable<[number, ...(string | null)[]]>; // raw: the columns in order
  for (const [id, ...contacts] of rows) if (contacts.some(isHeld)) held.push(id);
  return held;
}

/** Takes entries off the list; what they marked stays marked. */
export function removeSuppressions(cx: Connection, act: Act, ids: readonly string[]): number {
  return inTransaction(cx, () => ids.reduce((count, id) => count + cx.statement(DROP).run(act.workspace, id).changes, 0));
}
