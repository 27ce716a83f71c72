import type { SyncErrorAnswer } from '#shared/api/connection-work.ts';
import type { ConnectionAnswer } from '#shared/api/connections.ts';
import type { ConflictRule, Direction, RecordType } from '#shared/crm/record.ts';
import type { CrmScope } from '#shared/crm/scope.ts';
import type { Schedule } from '#shared/crm/sync-settings.ts';
import { since } from '../../numbers.ts';

/** Words of connections. */

export type ProviderName = ConnectionAnswer['provider'];
export const PROVIDER_WORDS: Readonly<Record<ProviderName, string>> = { hubspot: 'HubSpot', salesforce: 'Salesforce' };

/** CRMs with campaigns that a list's people can become members of. */
export const CAMPAIGN_PROVIDERS: ReadonlySet<ProviderName> = new Set(['salesforce']);

/** What is imported from a CRM: in Salesforce both its leads and its contacts become leads. */
export const IMPORT_WORDS: Readonly<Record<ProviderName, readonly [one: string, many: string]>> = {
  hubspot: ['contact', 'contacts'],
  salesforce: ['lead', 'leads'],
};

/** What a CRM calls the people it keeps. */
export const RECORD_WORDS: Readonly<Record<RecordType, readonly [one: string, many: string]>> = {
  contact: ['contact', 'contacts'],
  lead: ['lead', 'leads'],
};

export const SCHEDULE_WORDS: Readonly<Record<Schedule, string>> = {
  off: 'by hand',
  often: 'every 10 minutes',
  hourly: 'every hour',
  daily: 'once a day',
};
export const DIRECTION_WORDS: Readonly<Record<Direction, string>> = {
  both: 'Both ways',
  in: 'Into Leadline',
  out: 'Out of Leadline',
  off: 'Not kept in step',
};
export const RULE_WORDS: Readonly<Record<ConflictRule | 'overwritten', string>> = {
  newest: 'newest wins',
  crm_unless_blank: 'the CRM wins unless blank',
  crm: 'the CRM wins',
  leadline: 'Leadline wins',
  manual: 'ask me',
  overwritten: 'written there at the moment we wrote',
};

/** The records of a scope: "everybody", "the list Webinar". */
export function scopeWords(scope: CrmScope): string {
  return scope.kind === 'all' ? 'everybody' : `the ${scope.kind} ${scope.name}`;
}

type OurWords = (crm: string, failure: SyncErrorAnswer['failure']) => string;
const noContact: OurWords = (crm) => `no name, email or phone. Fill one in ${crm}, and the next run takes it in.`;
const tooLarge: OurWords = (crm) => `too long for Leadline. Shorten it in ${crm}, and the next run takes it in.`;
const notTaken: OurWords = (crm) => `nothing Leadline takes in as it is. Correct it in ${crm}, and the next run takes it in.`;
const WRONG_VALUES = ['email_no_at', 'email_no_dot', 'phone_invalid', 'phone_digits_lost'] as const;
/** What we ourselves do not take from a CRM, by the server's codes. */
const OUR_CODES: ReadonlyMap<string, OurWords> = new Map<string, OurWords>([
  ['no_contact', noContact],
  ['unreachable', noContact],
  ['name_missing', noContact],
  ['nobody', noContact],
  ['cell_too_large', tooLarge],
  ['row_too_large', tooLarge],
  ['rejected', notTaken],
  // What an import may not take as it is.
  ...WRONG_VALUES.map((code) => [code, notTaken] as const),
  ['in_review', () => 'may be somebody who is here already. Decide on the receipt of the import, and the next run links what you decided.'],
  [
    'PERSON_ACCOUNT_FIELD',
    (crm, { field }) =>
      `a person account of ${crm} has no ${field ? `“${field}”` : 'such field'} that can be written. Let it only come in, under Field map.`,
  ],
  [
    'WRONG_TYPE',
    (crm, { field }) => `${field ? `“${field}”` : 'a field'} of ${crm} cannot hold this value. Correct it here, and the next run sends it.`,
  ],
  [
    'lookup_gone',
    (crm, { field, message }) =>
      field
        ? `“${field}” names “${message}”, but ${crm} has no such record, or whoever connected may not use it. Choose another here, and the next run sends it.`
        : `a field names another record that is not in ${crm}, or that whoever connected may not use. Correct it here, and the next run sends it.`,
  ],
  [
    'REQUIRED_FIELD_MISSING',
    (crm, { field }) =>
      `${crm} requires ${field ? `“${field}”, which` : 'a field that'} is blank here. Fill it, and the next run sends it.`,
  ],
  [
    'ENTITY_IS_LOCKED',
    (crm) =>
      `locked in ${crm}, for example while an approval is pending. Nothing is lost: the change is sent by itself once it is unlocked.`,
  ],
  [
    'INACTIVE_OWNER_OR_USER',
    (crm) =>
      `owned in ${crm} by a user who is no longer active. Give it another owner there, or ask an admin to. The change is then sent by itself.`,
  ],
  ['STORAGE_LIMIT_EXCEEDED', (crm) => `the storage of ${crm} is full. Make room there, then try again.`],
  [
    'CANNOT_EXECUTE_FLOW_TRIGGER',
    (crm, { message }) => `a flow of your ${crm} failed on it, which whoever looks after the flow can mend: ${told(message)}`,
  ],
  [
    'FIELD_FILTER_VALIDATION_EXCEPTION',
    (crm, { field, message }) => `a filter of ${crm} does not let in what stands in ${field ? `“${field}”` : 'a field'}: ${told(message)}`,
  ],
  [
    'PERSON_ACCOUNT_KEPT',
    (crm) =>
      `a person account of ${crm} goes only with its opportunities and cases, so it was left there. Delete it in ${crm}, or leave it.`,
  ],
  [
    'record_unseen',
    (crm) =>
      `hidden in ${crm} from whoever connected: no longer shared with them, or erased. Nothing is lost here, and nothing is sent. Share it there, and it goes on.`,
  ],
  [
    'survivor_unseen',
    (crm) => `became a contact in ${crm} that is not shared with whoever connected. Share it there, and the lead goes on as that contact.`,
  ],
  ['several_leads', () => 'more than one lead here fits them. Correct or delete what is too much, then try again.'],
  ['two_records', (crm) => `another record of ${crm} is the same lead already. Merge the two there, or leave it.`],
  ['two_leads', (crm) => `another lead here is the same record of ${crm} already. Delete or correct one of the two leads, then try again.`],
  ['merge_failed', () => 'not taken in, which is a fault of Leadline. The next run tries again by itself.'],
]);

