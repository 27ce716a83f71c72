import { hasSameHeaders, headerSignature } from '#shared/mapping/header-signature.ts';
import type { Mapping } from '#shared/mapping/mapping.ts';
import type { Database } from './database.ts';
import type { MappingRecord } from './records.ts';

/** As many as anybody has kinds of files; the least used go first. */
const MAX_MAPPINGS = 200;

/** Keeps the mapping a person imported with, for the next file with these headers. Without headers there is no next one. */
export async function rememberMapping(database: Database, headers: readonly string[], mapping: Mapping, now: number): Promise<void> {
  const signature = headerSignature(headers);
  if (signature === null) return;
  await database.transaction('rw', database.mappings, async () => {
    await database.mappings.put({ signature, headers, mapping, usedAt: now });
    const surplus = (await database.mappings.count()) - MAX_MAPPINGS;
    if (surplus > 0) await database.mappings.orderBy('usedAt').limit(surplus).delete();
  });
}

/** What is kept for these headers, or null. */
export async function recallMapping(database: Database, headers: readonly string[]): Promise<Required<MappingRecord> | null> {
  const signature = headerSignature(headers);
  const record = signature === null ? undefined : await database.mappings.get(signature);
  if (!record) return null;
  const from = record.headers ?? headers; // an older version kept the signature alone
  return hasSameHeaders(from, headers) ? { ...record, headers: from } : null;
}
