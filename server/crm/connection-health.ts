import type { ConnectionAnswer } from '#shared/api/connections.ts';
import type { Backend } from '../leads/backend.ts';
import type { ConnectionRecord } from '../store/connection-store.ts';

type Health = ConnectionAnswer['health'];
const UNKNOWN: Health = { linkedLeads: null, lastRun: null, nextRunAt: null, conflicts: null, errors: null, calls: null };

/** How a connection fares; null where nothing is known. */
export async function readHealth(_backend: Backend, _connection: ConnectionRecord): Promise<Health> {
  return UNKNOWN;
}
