import type { CrmFailure } from '#shared/crm/failure.ts';
import type { CrmRecord, RecordType } from '#shared/crm/record.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { Refusal } from '../leads/backend.ts';
import type { Act } from '../store/act.ts';
import type { ImportStore } from '../store/store.ts';
import { type PulledRecord, RUN_COUNTS, type RunCounts } from '../store/sync-records.ts';
import type { SyncStore } from '../store/sync-store.ts';
import type { SyncLimits } from './sync-limits.ts';

/** What an import brought in, by the lines of its table. */
export type ImportedRecords = {
  readonly importId: string;
  readonly recordAt: (line: number) => CrmRecord | undefined;
  readonly types: readonly RecordType[];
  /** When reading them began (ms). */
  readonly readFrom: number;
};
export type LinkImported = (
  act: Act,
  connection: { readonly number: number },
  imported: ImportedRecords,
) => Promise<Result<number, Refusal | CrmFailure>>;
export type LinkDeps = {
  readonly store: SyncStore & Pick<ImportStore, 'readImportRows'>;
  readonly limits: SyncLimits;
  readonly now: () => number;
  readonly newId: () => string;
};

const PAGE = 500;

/**
 * Notes which lead each imported record is, and from when on changes are asked for. A row without a lead (rejected,
 * suppressed, in review) gets no link; the first sync looks at its record again. Gives how many were linked.
 */
export function createLinkImported({ store, limits, now, newId }: LinkDeps): LinkImported {
  return async ({ workspace }, connection, { importId, recordAt, types, readFrom }) => {
    const fence = await store.takeLease(workspace, connection.number, newId(), now(), now() + limits.leaseMs);
    if (!fence) return fail({ code: 'IN_PROGRESS' });
    const run = await store.startRun(fence, 'import', now());
    let linked = 0;
    let cursor: string | undefined;
    do {
      const page = await store.readImportRows(workspace, importId, { ...(cursor === undefined ? {} : { cursor }), limit: PAGE });
      if (page === null || page === 'bad_cursor') break;
      const pulled = page.rows.flatMap(({ line, leadId }): readonly PulledRecord[] => {
        const record = recordAt(line);
        return record && leadId !== null ? [{ record, leadId }] : [];
      });
      await store.renewLease(fence, now() + limits.leaseMs);
      if (pulled.length > 0) await store.mergeRecords(run, pulled, { creates: false, dryRun: false });
      linked += pulled.length;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    const readTo = readFrom - limits.lagMs;
    for (const type of types) await store.saveCursor(run, type, { phase: 'incremental', readTo, window: null, page: null });
    await store.saveRun(run, countsOf(linked), 0);
    await store.endRun(run, { outcome: 'done', failure: null, at: now(), leftToday: null });
    await store.releaseLease(fence);
    return ok(linked);
  };
}

function countsOf(pulled: number): RunCounts {
  return { ...(Object.fromEntries(RUN_COUNTS.map((name) => [name, 0])) as RunCounts), pulled }; // made of every count
}
