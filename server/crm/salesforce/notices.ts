import type { CrmNotice } from '#shared/crm/notice.ts';
import type { RecordType } from '#shared/crm/record.ts';
import type { CrmField } from '../adapter.ts';
import { COMPANY, CONVERTED_TO, KEY_FIELD, OPT_OUT_FIELDS } from './objects.ts';
import { isOptOutField } from './opt-outs.ts';

/** Salesforce's own fields by their labels: what is hidden is not described. */
const STANDARD = [
  ['email_hidden', 'Email', 'Email', ['lead', 'contact']],
  ['field_hidden', 'FirstName', 'First Name', ['lead', 'contact']],
  ['field_hidden', 'LastName', 'Last Name', ['lead', 'contact']],
  ['field_hidden', 'Phone', 'Phone', ['lead', 'contact']],
  ['field_hidden', 'MobilePhone', 'Mobile Phone', ['lead', 'contact']],
  ['field_hidden', 'HomePhone', 'Home Phone', ['contact']],
  ['field_hidden', 'OtherPhone', 'Other Phone', ['contact']],
  ['field_hidden', 'Company', 'Company', ['lead']],
  ['field_hidden', COMPANY, 'Account Name', ['contact']],
  ['field_hidden', 'Title', 'Title', ['lead', 'contact']],
  ['field_hidden', 'Description', 'Description', ['lead', 'contact']],
  ['opt_out_hidden', OPT_OUT_FIELDS.email, 'Email Opt Out', ['lead', 'contact']],
  ['opt_out_hidden', OPT_OUT_FIELDS.phone, 'Do Not Call', ['lead', 'contact']],
  ['conversion_hidden', CONVERTED_TO, 'Converted Contact ID', ['lead']],
] as const satisfies readonly (readonly [CrmNotice['kind'], string, string, readonly RecordType[]])[];

/** What field-level security hides without anything failing for it, by what describe shows. */
export function noticesOf(type: RecordType, fields: readonly CrmField[]): readonly CrmNotice[] {
  const hidden = STANDARD.filter(([, name, , types]) => types.some((one) => one === type) && !fields.some((field) => field.name === name));
  const readOnly = fields.filter((field) => field.isReadOnly && isOptOutField(field));
  const key = fields.find(({ name }) => name === KEY_FIELD);
  return [
    ...hidden.map(([kind, , label]): CrmNotice => ({ kind, type, field: label })),
    ...readOnly.map(({ label }): CrmNotice => ({ kind: 'opt_out_read_only', type, field: label })),
    ...(key?.isReadOnly ? [{ kind: 'key_read_only', type, field: key.label } as const] : []),
  ];
}
