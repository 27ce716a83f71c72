import type { CreateImportBody, ImportState } from '#shared/api/imports.ts';
import { isColumnMapping } from '#shared/mapping/mapping.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { type Actor, actOf, type Backend, type Refusal } from '../leads/backend.ts';
import { refuseOverwrite } from '../leads/permission.ts';
import type { NewImport } from '../store/records.ts';
import { toImportState } from './import-answers.ts';
import { toImportPolicy } from './import-policy.ts';

/**
 * Announces an import. The same body again (`bodySha256`, hex, of its decoded bytes) is harmless; another one is
 * `IDEMPOTENCY_MISMATCH`. `created` tells a first time from a repetition. `retryOf` names the import whose rejected rows
 * these are; one that is unknown is `NOT_FOUND`.
 */
export async function putImport(
  backend: Backend,
  actor: Actor,
  importId: string,
  body: CreateImportBody,
  bodySha256: string,
): Promise<Result<{ readonly created: boolean; readonly import: ImportState }, Refusal>> {
  const workspace = await backend.store.readWorkspace(actor.workspace);
  const refused = refuseOverwrite(workspace, actor, body.policy?.onDuplicate);
  if (refused) return fail(refused);
  const policy = toImportPolicy(body.policy ?? {}, workspace);
  if (!policy.ok) return policy;
  const mapping = body.mapping ?? [];
  const headers = body.headers ?? [];
  if (headers.length > 0 && mapping.some((entry) => isColumnMapping(entry) && entry.column >= headers.length))
    return fail({ code: 'INVALID_REQUEST', about: 'mapping_out_of_range' });
  const { fileName, fileSha256, source, total, chunkCount, retryOf } = body;
  if (retryOf !== undefined && !(await backend.store.readImport(actor.workspace, retryOf)))
    return fail({ code: 'NOT_FOUND', about: 'retry_unknown' });
  const input: NewImport = {
    importId,
    source,
    ...(fileName === undefined ? {} : { fileName }),
    ...(fileSha256 === undefined ? {} : { fileSha256 }),
    list: body.list ?? null,
    mapping,
    headers,
    policy: policy.value,
    total,
    chunkCount,
    bodySha256,
    ...(retryOf === undefined ? {} : { retryOf }),
  };
  const put = await backend.store.putImport(actOf(backend, actor), input);
  if (put.kind === 'mismatch') return fail({ code: 'IDEMPOTENCY_MISMATCH', about: 'import_taken' });
  if (put.kind === 'list_not_found') return fail({ code: 'LIST_NOT_FOUND' });
  const read = await backend.store.readImport(actor.workspace, importId);
  return ok({ created: put.kind === 'created', import: toImportState(put.import, read?.missing ?? []) });
}
