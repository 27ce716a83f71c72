import type { AnswerOf } from '#shared/api/contract.ts';
import { importHref } from '../../../flow/workspace/imports-place.ts';
import { countOf } from '../../numbers.ts';

export type AuditEntry = AnswerOf<'listAudit'>['entries'][number];

/** What was done. */
export const ACTION_WORDS = {
  'leads.exported': 'Leads exported',
  'rejected.exported': 'Rejected rows downloaded',
  'leads.deleted': 'Leads deleted',
  'list.deleted': 'List deleted',
  'import.undone': 'Import undone',
  'suppressions.added': 'Opt-outs added',
  'suppressions.removed': 'Opt-outs removed',
  'key.created': 'Key made',
  'key.revoked': 'Key revoked',
  'browser.paired': 'Browser paired',
  'invite.created': 'Invitation made',
  'invite.revoked': 'Invitation revoked',
  'invite.accepted': 'Invitation accepted',
  'member.changed': 'Member changed',
  'member.removed': 'Member removed',
  'workspace.changed': 'Settings changed',
  'connection.added': 'CRM connected',
  'connection.renewed': 'CRM connected again',
  'connection.changed': 'CRM connection changed',
  'connection.removed': 'CRM disconnected',
} as const satisfies Record<AuditEntry['action'], string>;

/** The numbers and codes of an entry in words; empty where there are none. */
export function detailWords({ data }: Pick<AuditEntry, 'data'>): string {
  const parts = DETAILS.flatMap(([name, say]) => {
    const value = data[name];
    const words = value === undefined ? '' : say(value);
    return words === '' ? [] : [words];
  });
  return parts.join(', ');
}

type Value = AuditEntry['data'][string];

const rows = (one: string, many?: string) => (value: Value) => (typeof value === 'number' && value > 0 ? countOf(value, one, many) : '');
const said = (before: string) => (value: Value) => `${before}${Array.isArray(value) ? value.join(', ') : String(value)}`;

const CRMS: ReadonlyMap<string, string> = new Map([
  ['hubspot', 'HubSpot'],
  ['salesforce', 'Salesforce'],
]);

/** In the order they are told. */
const DETAILS: readonly (readonly [string, (value: Value) => string])[] = [
  ['count', rows('entry', 'entries')],
  ['rows', rows('row')],
  ['marked', (value) => (value ? `${countOf(Number(value), 'lead')} marked` : '')],
  ['removed', (value) => `${countOf(Number(value), 'lead')} removed`],
  ['restored', (value) => (value ? `${countOf(Number(value), 'lead')} as before` : '')],
  ['kept', (value) => (value ? `${countOf(Number(value), 'lead')} kept` : '')],
  ['withDoNotContact', (value) => (value === true ? 'with those who opted out' : '')],
  ['from', said('from ')],
  ['to', said('to ')],
  ['role', said('as ')],
  ['provider', (value) => CRMS.get(String(value)) ?? ''],
  ['auth', (value) => (value === 'service_key' ? 'with a service key' : '')],
  ['paused', (value) => (value === true ? 'paused' : 'goes on')],
  ['keys', (value) => (value ? `${countOf(Number(value), 'key')} ended` : '')],
  ['fields', (value) => (Array.isArray(value) && value.length > 0 ? said('')(value) : '')],
];

/** Where one sees what it was done to; null where that is gone or nowhere. */
export function subjectHref({ action, subject }: Pick<AuditEntry, 'action' | 'subject'>): string | null {
  const isImport = action === 'import.undone' || action === 'rejected.exported';
  return isImport && subject !== null ? importHref(subject) : null;
}
