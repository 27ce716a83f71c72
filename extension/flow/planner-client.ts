import type { Planner } from './planner.ts';
import { callPlanner } from './planner-messages.ts';

/** The planner in a worker of its own. A worker that breaks fails its open calls and is replaced at the next one. */
export function createWorkerPlanner(): Planner {
  let current: ReturnType<typeof start> | null = null;

  function start() {
    const worker = new Worker(new URL('./planner.worker.ts', import.meta.url), { type: 'module' });
    const planner = callPlanner(worker, () => worker.terminate());
    const broke = (message: string) => {
      if (current === planner) current = null;
      worker.terminate();
      planner.fail(message);
    };
    worker.addEventListener('error', (event) => broke(event.message));
    worker.addEventListener('messageerror', () => broke('a message could not be read'));
    return planner;
  }
  const planner = () => {
    current ??= start();
    return current;
  };

  return {
    read: (job) => planner().read(job),
    plan: (job, onProgress) => planner().plan(job, onProgress),
    rows: (job, query) => planner().rows(job, query),
    cell: (job, line, column) => planner().cell(job, line, column),
    wouldMend: (job, step) => planner().wouldMend(job, step),
    unknown: (job, columns) => planner().unknown(job, columns),
    seal: (job, importId, onProgress) => planner().seal(job, importId, onProgress),
    keepAnswers: (job) => planner().keepAnswers(job),
    cleaned: (job) => planner().cleaned(job),
    rejected: (job) => planner().rejected(job),
    close: () => {
      current?.close();
      current = null;
    },
  };
}
