import { leadKeys } from '#shared/lead/duplicates.ts';
import type { Lead, LeadKey } from '#shared/lead/lead.ts';
import type { WorkspaceId } from '../records.ts';
import type { Connection } from './connection.ts';

/** How a kind of key is stored. */
export const KEY_KIND = { email: 1, phone: 2, linkedin: 3 } as const satisfies Record<LeadKey['kind'], number>;

/** A number half a company shares leads to this many people at most; more would say no more about one row. */
export const MOST_MATCHES = 100;
/** In the index's own order, which is the leads'. Asking for an order would cost more than the search. */
export const FIND_KEY = `SELECT lead FROM lead_key WHERE workspace = ? AND kind = ? AND value = ? LIMIT ${MOST_MATCHES}`;
const ADD_KEY = 'INSERT INTO lead_key (workspace, kind, value, lead) VALUES (?, ?, ?, ?)';
const DROP_KEYS = 'DELETE FROM lead_key WHERE workspace = ? AND lead = ?';

/** Stores what a new lead is recognised by. */
export function addKeys(cx: Connection, workspace: WorkspaceId, lead: number, keys: readonly LeadKey[]): void {
  const add = cx.statement(ADD_KEY);
  for (const key of keys) add.run(workspace, KEY_KIND[key.kind], key.value, lead);
}

/** Brings the keys of a changed lead up to date. */
export function replaceKeys(cx: Connection, workspace: WorkspaceId, lead: number, old: Lead, now: Lead): void {
  const oldKeys = leadKeys(old);
  const keys = leadKeys(now);
  const isSame = oldKeys.length === keys.length && keys.every((key, index) => key.value === oldKeys[index]?.value);
  if (isSame) return;
  cx.statement(DROP_KEYS).run(workspace, lead);
  addKeys(cx, workspace, lead, keys);
}
