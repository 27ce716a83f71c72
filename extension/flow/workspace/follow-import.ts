import type { RunAnswer } from '#shared/api/connection-work.ts';
import type { FileReceipt } from '#shared/api/imports.ts';
import type { ServerFailure } from '#shared/api/server-failure.ts';
import { isProvider } from '#shared/crm/record.ts';
import type { Result } from '#shared/result.ts';
import type { AskServer } from '../../platform/ask-server.ts';
import { listRuns, threeSeconds, watchRun } from './follow-run.ts';

/** How an import from a CRM ended, as far as it can be told. */
export type ImportEnd =
  /** All of it is in; null where nothing was to be stored. */
  | { readonly kind: 'done'; readonly importId: string | null }
  /** It began and broke off; what it had saved is told under its import, where it had begun one. */
  | { readonly kind: 'brokeOff'; readonly run: RunAnswer; readonly importId: string | null }
  /** Nothing was imported. */
  | { readonly kind: 'failed'; readonly failure: ServerFailure }
  /** The server could not be asked what became of it. */
  | { readonly kind: 'unknown'; readonly failure: ServerFailure };

/** `onLost`: its answer is lost, and from here on the server is asked. `pause`: the wait between two looks. */
export type ImportWork = {
  readonly server: Pick<AskServer, 'ask'>;
  readonly id: string;
  readonly act: () => Promise<Result<FileReceipt, ServerFailure>>;
  readonly onLost: () => void;
  readonly pause?: () => Promise<void>;
};

/** Failures after which nobody knows whether the server did what it was asked. */
const LOST: ReadonlySet<ServerFailure['kind']> = new Set(['timeout', 'unreachable', 'notLeadline', 'serverError']);

/**
 * Imports; where the answer is lost the server is asked which run and which import came of it, also after it was away or
 * started anew. Nothing is told of the import that the server has not told.
 */
export async function followImport({ server, id, act, onLost, pause = threeSeconds }: ImportWork): Promise<ImportEnd> {
  const listImports = async () => await server.ask('listImports', { query: { limit: 5 } });
  const [runsBefore, importsBefore] = await Promise.all([listRuns(server, id), listImports()]);
  // Nothing was asked for yet.
  if (!runsBefore.ok) return { kind: 'failed', failure: runsBefore.error };
  if (!importsBefore.ok) return { kind: 'failed', failure: importsBefore.error };
  const known = new Set([...runsBefore.value.runs.map((run) => run.id), ...importsBefore.value.imports.map((each) => each.importId)]);
  const done = await act();
  if (done.ok) return { kind: 'done', importId: done.value.importId };
  const failure = done.error;
  if (!LOST.has(failure.kind)) return { kind: 'failed', failure };
  onLost();
  // However long the server is away: what became of the import is worth the wait.
  const watched = { server, id, trigger: 'import', pause, known, mayFail: Number.POSITIVE_INFINITY } as const;
  const end = await watchRun(watched, async (run): Promise<ImportEnd | null> => {
    const imports = await listImports();
    if (!imports.ok) return null;
    const isNew = ({ importId, source, createdAt }: (typeof imports.value.imports)[number]) =>
      isProvider(source) && !known.has(importId) && createdAt >= run.startedAt;
    const made = imports.value.imports.findLast(isNew);
    const importId = made?.importId ?? null;
    const isWhole = run.outcome === 'done' || made?.state === 'complete';
    return isWhole ? { kind: 'done', importId } : { kind: 'brokeOff', run, importId };
  });
  if (end.kind === 'over') return end.value;
  return { kind: end.kind === 'unseen' ? 'failed' : 'unknown', failure };
}
