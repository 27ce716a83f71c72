import { createHash } from 'node:crypto';
import type { CreateImportBody, ImportState } from '#shared/api/imports.ts';
import type { PlannedRow } from '#shared/plan/plan.ts';
import { putImport } from '../../../server/imports/put-import.ts';
import { receiveChunk } from '../../../server/imports/receive-chunk.ts';
import type { TestServer } from '../store/open-test-store.ts';

export const IMPORT_ID = '0b9f2a52-6d0e-4c3c-9a51-5b2f6f5a0001';

/** Announces an import of one chunk to the list "Fair" unless told otherwise; throws where it is refused. */
export async function announce(
  server: TestServer,
  body: Partial<CreateImportBody> = {},
  importId: string = IMPORT_ID,
): Promise<ImportState> {
  const whole = { source: 'csv', list: { name: 'Fair' }, total: 1, chunkCount: 1, ...body };
  const put = await putImport(server.backend, server.actor, importId, whole, sha256(JSON.stringify(whole)));
  if (!put.ok) throw new Error(JSON.stringify(put.error));
  return put.value.import;
}

/** Sends rows as a chunk. */
export function send(server: TestServer, rows: readonly PlannedRow[], seq = 0, importId: string = IMPORT_ID) {
  return receiveChunk(server.backend, server.actor, { importId, seq, sha256: sha256(JSON.stringify(rows)), body: { rows } });
}

/** The same, giving the answer; throws where the chunk is refused. */
export async function sendGood(server: TestServer, rows: readonly PlannedRow[], seq = 0, importId: string = IMPORT_ID) {
  const sent = await send(server, rows, seq, importId);
  if (!sent.ok) throw new Error(JSON.stringify(sent.error));
  return sent.value.answer;
}

/** A good lead with an address of its own. */
export function person(name: string, rest: PlannedRow['lead'] = {}) {
  const digits = String(2_000_000 + [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 7_999_999, 7));
  return { firstName: name, lastName: 'Lee', email: `${name.toLowerCase()}@example.com`, phone: `+1202${digits}`, ...rest };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
