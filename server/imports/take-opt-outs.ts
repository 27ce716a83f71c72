import { setImmediate as letOthers } from 'node:timers/promises';
import { MAX_SUPPRESSIONS_PER_CALL } from '#shared/limits.ts';
import { type FoundOptOut, type OptedOut, optOutReason, readOptOuts } from '#shared/plan/opt-outs.ts';
import type { ImportPolicy } from '#shared/plan/plan.ts';
import { ok, type Result } from '#shared/result.ts';
import type { Actor, Backend, Refusal } from '../leads/backend.ts';
import { addSuppressions } from '../leads/suppressions.ts';
import type { FileImportOptions } from './file-options.ts';
import type { ReadFile } from './read-file.ts';

/** Rows read before other requests get their turn. */
const STEP = 2_000;

/** Whom the file's own columns opt out, hidden and invalid rows included; null where no such column counts. */
export async function findOptedOut(file: ReadFile, policy: ImportPolicy): Promise<OptedOut | null> {
  if (!file.optOut) return null;
  const entries = new Map<string, FoundOptOut>();
  for (let at = 0; at < file.table.rows.length; at += STEP) {
    for (const [value, entry] of readOptOuts({ ...file, policy }, at, at + STEP)) if (!entries.has(value)) entries.set(value, entry);
    await letOthers();
  }
  return { since: file.optOut.since, entries };
}

/** Puts them on the suppression list. Doing it again is harmless. Their reason names the file, their source where it is from. */
export async function takeOptOuts(
  backend: Backend,
  actor: Actor,
  { table }: ReadFile,
  { entries }: OptedOut,
  { fileName = 'a file', optOutSource = 'column' }: Pick<FileImportOptions, 'fileName' | 'optOutSource'>,
): Promise<Result<null, Refusal>> {
  const all = [...entries.values()];
  for (let at = 0; at < all.length; at += MAX_SUPPRESSIONS_PER_CALL) {
    const some = all.slice(at, at + MAX_SUPPRESSIONS_PER_CALL).map(({ kind, value, column }) => {
      return { kind, value, reason: optOutReason(table.headers[column] ?? '', fileName) };
    });
    const added = await addSuppressions(backend, actor, some, { onInvalid: 'skip', source: optOutSource });
    if (!added.ok) return added;
    await letOthers();
  }
  return ok(null);
}
