import type { MatchAnswer } from '#shared/api/match.ts';
import { askedKeys } from '#shared/lead/duplicates.ts';
import type { LeadKey } from '#shared/lead/lead.ts';
import type { ImportPlan } from '#shared/plan/plan.ts';
import { serverApi } from './server-api.ts';

/** Asks a workspace who exists already, and who of a list; null where it does not answer. */
export type AskWorkspace = (
  workspace: { readonly address: string; readonly key: string; readonly listId: string | null },
  keys: { readonly emails: readonly string[]; readonly phones: readonly string[]; readonly linkedinUrls: readonly string[] },
) => Promise<MatchAnswer | null>;

/** Keys in one question: a body well below the server's 1 MB, with room for long profile addresses. */
const KEYS_PER_QUESTION = 4_000;

/** All that is asked about the rows that may be stored, each key once. */
export function keysOf(plan: ImportPlan): Parameters<AskWorkspace>[1] {
  const keys = { email: new Set<string>(), phone: new Set<string>(), linkedin: new Set<string>() };
  for (const { lead, decision } of plan.rows)
    if (lead && decision !== 'reject') for (const { kind, value } of askedKeys(lead)) keys[kind].add(value);
  return { emails: [...keys.email], phones: [...keys.phone], linkedinUrls: [...keys.linkedin] };
}

/** Keys as a question has them. */
export function byKind(keys: readonly LeadKey[]): Parameters<AskWorkspace>[1] {
  const of = (kind: LeadKey['kind']) => keys.filter((key) => key.kind === kind).map(({ value }) => value);
  return { emails: of('email'), phones: of('phone'), linkedinUrls: of('linkedin') };
}

/** Says whether two answers say the same, in whatever order. */
export function isSameAnswer(a: MatchAnswer, b: MatchAnswer): boolean {
  const textsOf = ({ matches, suppressed }: MatchAnswer) => [...matches, ...suppressed].map((one) => JSON.stringify(one)).sort();
  const texts = textsOf(b);
  return a.matches.length + a.suppressed.length === texts.length && textsOf(a).every((text, at) => text === texts[at]);
}

/**
 * Asks the workspace who exists already, in questions of bounded size. Null when one of them fails: half an answer would
 * make some rows look new that are not.
 */
export const askWorkspace: AskWorkspace = async ({ address, key, listId }, keys) => {
  const api = serverApi({ address, key, fetch: globalThis.fetch.bind(globalThis), now: Date.now });
  const matches: MatchAnswer['matches'][number][] = [];
  const suppressed: MatchAnswer['suppressed'][number][] = [];
  for (const question of questionsOf(keys)) {
    const answer = await api.match({ listId, ...question });
    if (!answer.ok) return null;
    matches.push(...answer.value.matches);
    suppressed.push(...answer.value.suppressed);
  }
  return { matches, suppressed };
};

type Question = { emails?: readonly string[]; phones?: readonly string[]; linkedinUrls?: readonly string[] };
const NAMES = { email: 'emails', phone: 'phones', linkedin: 'linkedinUrls' } as const satisfies Record<LeadKey['kind'], keyof Question>;

/** Each question asks for one kind of key. */
export function* questionsOf(keys: Parameters<AskWorkspace>[1]): Generator<Question, void> {
  for (const name of Object.values(NAMES))
    for (let at = 0; at < keys[name].length; at += KEYS_PER_QUESTION) yield { [name]: keys[name].slice(at, at + KEYS_PER_QUESTION) };
}
