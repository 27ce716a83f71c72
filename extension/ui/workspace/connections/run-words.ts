import type { RunStarted } from '#shared/api/connection-work.ts';
import { HIDDEN_EMAIL, HIDDEN_FIELD, HIDDEN_KIND } from '#shared/crm/notice.ts';
import { count, countOf } from '../../numbers.ts';
import { told } from './connection-words.ts';

/** What became of a run, in words. */

/** What a run that somebody asked for did: a sentence, or two. */
export function ranWords({ outcome, here, there, conflicts, errors, failure }: RunStarted, name: string): string {
  if (failure && outcome !== 'partly') return `The run stopped: ${runFailureWords(failure, name)} What was written stays.`;
  const [changedHere, changedThere] = changesOf({ here, there });
  const isStill = changedHere + changedThere === 0 && errors === 0;
  if (isStill) return failure ? `${runFailureWords(failure, name)} Nothing was changed.` : 'Both sides were in step already.';
  const parts = [
    `${count(changedHere)} here`,
    `${count(changedThere)} in ${name}`,
    ...(conflicts > 0 ? [countOf(conflicts, 'conflict')] : []),
    ...(errors > 0 ? [countOf(errors, 'error')] : []),
  ];
  const done = parts.join(', ');
  // What was left undone is said first: whoever reads on knows how far it went.
  return failure ? `${runFailureWords(failure, name)} What was done: ${done}.` : `In step: ${done}.`;
}

/** How many leads and records a run changed, or would change: here and there, whoever goes included. */
export function changesOf({ here, there }: Pick<RunStarted, 'here' | 'there'>): readonly [here: number, there: number] {
  return [here.created + here.updated + here.removed, there.created + there.updated + there.archived + there.optOuts];
}

/** Why a run stopped or left something undone: a sentence. */
export function runFailureWords({ kind, code, message }: Readonly<Record<'kind' | 'code' | 'message', string>>, crm: string): string {
  const number = Number(message);
  if (code === 'interrupted') return 'Leadline’s server stopped. The next run goes on where this one stopped.';
  if (code === 'too_many_creates') return `${countOf(number, 'new record')} in ${crm} wait for a person: “Sync now” asks for their number.`;
  if (code === 'too_many_removals') return `${countOf(number, 'deletion')} at once look like a mistake. “Sync now” asks for their number.`;
  if (code === 'too_many_cleared')
    return `${countOf(number, 'field')} emptied in ${crm} at once look like a mistake. “Sync now” asks for their number.`;
  if (code === 'scope_gone') return `${crm} has no “${message}” any more. Choose under Scope what comes in.`;
  if (code === 'settings_changed') return 'The scope or the field map was changed while it ran. The next run goes by the new one.';
  if (code === 'fields_vanished')
    return `${crm} no longer shows ${message}: deleted there, or hidden from whoever connected. The rest was kept in step. Once they are visible again, they are kept in step too.`;
  if (code === 'version_too_old' || code === 'version_too_new')
    return code === 'version_too_old'
      ? `The newest API version that ${crm} offers there is ${message}, which is too old for this Leadline server.`
      : `The oldest API version that ${crm} still offers there is ${message}, which this Leadline server does not know yet.`;
  if (code === 'API_DISABLED_FOR_ORG')
    return `${crm} does not let whoever connected use its API. Give them the permission “API Enabled”, or connect as somebody who has it.`;
  if (code === HIDDEN_KIND)
    return `${crm} no longer lets whoever connected see ${message}s; the others were kept in step. Give the right back, or choose only the others under Scope.`;
  if (code === HIDDEN_EMAIL)
    return `${crm} hides “Email” of ${message}s from whoever connected, so Leadline cannot tell who is there already, and made nobody there. Make the field visible to them, then check under Field map that it is there.`;
  if (code === 'email_unmapped')
    return `“Email” of ${message}s is not in the field map, so Leadline cannot tell who is in ${crm} already, and made nobody there. Add it under Field map.`;
  if (code === HIDDEN_FIELD) return `${crm} hides ${message}, and what needs it was left out. Make the field visible to whoever connected.`;
  return RUN_WORDS.get(kind)?.(crm) ?? told(message || code);
}
const RUN_WORDS: ReadonlyMap<string, (crm: string) => string> = new Map<string, (crm: string) => string>([
  ['scope', (crm) => `A right is missing in ${crm}; what it opens was left out.`],
  ['changed', (crm) => `Somebody else was writing in ${crm} at that moment. The next run reads it again.`],
  ['auth', (crm) => `${crm} no longer lets this server in. Connect again.`],
  ['rate_daily', (crm) => `Too few of today’s calls to ${crm} are left. It goes on by itself.`],
  ['rate_burst', (crm) => `${crm} was busy. The next run goes on where this one stopped.`],
  ['transient', (crm) => `${crm} was busy or away. The next run goes on where this one stopped.`],
  ['lock', (crm) => `Somebody else was writing in ${crm} at that moment. The next run tries again.`],
  ['held', (crm) => `${crm} holds a record back. The next run tries again.`],
  ['gone', (crm) => `Something is no longer in ${crm}. The next run reads what is left.`],
  ['moved', (crm) => `Somebody was merged or converted in ${crm} at that moment. The next run follows.`],
  [
    'schema_drift',
    (crm) => `${crm} no longer has a field that is mapped. It was switched off under Field map, and the next run goes on without it.`,
  ],
  ['validation', (crm) => `${crm} did not take what it was asked. The records it is about stand under Errors.`],
  ['duplicate', (crm) => `${crm} has somebody like that already. Who it is about stands under Errors.`],
  ['ambiguous', (crm) => `${crm} may or may not have taken what was sent: its answer was lost. The next run finds out.`],
]);
