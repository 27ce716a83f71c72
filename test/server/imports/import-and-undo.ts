import type { UndoBody } from '#shared/api/closed-imports.ts';
import type { CreateImportBody, Receipt } from '#shared/api/imports.ts';
import type { Lead } from '#shared/lead/lead.ts';
import type { PlannedRow } from '#shared/plan/plan.ts';
import { completeImport } from '../../../server/imports/finish-import.ts';
import { undoImport } from '../../../server/imports/undo-import.ts';
import type { TestServer } from '../store/open-test-store.ts';
import { announce, sendGood } from './announce.ts';

let imports = 0;

/** Imports leads to the list "Fair" unless told otherwise; gives the import's id and one lead id per row. */
export async function importLeads(
  server: TestServer,
  leads: readonly Lead[],
  rest: Partial<CreateImportBody> = {},
): Promise<{ readonly importId: string; readonly ids: readonly string[]; readonly receipt: Receipt }> {
  const importId = `0b9f2a52-6d0e-4c3c-9a51-${String(++imports).padStart(12, '0')}`;
  await announce(server, { total: leads.length, ...rest }, importId);
  const rows: PlannedRow[] = leads.map((lead, index) => ({ line: index + 2, decision: 'auto', lead }));
  const { outcomes } = await sendGood(server, rows, 0, importId);
  const done = await completeImport(server.backend, server.actor, importId);
  if (!done.ok) throw new Error(done.error.code);
  return { importId, ids: outcomes.map(({ leadId }) => leadId ?? ''), receipt: done.value };
}

/** Undoes an import as an admin; throws where it is refused. */
export async function undo(server: TestServer, importId: string, body: UndoBody = {}) {
  const done = await undoImport(server.backend, server.actor, importId, body);
  if (!done.ok) throw new Error(JSON.stringify(done.error));
  return done.value;
}
