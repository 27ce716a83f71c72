import type { SaveLeadsBody } from '#shared/api/leads.ts';
import type { Result } from '#shared/result.ts';
import type { KeptAnswer, Once } from '../store/store.ts';
import type { Actor, Backend, Refusal } from './backend.ts';

export type { KeptAnswer, Once } from '../store/store.ts';

/**
 * POST /api/leads: checks every lead, then stores all of them in one transaction together with the answer. The answer
 * is the JSON text to send (the same bytes again under the same key) with its status, 201 or 200.
 */
export function saveLeads(
  _backend: Backend,
  _actor: Actor,
  _body: SaveLeadsBody,
  _once: Once | null,
): Promise<Result<KeptAnswer, Refusal>> {
  throw new Error('being written');
}
