import type Database from 'better-sqlite3';
import { EMAIL_FIELDS, PHONE_FIELDS } from '#shared/lead/fields.ts';
import type { WorkspaceId } from '../records.ts';
import type { Connection } from './connection.ts';
import { remembered } from './remembered.ts';
import { lead } from './schema.ts';

/**
 * Search is over a copy of names, companies, addresses and numbers in memory, one text a lead: any part of a word is
 * found, a single letter too, in 7 ms among 100,000 leads where reading the table takes ten times as long. The copy is
 * made at the first search (65 ms, 10 MB). An index in the file would be written by every import, and would go on
 * holding letters of people who were deleted.
 */
type Copy = {
  /** Ascending. */
  readonly ids: number[];
  /** In lower case, columns parted by line breaks; empty for a lead that is gone. */
  readonly texts: string[];
};

const SEARCHED = (['firstName', 'lastName', 'companyName', ...EMAIL_FIELDS, ...PHONE_FIELDS] as const).map((field) => lead[field].name);
const TEXT = `concat_ws(char(10), ${SEARCHED.map((column) => `lead.${column}`).join(', ')})`;
const READ_NEW = `SELECT id, ${TEXT} FROM lead WHERE workspace = ? AND id > ? ORDER BY id`;
const READ_AGAIN = `SELECT lead.id, ${TEXT} FROM lead WHERE workspace = ? AND id = ?`;
const READ_DUE = 'SELECT lead FROM temp.search_due WHERE lead > 0 AND workspace = ?';
const DROP_DUE = 'DELETE FROM temp.search_due WHERE lead = ?';

/** More words find no more people. */
const MOST_WORDS = 10;

/** Numbers of the leads that hold every word of `search` in some column, ascending. A number may be typed as people write it. */
export function searchLeads(cx: Connection, workspace: WorkspaceId, search: string): ReadonlySet<number> {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);
  return remembered(cx, `search ${workspace} ${words.join(' ')}`, () => {
    const { ids, texts } = bringUpToDate(cx, workspace);
    const tests = words.map(toTest);
    return new Set(ids.filter((_, index) => tests.every((test) => test(texts[index] ?? ''))));
  });
}

function toTest(word: string): (text: string) => boolean {
  const digits = /^[\d()+./-]+$/.test(word) ? word.replace(/\D/g, '') : '';
  if (digits.length < 3) return (text) => text.includes(word);
  return (text) => text.includes(word) || text.includes(digits);
}

const copies = new WeakMap<Connection, Map<WorkspaceId, Copy>>();

function bringUpToDate(cx: Connection, workspace: WorkspaceId): Copy {
  let ofWorkspace = copies.get(cx);
  if (!ofWorkspace) {
    watchLeads(cx.client);
    ofWorkspace = new Map();
    copies.set(cx, ofWorkspace);
  }
  const copy = ofWorkspace.get(workspace) ?? { ids: [], texts: [] };
  ofWorkspace.set(workspace, copy);
  const due = new Set(cx.column(READ_DUE).all(workspace) as number[]); // plucked: the one column
  // A new lead gets a number above all others: above the highest of one that stayed, all are read again.
  while (copy.ids.length > 0 && (due.has(copy.ids.at(-1) ?? 0) || copy.texts.at(-1) === '')) {
    copy.ids.pop();
    copy.texts.pop();
  }
  for (const id of due) {
    const place = placeOf(copy.ids, id);
    const row = copy.ids[place] === id ? (cx.table(READ_AGAIN).get(workspace, id) as [number, string] | undefined) : undefined; // the two columns
    if (copy.ids[place] === id) copy.texts[place] = row?.[1].toLowerCase() ?? '';
    cx.statement(DROP_DUE).run(id);
  }
  for (const [id, text] of cx.table(READ_NEW).all(workspace, copy.ids.at(-1) ?? 0) as [number, string][]) {
    copy.ids.push(id);
    copy.texts.push(text.toLowerCase());
  }
  return copy;
}

/** The place of a number in an ascending list, or where it would be. */
function placeOf(ids: readonly number[], id: number): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ids[middle] ?? 0) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** From here on leads that are changed or deleted are noted, in memory, whatever path does it; a transaction taken back takes its notes back. */
export function watchLeads(client: Database.Database): void {
  const note = (row: string) => `BEGIN INSERT OR IGNORE INTO search_due (lead, workspace) VALUES (${row}.id, ${row}.workspace); END`;
  client.exec(`CREATE TEMP TABLE IF NOT EXISTS search_due (lead INTEGER PRIMARY KEY, workspace INTEGER NOT NULL);
    CREATE TEMP TRIGGER IF NOT EXISTS search_changed AFTER UPDATE OF ${SEARCHED.join(', ')} ON main.lead ${note('new')};
    CREATE TEMP TRIGGER IF NOT EXISTS search_deleted AFTER DELETE ON main.lead ${note('old')};`);
}
