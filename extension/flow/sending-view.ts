import { BUCKETS } from '#shared/plan/plan.ts';
import type { ImportRecord } from '../storage/records.ts';
import type { SendingView } from './view.ts';

/** How an import of the outbox looks on a screen. `plannedTotal`: rows of the plan, known before the seal says so. */
export function sendingView(record: ImportRecord, plannedTotal: number): SendingView {
  const kind = kindOf(record);
  const total = record.total || plannedTotal;
  const rowsPerSecond = kind === 'sending' ? rateOf(record) : null;
  return {
    importId: record.id,
    fileName: record.order.fileName,
    listName: record.receipt?.list?.name ?? record.order.list.name,
    kind,
    total,
    rowsDone: record.rowsDone,
    rowsPerSecond,
    secondsLeft: rowsPerSecond ? Math.ceil((total - record.rowsDone) / rowsPerSecond) : null,
    counters: BUCKETS.map((bucket) => [bucket, record.counters[bucket]] as const),
    cancelling: record.cancelAsked && record.stage === 'sealed',
    nextAttemptAt: kind === 'waiting' ? record.nextAttemptAt : null,
    failure: record.failure,
    receipt: record.receipt,
  };
}

function kindOf(record: ImportRecord): SendingView['kind'] {
  if (record.stage === 'done' || record.stage === 'cancelled' || record.stage === 'stopped') return record.stage;
  if (record.failure?.retry === 'reconnect') return 'needsYou';
  if (record.stage === 'planning') return 'sealing';
  if (record.paused && !record.cancelAsked) return 'paused';
  return record.failure ? 'waiting' : 'sending';
}

/** Rows a second over the last acknowledgements; null until there are two. */
function rateOf({ pace }: ImportRecord): number | null {
  const first = pace[0];
  const last = pace.at(-1);
  if (!first || !last || last.at <= first.at || last.rowsDone <= first.rowsDone) return null;
  return ((last.rowsDone - first.rowsDone) * 1_000) / (last.at - first.at);
}
