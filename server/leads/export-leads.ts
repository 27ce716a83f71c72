import type { Result } from '#shared/result.ts';
import type { Actor, Backend, Refusal } from './backend.ts';

export type ExportOptions = { readonly listId?: string; readonly includeDoNotContact?: boolean };

/**
 * Leads as CSV (UTF-8, CRLF, formula-safe), in pieces of whole lines: fields, tags, owner, custom fields; no ids,
 * versions or times. Those marked "do not contact" are left out unless an admin asks for them (`FORBIDDEN` otherwise).
 */
export function exportLeads(_backend: Backend, _actor: Actor, _options: ExportOptions): Promise<Result<AsyncIterable<string>, Refusal>> {
  throw new Error('being written');
}
