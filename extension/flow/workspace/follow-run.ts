import type { RunAnswer, RunStarted } from '#shared/api/connection-work.ts';
import type { ServerFailure } from '#shared/api/server-failure.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { AskServer } from '../../platform/ask-server.ts';

/** A connection's work whose answer may come later than anybody waits for it, and a wait between two looks at how far it is. */
export type LongWork<T> = {
  readonly server: Pick<AskServer, 'ask'>;
  readonly id: string;
  readonly trigger: RunAnswer['trigger'];
  readonly act: () => Promise<Result<T, ServerFailure>>;
  readonly pause?: () => Promise<void>;
};

/** Looks at a run that was not answered: half an hour in all, and five minutes for it to begin. */
const MAX_LOOKS = 600;
const MAX_UNSEEN = 100;
/** Of looks that fail in a row, so many end it. */
const MAX_FAILED = 5;
export const threeSeconds = () => new Promise<void>((done) => setTimeout(done, 3_000));

/** The newest runs of a connection. */
export async function listRuns(server: Pick<AskServer, 'ask'>, id: string) {
  return await server.ask('connectionRuns', { params: { id }, query: { limit: 5 } });
}

type Watched = Pick<LongWork<unknown>, 'server' | 'id' | 'trigger'> & {
  readonly pause: () => Promise<void>;
  /** Runs that were there before it. */
  readonly known: ReadonlySet<string>;
  /** How many looks may fail in a row. */
  readonly mayFail: number;
};

/**
 * Looks at the run that some work began until `settle` has what it wants of it, once it is over; null of that looks again.
 * `unseen`: no such run began. `given_up`: it was not over in all that time, or the server was away.
 */
export async function watchRun<T>(
  { server, id, trigger, pause, known, mayFail }: Watched,
  settle: (run: RunAnswer) => Promise<T | null>,
): Promise<{ readonly kind: 'over'; readonly value: T } | { readonly kind: 'unseen' | 'given_up' }> {
  let unseen = 0;
  let failed = 0;
  for (let looks = 0; looks < MAX_LOOKS && failed < mayFail; looks++) {
    await pause();
    const runs = await listRuns(server, id);
    failed = runs.ok ? 0 : failed + 1;
    if (!runs.ok) continue;
    const run = runs.value.runs.find((each) => each.trigger === trigger && !known.has(each.id));
    if (!run && ++unseen >= MAX_UNSEEN) return { kind: 'unseen' };
    if (!run || run.outcome === 'running') continue;
    const value = await settle(run);
    if (value !== null) return { kind: 'over', value };
  }
  return { kind: 'given_up' };
}

/**
 * Does the work; where its answer did not come in time, the server goes on by itself: then its run is looked at until it is
 * over. Work whose run never begins failed as it was told.
 */
export async function followRun<T>({
  server,
  id,
  trigger,
  act,
  pause = threeSeconds,
}: LongWork<T>): Promise<Result<T | RunAnswer, ServerFailure>> {
  const before = await listRuns(server, id);
  const done = await act();
  if (done.ok || done.error.kind !== 'timeout' || !before.ok) return done;
  const known = new Set(before.value.runs.map((run) => run.id));
  const end = await watchRun({ server, id, trigger, pause, known, mayFail: MAX_FAILED }, async (run) => run);
  return end.kind === 'over' ? ok(end.value) : fail(done.error);
}

/** A run as the answer to the asking for it would have told it; who would be made in the CRM is not known any more. */
export function runAsStarted(run: RunStarted | RunAnswer): RunStarted {
  if ('runId' in run) return run;
  const { id: runId, trigger, outcome, failure, startedAt, endedAt, counts } = run;
  const { createdHere, updatedHere, removedHere, createdThere, updatedThere, archivedThere, optOutsThere, conflicts, errors } = counts;
  return {
    runId,
    outcome,
    dryRun: trigger === 'dry_run',
    here: { created: createdHere, updated: updatedHere, removed: removedHere },
    there: { created: createdThere, updated: updatedThere, archived: archivedThere, optOuts: optOutsThere },
    creates: [],
    conflicts,
    errors,
    failure,
    startedAt,
    endedAt,
  };
}
