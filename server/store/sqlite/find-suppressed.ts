import { domainToUnicode } from 'node:url';
import { EMAIL_FIELDS, PHONE_FIELDS } from '#shared/lead/fields.ts';
import type { Lead } from '#shared/lead/lead.ts';
import { emailForms, phoneForm } from '#shared/lead/suppression-forms.ts';
import type { SuppressedBy } from '#shared/plan/decide-row.ts';
import type { SuppressionKind, WorkspaceId } from '../records.ts';
import type { Connection } from './connection.ts';

const FIND = 'SELECT value, kind, since, source FROM suppression WHERE workspace = ? AND kind = ? AND value = ?';
const HAS_ANY = "SELECT 1 FROM suppression WHERE workspace = ? AND kind > '' LIMIT 1";

/** An entry as it is stored. */
type Entry = { readonly value: string; readonly kind: SuppressionKind; readonly since: number; readonly source: string };
export type SuppressionSearch = {
  /** The first entry that holds any email, phone or alternate of the lead. */
  readonly ofLead: (lead: Lead) => SuppressedBy | undefined;
  readonly ofEmail: (email: string) => SuppressedBy | undefined;
  readonly ofPhone: (phone: string) => SuppressedBy | undefined;
  /** Where the entry that holds the lead came from; undefined: none holds it. */
  readonly sourceOf: (lead: Lead) => string | undefined;
};
const NONE: SuppressionSearch = {
  ofLead: () => undefined,
  ofEmail: () => undefined,
  ofPhone: () => undefined,
  sourceOf: () => undefined,
};

/** Looks the suppression list up for one transaction; where the list is empty it costs nothing. */
export function suppressionSearch(cx: Connection, workspace: WorkspaceId): SuppressionSearch {
  if (!cx.statement(HAS_ANY).get(workspace)) return NONE;
  const find = cx.statement(FIND);
  const entry = (kind: SuppressionKind, value: string) => find.get(workspace, kind, value) as Entry | undefined; // the columns of FIND
  const ofAddress = (email: string): Entry | undefined => {
    const exact = entry('email', email);
    if (exact) return exact;
    for (const domain of domainsOf(email)) {
      const held = entry('domain', domain);
      if (held) return held;
    }
  };
  const ofEmail = (email: string): Entry | undefined => {
    for (const form of emailForms(email)) {
      const held = ofAddress(form);
      if (held) return held;
    }
  };
  const ofPhone = (phone: string) => entry('phone', phoneForm(phone));
  const ofLead = (lead: Lead): Entry | undefined => {
    for (const field of EMAIL_FIELDS) {
      const email = lead[field];
      const held = email === undefined ? undefined : ofEmail(email);
      if (held) return held;
    }
    for (const field of PHONE_FIELDS) {
      const phone = lead[field];
      const held = phone === undefined ? undefined : ofPhone(phone);
      if (held) return held;
    }
  };
  return {
    ofLead: (lead) => toShown(ofLead(lead)),
    ofEmail: (email) => toShown(ofEmail(email)),
    ofPhone: (phone) => toShown(ofPhone(phone)),
    sourceOf: (lead) => ofLead(lead)?.source,
  };
}

function toShown(entry: Entry | undefined): SuppressedBy | undefined {
  return entry && { entry: shownSuppressed(entry.value), kind: entry.kind, since: new Date(entry.since).toISOString() };
}

/** An entry as people write it: `xn--mnchen-3ya.example` is münchen.example. */
export function shownSuppressed(value: string): string {
  if (!value.includes('xn--')) return value;
  const at = value.lastIndexOf('@') + 1;
  return value.slice(0, at) + (domainToUnicode(value.slice(at)) || value.slice(at));
}

/** The domain of an address and the domains it lies in: mail.example.org, example.org, org. */
export function domainsOf(email: string): string[] {
  const labels = email
    .slice(email.lastIndexOf('@') + 1)
    .toLowerCase()
    .split('.');
  return labels.map((_, index) => labels.slice(index).join('.'));
}
