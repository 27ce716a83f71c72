import { callingCodeOf } from '#shared/lead/phone.ts';
import type { ImportPolicy } from '#shared/plan/plan.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { Refusal } from '../leads/backend.ts';
import type { WorkspaceRecord } from '../store/records.ts';

/** A policy in whole: what is not given is the workspace's way, or the product's. */
export function toImportPolicy(given: Partial<ImportPolicy>, workspace: WorkspaceRecord): Result<ImportPolicy, Refusal> {
  const policy: ImportPolicy = {
    require: given.require ?? workspace.require,
    defaultCountry: given.defaultCountry ?? workspace.defaultCountry,
    onDuplicate: given.onDuplicate ?? 'skip',
    scope: given.scope ?? 'list',
    overwriteFields: given.overwriteFields ?? [],
    ...(given.strictPhones === undefined ? {} : { strictPhones: given.strictPhones }),
  };
  if (policy.onDuplicate === 'overwrite' && policy.overwriteFields.length === 0)
    return fail({ code: 'INVALID_REQUEST', about: 'overwrite_without_fields' });
  if (callingCodeOf(policy.defaultCountry) === null) return fail({ code: 'INVALID_REQUEST', about: 'bad_country' });
  return ok(policy);
}
