import type { ConnectionAnswer } from '#shared/api/connections.ts';
import type { Schedule } from '#shared/crm/sync-settings.ts';
import { DAY_MS } from '#shared/limits.ts';
import { type Backend, toIso } from '../leads/backend.ts';
import type { CallsMade } from '../store/call-store.ts';
import type { ConnectionRecord } from '../store/connection-store.ts';
import { dayOf } from './call-meter.ts';
import type { CrmParts } from './crm-parts.ts';
import { nextRunAt, readLastReading } from './next-run.ts';
import { SYNC_LIMITS } from './sync/limits.ts';

type Health = ConnectionAnswer['health'];

/** How a connection fares, as its page tells it. The day is that of UTC. */
export async function readHealth(
  crm: CrmParts,
  { store, now }: Backend,
  connection: ConnectionRecord,
  schedule: Schedule,
): Promise<Health> {
  const { lastRun, ...counts } = await store.readHealth(connection.workspace, connection.number, now() - 7 * DAY_MS);
  const next = nextRunAt(connection, schedule, await readLastReading(store, connection), now());
  return {
    ...counts,
    lastRun: lastRun && {
      ...lastRun,
      startedAt: toIso(lastRun.startedAt),
      endedAt: lastRun.endedAt === null ? null : toIso(lastRun.endedAt),
    },
    nextRunAt: next === null ? null : toIso(next),
    calls: toCalls(await crm.meter.read(connection), now()),
  };
}

/** What was said a day ago is of another day's calls. */
function toCalls(made: CallsMade | null, at: number): Health['calls'] {
  const usedToday = made?.day === dayOf(at) ? made.calls : 0;
  if (!made?.told || made.told.at <= at - DAY_MS) return { usedToday, account: null };
  const { used, limit } = made.told;
  return { usedToday, account: { used, limit, stopsAt: Math.ceil(limit * SYNC_LIMITS.accountShare), saidAt: toIso(made.told.at) } };
}
