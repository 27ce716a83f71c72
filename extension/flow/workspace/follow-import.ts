import type { RunAnswer } from '#shared/api/connection-work.ts';
import type { FileReceipt } from '#shared/api/imports.ts';
import type { ServerFailure } from '#shared/api/server-failure.ts';
import type { Result } from '#shared/result.ts';
import type { AskServer } from '../../platform/ask-server.ts';

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

/** Looks: half an hour in all, and five minutes of a server that answers for the import to begin. */
const MAX_LOOKS = 600;
const MAX_UNSEEN = 100;
/** Failures after which nobody knows whether the server did what it was asked. */
const LOST: ReadonlySet<ServerFailure['kind']> = new Set(['timeout', 'unreachable', 'notLeadline', 'serverError']);
const threeSeconds = () => new Promise<void>((done) => setTimeout(done, 3_000));

/**
 * Imports; where the answer is lost the server is asked which run and which import came of it, also after it was away or
 * started anew. Nothing is told of the import that the server has not told.
 */
export async function followImport({ server, id, act, onLost, pause = threeSeconds }: ImportWork): Promise<ImportEnd> {
  const listRuns = async () => await server.ask('connectionRuns', { params: { id }, query: { limit: 5 } });
  const listImports = async () => await server.ask('listImports', { query: { limit: 5 } });
  const [runsBefore, importsBefore] = await Promise.all([listRuns(), listImports()]);
  // Nothing was asked for yet.
  if (!runsBefore.ok) return { kind: 'failed', failure: runsBefore.error };
  if (!importsBefore.ok) return { kind: 'failed', failure: importsBefore.error };
  const known = new Set([...runsBefore.value.runs.map((run) => run.id), ...importsBefore.value.imports.map((each) => each.importId)]);
  const done = await act();
  if (done.ok) return { kind: 'done', importId: done.value.importId };
  const failure = done.error;
  if (!LOST.has(failure.kind)) return { kind: 'failed', failure };
  onLost();
  let unseen = 0;
  for (let looks = 0; looks < MAX_LOOKS; looks++) {
    await pause();
    const runs = await listRuns();
    if (!runs.ok) continue;
    const run = runs.value.runs.find((each) => each.trigger === 'import' && !known.has(each.id));
    if (!run && ++unseen >= MAX_UNSEEN) return { kind: 'failed', failure };
    if (!run || run.outcome === 'running') continue;
    const imports = await listImports();
    if (!imports.ok) continue;
    const isNew = ({ importId, source, createdAt }: (typeof imports.value.imports)[number]) =>
      isOfCrm(source) && !known.has(importId) && createdAt >= run.startedAt;
    const made = imports.value.imports.findLast(isNew);
    const importId = made?.importId ?? null;
    const isWhole = run.outcome === 'done' || made?.state === 'complete';
    return isWhole ? { kind: 'done', importId } : { kind: 'brokeOff', run, importId };
  }
  return { kind: 'unknown', failure };
}

function isOfCrm(source: string): boolean {
  return source === 'hubspot' || source === 'salesforce';
}
