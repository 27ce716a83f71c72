import { callingCodeAt } from '#shared/lead/phone.ts';
import { emailForms } from '#shared/lead/suppression-forms.ts';
import type { SuppressionKind, WorkspaceId } from '../records.ts';
import type { Connection } from './connection.ts';
import { domainsOf } from './find-suppressed.ts';
import { KEY_KIND } from './lead-keys.ts';

type Entry = { readonly kind: SuppressionKind; readonly value: string };

/** A list of values goes in as one JSON text. */
const BY_KEY = `SELECT lead_key.lead FROM json_each(?) AS wanted
  CROSS JOIN lead_key ON lead_key.workspace = ? AND lead_key.kind = ? AND lead_key.value = wanted.value`;
const BY_ALTERNATE = ['alt_phone_1', 'alt_phone_2', 'alt_phone_3'].map(
  (column) => `SELECT lead.id FROM json_each(?) AS wanted CROSS JOIN lead ON lead.workspace = ? AND lead.${column} = wanted.value`,
);
/** The text of the index `lead_key_domain`. */
const DOMAIN = "substr(value, instr(value, '@') + 1)";
const ALL_DOMAINS = `SELECT DISTINCT ${DOMAIN} FROM lead_key WHERE workspace = ? AND kind = 1 AND ${DOMAIN} > ''`;
const BY_DOMAIN = `SELECT lead FROM lead_key WHERE workspace = ? AND kind = 1 AND ${DOMAIN} = ?`;
/** Addresses that may be a suppressed one in another spelling: all that `emailForms` does not take as they are, and few more. */
const ODD = ["[.'']*", '*..*', '*.@*', '*@*@*', "*[^-a-z0-9!#$%&''*+/=?^_`{|}~.@]*", '*@*[^-a-z0-9.]*', '*[^a-z]'];
const BY_SPELLING = `SELECT lead, value FROM lead_key WHERE workspace = ? AND kind = 1 AND value > ''
  AND (${ODD.map((glob) => `value GLOB '${glob}'`).join(' OR ')})`;

/**
 * Numbers of the leads that an entry holds by any address or number, alternates included. No lead is read: addresses and
 * numbers are looked up, and so are the domains in use that are one of the entries or lie in one, and the few addresses
 * spelled so that they may be one.
 */
export function findHeld(cx: Connection, workspace: WorkspaceId, entries: readonly Entry[]): readonly number[] {
  const held = new Set<number>();
  const valuesOf = (kind: SuppressionKind) => entries.filter((entry) => entry.kind === kind).map((entry) => entry.value);
  const emails = valuesOf('email');
  const phones = valuesOf('phone').flatMap(withZero);
  const add = (sql: string, ...values: readonly (string | number)[]) => {
    for (const lead of cx.column(sql).all(...values) as number[]) held.add(lead); // plucked: the one column
  };
  if (emails.length > 0) add(BY_KEY, JSON.stringify(emails), workspace, KEY_KIND.email);
  if (phones.length > 0) {
    add(BY_KEY, JSON.stringify(phones), workspace, KEY_KIND.phone);
    for (const sql of BY_ALTERNATE) add(sql, JSON.stringify(phones), workspace);
  }
  const domains = new Set(valuesOf('domain'));
  for (const domain of heldDomains(cx, workspace, domains)) add(BY_DOMAIN, workspace, domain);
  if (emails.length > 0 || domains.size > 0) for (const lead of heldBySpelling(cx, workspace, new Set(emails), domains)) held.add(lead);
  return [...held];
}

/** A number, and as "+1(0)202…" is stored. */
function withZero(phone: string): readonly string[] {
  const rest = 1 + callingCodeAt(phone).length;
  return [phone, `${phone.slice(0, rest)}0${phone.slice(rest)}`];
}

function heldBySpelling(
  cx: Connection,
  workspace: WorkspaceId,
  emails: ReadonlySet<string>,
  domains: ReadonlySet<string>,
): readonly number[] {
  const odd = cx.table(BY_SPELLING).all(workspace) as [number, string][]; // the columns of BY_SPELLING
  const isHeld = (form: string) => emails.has(form) || domainsOf(form).some((domain) => domains.has(domain));
  return odd.filter(([, email]) => emailForms(email).some(isHeld)).map(([lead]) => lead);
}

/** The domains in use that are one of `wanted` or lie in one. */
function heldDomains(cx: Connection, workspace: WorkspaceId, wanted: ReadonlySet<string>): readonly string[] {
  if (wanted.size === 0) return [];
  const inUse = cx.column(ALL_DOMAINS).all(workspace) as string[]; // plucked: the one column
  return inUse.filter((domain) => domainsOf(domain).some((part) => wanted.has(part)));
}
