import type { Mapping } from '#shared/mapping/mapping.ts';
import type { Database } from './database.ts';

/** As many as anybody has kinds of files; the least used go first. */
const MAX_MAPPINGS = 200;

/** Keeps the mapping a person imported with, under the signature of the file's headers. */
export async function rememberMapping(database: Database, signature: string, mapping: Mapping, now: number): Promise<void> {
  await database.transaction('rw', database.mappings, async () => {
    await database.mappings.put({ signature, mapping, usedAt: now });
    const surplus = (await database.mappings.count()) - MAX_MAPPINGS;
    if (surplus > 0) await database.mappings.orderBy('usedAt').limit(surplus).delete();
  });
}

/** The mapping kept for these headers, or null. */
export async function recallMapping(database: Database, signature: string): Promise<Mapping | null> {
  return (await database.mappings.get(signature))?.mapping ?? null;
}
