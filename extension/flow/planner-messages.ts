import { type Planner, PlannerFailure, type PlannerFailureKind } from './planner.ts';

/** The planner's calls as messages. Arguments and results are plain data; what reports progress has a number instead. */

export type Call = {
  readonly id: number;
  readonly name: Exclude<keyof Planner, 'close'>;
  readonly args: readonly unknown[];
};
export type Reply =
  | { readonly id: number; readonly kind: 'progress'; readonly rows: number; readonly total: number }
  | { readonly id: number; readonly kind: 'value'; readonly value: unknown }
  | { readonly id: number; readonly kind: 'failure'; readonly failure: PlannerFailureKind; readonly message: string };

/** One end of a line to the other side: a worker, a worker's global, a port. */
export type Line = {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
};

/** Answers calls that come over a line. Progress is told at most every 100 ms: the page has other things to do. */
export function servePlanner(planner: Planner, line: Line): void {
  line.addEventListener('message', (event) => void answer(event.data as Call)); // only our own page talks to our worker

  async function answer({ id, name, args }: Call): Promise<void> {
    const say = (reply: Reply) => line.postMessage(reply);
    let toldAt = 0;
    const onProgress = (rows: number, total: number) => {
      if (performance.now() - toldAt < 100) return;
      toldAt = performance.now();
      say({ id, kind: 'progress', rows, total });
    };
    try {
      const method = planner[name] as (...given: readonly unknown[]) => Promise<unknown>; // the client is typed as Planner
      say({ id, kind: 'value', value: await method(...args, onProgress) });
    } catch (error) {
      const failure = error instanceof PlannerFailure ? error.kind : 'workerFailed';
      say({ id, kind: 'failure', failure, message: error instanceof Error ? error.message : String(error) });
    }
  }
}

/** A planner at the other end of a line. `isDead` lets a worker that broke fail every open call. */
export function callPlanner(line: Line, close: () => void): Planner & { readonly fail: (message: string) => void } {
  type Open = {
    readonly resolve: (value: never) => void;
    readonly reject: (error: PlannerFailure) => void;
    readonly onProgress: (rows: number, total: number) => void;
  };
  const open = new Map<number, Open>();
  let number = 0;
  line.addEventListener('message', (event) => {
    const reply = event.data as Reply; // only our own worker answers
    const call = open.get(reply.id);
    if (!call) return;
    if (reply.kind === 'progress') return call.onProgress(reply.rows, reply.total);
    open.delete(reply.id);
    if (reply.kind === 'value')
      call.resolve(reply.value as never); // the method's own result
    else call.reject(new PlannerFailure(reply.failure, reply.message));
  });

  function call<T>(name: Call['name'], args: readonly unknown[], onProgress: Open['onProgress'] = () => {}): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const id = ++number;
      open.set(id, { resolve, reject, onProgress });
      line.postMessage({ id, name, args } satisfies Call);
    });
  }

  return {
    read: (job) => call('read', [job]),
    plan: (job, onProgress) => call('plan', [job], onProgress),
    rows: (job, query) => call('rows', [job, query]),
    cell: (job, line, column) => call('cell', [job, line, column]),
    wouldMend: (job, step) => call('wouldMend', [job, step]),
    unknown: (job, columns) => call('unknown', [job, columns]),
    seal: (job, importId, onProgress) => call('seal', [job, importId], onProgress),
    keepAnswers: (job) => call('keepAnswers', [job]),
    cleaned: (job) => call('cleaned', [job]),
    rejected: (job) => call('rejected', [job]),
    close,
    fail: (message) => {
      for (const { reject } of open.values()) reject(new PlannerFailure('workerFailed', message));
      open.clear();
    },
  };
}
