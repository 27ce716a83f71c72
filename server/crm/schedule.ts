import type { Provider } from '#shared/crm/record.ts';
import { DAY_MS } from '#shared/limits.ts';
import { refuseByWorkspace } from '../leads/permission.ts';
import type { ConnectionRecord } from '../store/connection-store.ts';
import type { WorkspaceId } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { RunTrigger } from '../store/sync-records.ts';
import type { Crm } from './adapter.ts';
import { nextRunAt, readLastReading } from './next-run.ts';
import { OWN_BUDGET } from './sync/budget.ts';
import { runSync, type SyncOutcome } from './sync/run.ts';

export type ScheduleParts = {
  readonly store: Store;
  readonly open: (connection: ConnectionRecord) => Crm;
  readonly owner: string;
  readonly now: () => number;
  readonly newId: () => string;
  /** Rights that a sign-in at a CRM asks for. */
  readonly askedScopes: (provider: Provider) => readonly string[];
  /** A run that broke: ours to mend. */
  readonly onFailure: (exception: unknown) => void;
};
/** Who runs when. `tick` looks who is due and starts them; it resolves when those it started are through. */
export type SyncClock = {
  tick(): Promise<void>;
  /** Somebody changed leads: they are sent when nothing was changed for a while. */
  noteEdit(workspace: WorkspaceId): void;
};

/** Edits are sent when they have rested so long: whoever types in ten fields sends them once. */
export const EDIT_REST_MS = 30 * 1_000;
/** How often is looked who is due. */
export const TICK_MS = 10 * 1_000;

/**
 * Runs connections by themselves where an admin chose so: each by its schedule, one run of each at a time, different ones
 * side by side. The plan and the pause of a connection are asked each time.
 */
export function createSyncClock(parts: ScheduleParts): SyncClock {
  const { store, now } = parts;
  const running = new Set<number>();
  const edits = new Map<WorkspaceId, number>();

  const whyNow = async (connection: ConnectionRecord, isEdited: boolean): Promise<RunTrigger | null> => {
    const { workspace, number, state, pausedUntil } = connection;
    const { schedule, pairs } = await store.readSettings(workspace, number);
    if (schedule === 'off' || pairs.length === 0 || running.has(number)) return null;
    const due = nextRunAt({ state, pausedUntil }, schedule, await readLastReading(store, connection), now());
    if (due === null || (pausedUntil ?? 0) > now()) return null;
    if (due <= now()) return 'schedule';
    return isEdited ? 'local_edit' : null;
  };

  return {
    async tick() {
      const rested = [...edits].flatMap(([workspace, at]) => (now() - at >= EDIT_REST_MS ? [workspace] : []));
      for (const workspace of rested) edits.delete(workspace);
      const started: Promise<void>[] = [];
      for (const connection of await store.listAllConnections()) {
        const { workspace, number } = connection;
        const record = await store.readWorkspace(workspace);
        if (refuseByWorkspace(record, { writes: true, premium: true })) continue;
        const trigger = await whyNow(connection, rested.includes(workspace));
        if (trigger === null) continue;
        running.add(number);
        started.push(runOnce(parts, connection, record.defaultCountry, trigger).finally(() => running.delete(number)));
      }
      await Promise.all(started);
    },
    noteEdit(workspace) {
      edits.set(workspace, now());
    },
  };
}

async function runOnce(parts: ScheduleParts, connection: ConnectionRecord, defaultCountry: string, trigger: RunTrigger): Promise<void> {
  const { store, open, owner, now, newId } = parts;
  const { workspace, number } = connection;
  try {
    const sync = { crm: open(connection), store, workspace, connection: number, defaultCountry, owner, now, newId };
    const outcome = await runSync(sync, { trigger });
    await noteOutcome(store, connection, { trigger, outcome, at: now() }, parts.askedScopes(connection.provider));
  } catch (exception) {
    parts.onFailure(exception);
  }
}

/** What a run found out about the connection itself: calls used up, rights that are missing. `asked`: by a sign-in. */
export async function noteOutcome(
  store: Pick<Store, 'pauseForQuota' | 'noteMissingScopes' | 'forgetMissingScopes'>,
  { workspace, number, state }: Pick<ConnectionRecord, 'workspace' | 'number' | 'state'>,
  { trigger, outcome, at }: { readonly trigger: RunTrigger; readonly outcome: SyncOutcome; readonly at: number },
  asked: readonly string[],
): Promise<void> {
  if (outcome.kind !== 'ran') return;
  const { failure } = outcome;
  if (failure?.kind === 'rate_daily' && failure.code !== OWN_BUDGET)
    await store.pauseForQuota(workspace, number, at + (failure.retryAfterMs ?? DAY_MS - (at % DAY_MS)));
  else if (state === 'paused_quota') await store.pauseForQuota(workspace, number, null);
  if (failure?.kind === 'scope' && failure.missingScopes) await store.noteMissingScopes(workspace, number, failure.missingScopes);
  // A run that read nothing tells nothing of rights to read.
  const isWhole = outcome.outcome === 'done' && trigger !== 'local_edit' && trigger !== 'dry_run';
  if (isWhole) await store.forgetMissingScopes(workspace, number, asked);
}
