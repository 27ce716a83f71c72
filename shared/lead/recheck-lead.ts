import { MAX_CELL_BYTES } from '../limits.ts';
import { type Problem, problem } from '../problems.ts';
import { EMAIL_FIELDS, FIELD_IDS, PHONE_FIELDS } from './fields.ts';
import type { CheckPolicy, Lead } from './lead.ts';
import { isPhoneShape, isValidPhone } from './phone.ts';
import { missingFields } from './require-fields.ts';
import { utf8Bytes } from './text.ts';

/**
 * The cheap check of a lead that says it is clean: what the policy needs is there, addresses and numbers have their
 * shape, nothing is over the size limit. Gives errors only, an empty list for a lead that can be stored as it is.
 */
export function recheckLead(lead: Lead, policy: CheckPolicy): readonly Problem[] {
  const problems: Problem[] = [...missingFields(lead, policy.require)];
  for (const field of EMAIL_FIELDS) {
    const email = lead[field];
    if (email === undefined) continue;
    if (!email.includes('@')) problems.push(problem('email_no_at', { field, text: email }));
    else if (!email.includes('.')) problems.push(problem('email_no_dot', { field, text: email }));
  }
  for (const field of PHONE_FIELDS) {
    const phone = lead[field];
    if (phone === undefined) continue;
    if (!isPhoneShape(phone)) problems.push(problem('phone_invalid', { field, text: phone }));
    else if (policy.strictPhones && !isValidPhone(phone))
      problems.push({ ...problem('phone_doubtful', { field, text: phone }), severity: 'error' });
  }
  for (const field of FIELD_IDS) {
    const value = lead[field];
    if (typeof value === 'string') checkSize(problems, field, value);
  }
  for (const tag of lead.tags ?? []) checkSize(problems, 'tags', tag);
  for (const custom of lead.customFields ?? []) checkSize(problems, custom.label, custom.value);
  return problems;
}

function checkSize(problems: Problem[], field: string, value: string): void {
  const bytes = utf8Bytes(value, MAX_CELL_BYTES);
  if (bytes > MAX_CELL_BYTES) problems.push(problem('cell_too_large', { field, data: { bytes, limit: MAX_CELL_BYTES } }));
}
