import type { ConnectionAnswer } from '#shared/api/connections.ts';
import type { Tried } from '../../../flow/workspace/try-errors.ts';
import { count, countOf, since } from '../../numbers.ts';
import type { Tone } from '../../parts/note.tsx';
import { failureWords } from '../failure-words.ts';
import { questionOf } from './confirm-number.tsx';
import { PROVIDER_WORDS } from './connection-words.ts';
import { runFailureWords } from './run-words.ts';

export type TriedWords = { readonly tone: Tone; readonly icon: 'check' | 'warn' | 'bad'; readonly fact: string; readonly more: string };

/** What became of `asked` errors that were to be tried at once; `now` in ms. */
export function triedWords(
  tried: Tried,
  asked: number,
  { provider, settings, health }: Pick<ConnectionAnswer, 'provider' | 'settings' | 'health'>,
  now: number,
): TriedWords {
  const crm = PROVIDER_WORDS[provider];
  if (tried.kind === 'kept') return { ...BAD, fact: 'Not tried.', more: failureWords(tried.why) };
  if (tried.kind === 'marked') {
    const next = settings.schedule === 'off' ? null : health.nextRunAt;
    const when = `The next run tries ${asked === 1 ? 'it' : 'them'}: ${next ? `by itself, ${since(Date.parse(next), now)}` : 'by hand, with “Sync now” under Health'}.`;
    if (questionOf(tried.why))
      return { ...WARN, fact: 'Not all of it tried.', more: `${crm} waits for a number: “Sync now” under Health asks for it.` };
    return { ...WARN, fact: 'Not tried yet.', more: `${failureWords(tried.why)} ${when}` };
  }
  const { ran, left } = tried;
  const through = left === null ? null : asked - left;
  const went = through === null || through === 0 ? '' : `${count(through)} of ${count(asked)} went through. `;
  if (ran.failure && left !== 0) return { ...WARN, fact: `${went}The run stopped.`, more: runFailureWords(ran.failure, crm) };
  if (left === 0)
    return {
      tone: 'ok',
      icon: 'check',
      fact: 'Tried again:',
      more: asked === 1 ? 'it went through.' : `all ${count(asked)} went through.`,
    };
  if (left === null) return { ...WARN, fact: 'Tried again.', more: 'The server doesn’t answer, so the list below may be old.' };
  return {
    ...WARN,
    fact: `Tried again: ${went}`.trim(),
    more: `${through === 0 ? 'nothing has changed.' : `${countOf(left, 'error')} ${left === 1 ? 'stays' : 'stay'}.`} Why, and what helps, stands below.`,
  };
}
const BAD = { tone: 'bad', icon: 'bad' } as const;
const WARN = { tone: 'warn', icon: 'warn' } as const;
