import { EMAIL_FIELDS, PHONE_FIELDS } from '../lead/fields.ts';
import type { Lead } from '../lead/lead.ts';
import { trimText } from '../lead/text.ts';
import { normaliseHeader } from '../mapping/normalise-header.ts';
import type { RawTable } from '../table/table.ts';

/** A column that says who wants no contact. `since`: the ISO date that the outcome of its rows names. */
export type OptOutColumn = { readonly column: number; readonly since: string };
/** An address or number for the suppression list. */
export type OptOutEntry = { readonly kind: 'email' | 'phone'; readonly value: string };

/** Headers, normalised, under which a yes means: no contact. */
const HEADERS: ReadonlySet<string> = new Set([
  ...['opt out', 'optout', 'opted out', 'opt outs', 'has opted out', 'email opt out', 'email optout', 'has opted out of email'],
  ...['opted out of email', 'call opt out', 'phone opt out', 'sms opt out', 'marketing opt out', 'global opt out', 'unsubscribed'],
  ...['unsubscribe', 'email unsubscribed', 'has unsubscribed', 'unsubscribed from all email', 'unsubscribed from all emails'],
  ...['do not contact', 'do not call', 'do not email', 'do not mail', 'dont contact', 'dont call', 'dont email', 'dnc', 'suppressed'],
  ...['nicht kontaktieren', 'nicht anrufen', 'abgemeldet', 'werbesperre', 'ne pas contacter', 'desinscrit', 'no contactar', 'no llamar'],
]);
const YES = /^(?:yes|y|true|t|1|on|x|ja|j|oui|si|sì|sí|sim|tak|да|是|はい|✓|✔|opted[ -]?out|unsubscribed|do not (?:contact|call|email))$/i;

/** The first column that says who wants no contact; null where none does. */
export function findOptOutColumn({ headers }: Pick<RawTable, 'headers'>): number | null {
  const at = headers.findIndex((header) => HEADERS.has(normaliseHeader(header)));
  return at < 0 ? null : at;
}

/** Says whether a cell of such a column is a yes. */
export function saysYes(cell: string | undefined): boolean {
  return cell !== undefined && cell !== '' && YES.test(trimText(cell));
}

/** A row is opted out when its cell said yes as it was read, or says so now: mending a cell takes no opt-out back. */
export function isOptedOut({ column }: OptOutColumn, read: readonly string[], now: readonly string[]): boolean {
  return saysYes(read[column]) || (now !== read && saysYes(now[column]));
}

/** How many rows the column opts out as the file was read. */
export function countOptOuts({ rows }: Pick<RawTable, 'rows'>, column: number): number {
  return rows.reduce((sum, cells) => sum + (saysYes(cells[column]) ? 1 : 0), 0);
}

/** Addresses and numbers of a person, alternates included. */
export function entriesOf(lead: Lead): readonly OptOutEntry[] {
  const entries: OptOutEntry[] = [];
  for (const field of EMAIL_FIELDS) if (lead[field] !== undefined) entries.push({ kind: 'email', value: lead[field] });
  for (const field of PHONE_FIELDS) if (lead[field] !== undefined) entries.push({ kind: 'phone', value: lead[field] });
  return entries;
}