/** Since when and by whom a side has its value, behind its name: "Leadline, 9:41, Ben Carter". */
export function setWords(name: string, at: string | null, by: string | null, now: number): string {
  return [name, ...(at === null ? [] : [since(Date.parse(at), now)]), ...(by ? [by] : [])].join(', ');
}

/** What is wrong with records of one cause, and what to do: a sentence after "11 leads:". */
export function errorWords({ failure, nextAt }: Pick<SyncErrorAnswer, 'failure' | 'nextAt'>, crm: string): string {
  const ours = OUR_CODES.get(failure.code);
  if (ours) return ours(crm, failure);
  const field = failure.field ? `“${failure.field}”` : 'a field';
  if (failure.code === 'value_unfit') {
    const others = failure.message === '' ? '' : ` (and in ${failure.message})`;
    return `what stands in ${field}${others} is nothing a lead can hold, so the rest came in without it. Correct it in ${crm}, and the next run takes it.`;
  }
  if (failure.code === 'value_unsaid') {
    const others = failure.message === '' ? '' : ` (and in ${failure.message})`;
    return `what stands in ${field}${others} is nothing that field of ${crm} can hold, so the rest went without it. Correct it here, and the next run sends it.`;
  }
  if (failure.code === 'value_too_long') {
    const others = failure.message === '' ? '' : ` (and in ${failure.message})`;
    return `what stands in ${field}${others} is too long for that field of ${crm}, so the rest went without it. Shorten it here, and the next run sends it.`;
  }
  switch (failure.kind) {
    case 'validation':
      return failure.field
        ? `${crm} does not take what stands in ${field}: ${told(failure.message)} Change it here or there, and it goes through.`
        : `${crm} does not take this: ${told(failure.message)}`;
    case 'duplicate':
      if (failure.isUnique) return uniqueWords(failure, crm);
      if (failure.isBlocked) return blockedWords(failure, crm);
      if (failure.isChange) return `${crm} stopped this change: it has somebody like that already. Save it anyway, or change the lead.`;
      return showsPerson(failure)
        ? `${crm} has somebody like them already. Say which record it is, or save it anyway.`
        : `${crm} has something like that already, but names no person. Correct one of the two, or save it anyway.`;
    case 'scope':
      return `A right is missing in ${crm}${failure.missingScopes?.length ? `: ${failure.missingScopes.join(', ')}` : ''}. Give it there, then connect again.`;
    case 'schema_drift':
      return `${crm} has no field ${field} any more. Map another one.`;
    case 'gone':
      return `no longer in ${crm}.`;
    case 'moved':
      return `merged or converted in ${crm}; the next run follows.`;
    case 'held':
      return `held back in ${crm}. ${again(nextAt)}`;
    case 'lock':
    case 'changed':
      return `somebody else was writing in ${crm} at that moment. ${again(nextAt)}`;
    case 'rate_burst':
    case 'rate_daily':
    case 'transient':
    case 'ambiguous':
      return `${crm} was busy or away. ${again(nextAt)}`;
    case 'auth':
      return `${crm} no longer let us in. Connect again.`;
    case 'bug':
      return `${crm} answered with ${failure.code}, which is unknown here: ${told(failure.message)}`;
  }
}

/** Each record has another value there, and nothing passes that by. */
function uniqueWords({ field, matches = [], isChange }: SyncErrorAnswer['failure'], crm: string): string {
  const [other] = matches;
  const held = `${other ? `record ${other.title || other.id}` : 'another record'} of ${crm} has the same value in ${field ? `“${field}”` : 'a field'} that only one may have`;
  return isChange || !other
    ? `${held}. Change it here or there, then try again.`
    : `${held}. Say that it is that record, or change the value here or there.`;
}

/** A rule for which the CRM's admin allows no exceptions. */
function blockedWords(failure: SyncErrorAnswer['failure'], crm: string): string {
  const rule = `a duplicate rule that an admin of ${crm} made`;
  if (failure.isChange)
    return `${rule} stopped this change and allows no exceptions: there is somebody like that already. Change the lead.`;
  if (showsPerson(failure)) return `${rule} allows no exceptions, and there is somebody like that already. Say which record it is.`;
  return `${rule} allows no exceptions, and ${crm} does not show whom it found. Find the other record, correct one of the two, then try again.`;
}

function showsPerson({ matches = [] }: SyncErrorAnswer['failure']): boolean {
  return matches.some(({ type }) => type !== 'account');
}

/** The CRM's own words, as a sentence in quotes. */
export function told(message: string): string {
  const text = message.trim();
  return text === '' ? 'it does not say why.' : `“${text}”${/[.!?]$/.test(text) ? '' : '.'}`;
}

function again(nextAt: string | null): string {
  return nextAt === null ? 'Waiting for you.' : 'The next run tries again by itself.';
}
