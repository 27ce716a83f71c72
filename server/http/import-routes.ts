import type { AnswerOf } from '#shared/api/contract.ts';
import { reader } from '#shared/api/json.ts';
import { importOptions } from '#shared/api/preview.ts';
import { fail, ok } from '#shared/result.ts';
import { decideRows } from '../imports/decide-rows.ts';
import { cancelImport, completeImport } from '../imports/finish-import.ts';
import { previewImport } from '../imports/preview-import.ts';
import { putImport } from '../imports/put-import.ts';
import { getImport, listImportRows, listImports } from '../imports/read-imports.ts';
import { receiveChunk } from '../imports/receive-chunk.ts';
import { rejectedCsv } from '../imports/rejected-csv.ts';
import { runImport } from '../imports/run-import.ts';
import { undoImport } from '../imports/undo-import.ts';
import { matchLeads } from '../leads/match-leads.ts';
import { type HandlersOf, replyWith } from './handler.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const readFormOptions = reader(importOptions);

/** Imports: a whole file at once, or in chunks. */
export const importRoutes: HandlersOf<
  | 'preview'
  | 'match'
  | 'importFile'
  | 'listImports'
  | 'putImport'
  | 'readImport'
  | 'storeChunk'
  | 'completeImport'
  | 'cancelImport'
  | 'decideRows'
  | 'undoImport'
  | 'importRows'
  | 'rejectedRows'
> = {
  preview: async ({ backend, config }, { actor, file, query }) =>
    replyWith(await previewImport(backend, actor, file.bytes, { ...query, maxFileBytes: config.maxFileBytes })),
  match: async ({ backend }, { actor, body }) => replyWith(await matchLeads(backend, actor, body)),
  importFile: async ({ backend, config }, { actor, file, query, once }) => {
    const options = readFormOptions(file.options ?? {});
    if (!options.ok) return fail({ code: 'INVALID_REQUEST', details: options.error });
    const named = file.fileName === null ? {} : { fileName: file.fileName };
    const all = { ...named, ...query, ...options.value, maxFileBytes: config.maxFileBytes };
    const done = await runImport(backend, actor, file.bytes, all, once?.key ?? null);
    return replyWith(done, done.ok && !all.dryRun && isNew(done.value) ? 201 : 200);
  },
  listImports: async ({ backend }, { actor, query }) => replyWith(await listImports(backend, actor, query)),
  putImport: async ({ backend }, { actor, params, body, bodySha256 }) => {
    if (!UUID.test(params.importId)) return fail({ code: 'INVALID_REQUEST', about: 'bad_import_id' });
    const put = await putImport(backend, actor, params.importId, body, bodySha256);
    return put.ok ? replyWith(ok(put.value.import), put.value.created ? 201 : 200) : put;
  },
  readImport: async ({ backend }, { actor, params }) => replyWith(await getImport(backend, actor, params.importId)),
  storeChunk: async ({ backend }, { actor, params, body, bodySha256 }) => {
    if (!/^\d{1,7}$/.test(params.seq)) return fail({ code: 'INVALID_REQUEST', about: 'bad_seq' });
    const stored = await receiveChunk(backend, actor, { importId: params.importId, seq: Number(params.seq), sha256: bodySha256, body });
    return stored.ok ? replyWith(ok(stored.value.answer)) : stored;
  },
  completeImport: async ({ backend }, { actor, params }) => replyWith(await completeImport(backend, actor, params.importId)),
  cancelImport: async ({ backend }, { actor, params }) => replyWith(await cancelImport(backend, actor, params.importId)),
  decideRows: async ({ backend }, { actor, params, body }) => replyWith(await decideRows(backend, actor, params.importId, body)),
  undoImport: async ({ backend }, { actor, params, body }) => replyWith(await undoImport(backend, actor, params.importId, body)),
  importRows: async ({ backend }, { actor, params, query }) => replyWith(await listImportRows(backend, actor, params.importId, query)),
  rejectedRows: async ({ backend }, { actor, params }) => {
    const pieces = await rejectedCsv(backend, actor, params.importId);
    return pieces.ok ? ok({ kind: 'csv', fileName: 'rejected.csv', pieces: pieces.value }) : pieces;
  },
};

function isNew(receipt: AnswerOf<'importFile'>): boolean {
  return receipt.created + receipt.addedToList + receipt.updated > 0;
}
