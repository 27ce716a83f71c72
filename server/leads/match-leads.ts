import type { MatchAnswer, MatchBody } from '#shared/api/match.ts';
import type { Result } from '#shared/result.ts';
import type { Actor, Backend, Refusal } from './backend.ts';

/**
 * Who exists already, by any key, with current values; and which keys are suppressed. Keys come back as they were
 * sent; a list that does not exist is `LIST_NOT_FOUND`, no list is the default one.
 */
export function matchLeads(_backend: Backend, _actor: Actor, _body: MatchBody): Promise<Result<MatchAnswer, Refusal>> {
  throw new Error('being written');
}
