import { serverApi } from '../../../extension/platform/server-api.ts';
import { type Database, openDatabase } from '../../../extension/storage/database.ts';
import { sha256Hex } from '../../../extension/storage/hash.ts';
import { addImport, sealImport, writeChunk } from '../../../extension/storage/outbox.ts';
import type { ImportOrder } from '../../../extension/storage/records.ts';
import type { FakeServer } from './fake-server.ts';

export const ORDER: ImportOrder = {
  source: 'csv',
  fileName: 'leads.csv',
  list: { kind: 'new', name: 'List' },
  read: {},
  mapping: [],
  policy: { require: 'complete', defaultCountry: 'US', onDuplicate: 'skip', scope: 'list', overwriteFields: [] },
  basis: null,
};

let number = 0;
/** A database nobody else in the process has. */
export function freshDatabase(): Database {
  return openDatabase(`test-${++number}`);
}

export function bytes(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value));
}

/** Puts a sealed import of `chunkCount` chunks with `rowsEach` rows into the outbox. */
export async function addSealed(database: Database, id: string, chunkCount: number, rowsEach: number, createdAt = 0): Promise<void> {
  await addImport(database, id, `draft-${id}`, ORDER, createdAt);
  for (let seq = 0; seq < chunkCount; seq++) {
    const rows = Array.from({ length: rowsEach }, (_, row) => ({
      line: 2 + seq * rowsEach + row,
      decision: 'create',
      lead: { firstName: 'Ann' },
    }));
    const body = bytes({ rows });
    await writeChunk(database, { import: id, seq, body, sha256: await sha256Hex(body), rows: rowsEach });
  }
  const total = chunkCount * rowsEach;
  await sealImport(database, id, {
    body: bytes({ source: 'csv', total, chunkCount }),
    total,
    chunkRows: Array.from({ length: chunkCount }, () => rowsEach),
  });
}

/** Effects with a clock that only sleeping moves, so that no test waits. */
export function effectsFor(database: Database, server: FakeServer) {
  const clock = { ms: 1_000_000 };
  const access = { address: 'http://localhost:8787', key: 'll_test', fetch: server.fetch, now: () => clock.ms };
  const slept: number[] = [];
  return {
    clock,
    slept,
    database,
    api: async () => serverApi(access),
    now: () => clock.ms,
    random: () => 0.5,
    sleep: async (ms: number) => {
      slept.push(ms);
      clock.ms += ms;
    },
  };
}
