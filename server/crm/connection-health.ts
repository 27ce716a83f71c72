import type { ConnectionAnswer } from '#shared/api/connections.ts';
import type { Schedule } from '#shared/crm/sync-settings.ts';
import { type Backend, toIso } from '../leads/backend.ts';
import type { ConnectionRecord } from '../store/connection-store.ts';
import type { CrmParts } from './crm-parts.ts';
import { nextRunAt, readLastReading } from './next-run.ts';
import { SYNC_LIMITS } from './sync/limits.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** How a connection fares, as its page tells it. The day is that of UTC. */
export async function readHealth(
  crm: CrmParts,
  { store, now }: Backend,
  connection: ConnectionRecord,
  schedule: Schedule,
): Promise<ConnectionAnswer['health']> {
  const since = { today: Math.floor(now() / DAY_MS) * DAY_MS, week: now() - 7 * DAY_MS };
  const { lastRun, callsToday, leftToday, ...counts } = await store.readHealth(connection.workspace, connection.number, since);
  const next = nextRunAt(connection, schedule, await readLastReading(store, connection), now());
  const { limitToday } = crm.open(connection).usage();
  return {
    ...counts,
    lastRun: lastRun && {
      ...lastRun,
      startedAt: toIso(lastRun.startedAt),
      endedAt: lastRun.endedAt === null ? null : toIso(lastRun.endedAt),
    },
    nextRunAt: next === null ? null : toIso(next),
    calls: { usedToday: callsToday, allowed: limitToday && Math.floor(limitToday * SYNC_LIMITS.leftShare), left: leftToday },
  };
}
