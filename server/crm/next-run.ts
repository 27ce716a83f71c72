import type { Schedule } from '#shared/crm/sync-settings.ts';
import type { ConnectionRecord } from '../store/connection-store.ts';
import type { RunRecord } from '../store/sync-records.ts';
import type { RunStore, StoredPage } from '../store/sync-store.ts';

const MINUTE_MS = 60 * 1_000;
/** How long after the start of a run the next one is, at least and at most: servers that started together part. */
const GAPS: Readonly<Record<Exclude<Schedule, 'off'>, readonly [least: number, most: number]>> = {
  often: [5 * MINUTE_MS, 15 * MINUTE_MS],
  hourly: [50 * MINUTE_MS, 70 * MINUTE_MS],
  daily: [23 * 60 * MINUTE_MS, 25 * 60 * MINUTE_MS],
};

/**
 * When a connection runs next by itself (ms since 1970); null = not before somebody does something. A moment that has
 * passed is now: what was missed while the server slept is caught up once.
 */
export function nextRunAt(
  { state, pausedUntil }: Pick<ConnectionRecord, 'state' | 'pausedUntil'>,
  schedule: Schedule,
  lastRun: Pick<RunRecord, 'id' | 'startedAt'> | null,
  now: number,
): number | null {
  if (schedule === 'off' || state === 'needs_reconnect' || state === 'paused_user') return null;
  const [least, most] = GAPS[schedule];
  // One that lies ahead began by a clock that was put right since.
  const due = lastRun && lastRun.startedAt <= now ? lastRun.startedAt + least + Math.floor((most - least) * fractionOf(lastRun.id)) : now;
  return Math.max(due, pausedUntil ?? 0, now);
}

/** The newest run that read what changed in the CRM; those for a local edit only send. */
export async function readLastReading(
  store: Pick<RunStore, 'listRuns'>,
  { workspace, number }: Pick<ConnectionRecord, 'workspace' | 'number'>,
): Promise<RunRecord | null> {
  let cursor: string | null = null;
  do {
    const page: StoredPage<RunRecord> = await store.listRuns(workspace, number, { limit: 50, ...(cursor === null ? {} : { cursor }) });
    const found = page.items.find(({ trigger }) => trigger === 'schedule' || trigger === 'by_hand');
    if (found) return found;
    cursor = page.nextCursor;
  } while (cursor !== null);
  return null;
}

/** A number from 0 to 1 that is the same for the same run, whoever asks: FNV-1a of its id, mixed so that neighbours part. */
function fractionOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index++) hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
