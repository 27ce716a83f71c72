import type { Result } from '#shared/result.ts';
import type { Actor, Backend, Refusal } from '../leads/backend.ts';

/** The rejected rows as CSV in pieces of whole lines: the user's own columns, then `leadline_import, line, column, code, reason`. */
export function rejectedCsv(_backend: Backend, _actor: Actor, _importId: string): Promise<Result<AsyncIterable<string>, Refusal>> {
  throw new Error('being written');
}
