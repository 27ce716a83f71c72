import { fail, ok, type Result } from '#shared/result.ts';
import type { ApiError } from './error-response.ts';
import type { Upload } from './handler.ts';

/** Reads a form with the parts `file` and `options` (a JSON object) from bytes that were counted already. */
export async function readForm(bytes: Uint8Array, contentType: string, maxFileBytes: number): Promise<Result<Upload, ApiError>> {
  const unreadable = fail<ApiError>({ code: 'INVALID_REQUEST', about: 'not_a_form' });
  // The bytes are a copy of their own, not a view of shared memory.
  const form = await new Response(bytes as Uint8Array<ArrayBuffer>, { headers: { 'Content-Type': contentType } })
    .formData()
    .catch(() => null);
  const file = form?.get('file');
  if (!form || !(file instanceof Blob)) return unreadable;
  if (file.size > maxFileBytes) return fail({ code: 'TOO_LARGE', about: 'body', data: { limit: maxFileBytes } });
  const options = await readOptions(form.get('options'));
  if (options === undefined) return unreadable;
  return ok({ bytes: new Uint8Array(await file.arrayBuffer()), fileName: file.name || null, options });
}

/** Undefined when there is a part that is not JSON. */
async function readOptions(part: FormDataEntryValue | null): Promise<unknown> {
  if (part === null) return {};
  try {
    return JSON.parse(typeof part === 'string' ? part : await part.text());
  } catch {
    return undefined;
  }
}
