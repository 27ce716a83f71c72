import { describe, expect, test } from 'vitest';
import type { CrmRecord, RecordType } from '#shared/crm/record.ts';
import type { CrmField } from '../../../server/crm/adapter.ts';
import { defaultPairs } from '../../../server/crm/default-pairs.ts';
import { recordAtLine, toRecordTable } from '../../../server/crm/record-table.ts';

const field = (name: string, more: Partial<CrmField> = {}): CrmField => ({
  name,
  label: name,
  valueType: 'text',
  options: [],
  isReadOnly: false,
  isRequired: false,
  isCustom: false,
  maxLength: null,
  ...more,
});
const FIELDS: readonly CrmField[] = [
  field('FirstName', { label: 'First Name' }),
  field('Phone', { valueType: 'phone' }),
  field('CreatedDate', { isReadOnly: true }),
  field('Region__c', { label: 'Region', isCustom: true, valueType: 'choice', options: [{ value: 'emea', label: 'Europe' }] }),
  field('Region2__c', { label: 'Region', isCustom: true }),
  field('Score__c', { label: 'Score', isCustom: true, isReadOnly: true, valueType: 'number' }),
  field('Leadline_Id__c', { isCustom: true }),
];
const KNOWN = [
  ['firstName', 'FirstName'],
  ['phone', 'Phone'],
  ['jobTitle', 'Title'],
] as const;
const pairs = defaultPairs('salesforce', 'lead', KNOWN, FIELDS);
const record = (values: Record<string, string>, more: Partial<CrmRecord> = {}): CrmRecord => ({
  type: 'lead' as RecordType,
  id: '00Q1',
  values: new Map(Object.entries(values)),
  modifiedAt: 0,
  createdAt: 0,
  optOut: { email: false, phone: false, since: null },
  ...more,
});
const names = { crm: 'Salesforce', defaultCountry: 'US', now: '2026-05-04T10:00:00.000Z' };

describe('the field map a connection starts with', () => {
  test('standard fields are a lead’s, fields the admins made are custom fields, the CRM’s other fields stay there', () => {
    expect(pairs.map(({ remote, local }) => [remote, local.kind === 'field' ? local.id : local.label])).toEqual([
      ['FirstName', 'firstName'],
      ['Phone', 'phone'],
      ['Region__c', 'Region'],
      ['Region2__c', 'Region #2'],
      ['Score__c', 'Score'],
    ]);
  });

  test('what nobody may write comes in only; everything else goes both ways', () => {
    expect(pairs.filter(({ direction }) => direction === 'in').map(({ remote }) => remote)).toEqual(['Score__c']);
    expect(new Set(pairs.map(({ id }) => id)).size).toBe(pairs.length);
  });
});

describe('records as a table', () => {
  test('a row per record: its id, the mapped fields as people read them, and what the person refused', () => {
    const { file } = toRecordTable([record({ FirstName: 'Ann', Phone: '(202) 555-0123', Region__c: 'emea' })], pairs, names);
    expect(file.table.headers).toEqual([
      'Salesforce ID',
      'First Name',
      'Phone',
      'Region',
      'Region',
      'Score',
      'Salesforce: no email',
      'Salesforce: no calls',
    ]);
    expect(file.table.rows).toEqual([['00Q1', 'Ann', '+12025550123', 'Europe', '', '', '', '']]);
  });

  test('a value no lead can hold stays as it is written there, for the check to name', () => {
    const { file } = toRecordTable([record({ Phone: 'ask Rita' })], pairs, names);
    expect(file.table.rows[0]?.[2]).toBe('ask Rita');
  });

  test('an opt-out of the CRM shuts out the way it names', () => {
    const { file } = toRecordTable([record({}, { optOut: { email: false, phone: true, since: null } })], pairs, names);
    expect(file.table.rows[0]?.slice(-2)).toEqual(['', 'yes']);
    expect(file.optOut?.columns.map(({ kinds }) => kinds)).toEqual([['email'], ['phone']]);
  });

  test('leads and contacts share a column where they mean the same field', () => {
    const both = [...pairs, ...defaultPairs('salesforce', 'contact', KNOWN, FIELDS)];
    const { file } = toRecordTable([record({ FirstName: 'Ann' }), record({ FirstName: 'Bo' }, { type: 'contact' })], both, names);
    expect(file.table.rows.map((row) => row[1])).toEqual(['Ann', 'Bo']);
    expect(file.mapping.filter((entry) => entry.field === 'firstName')).toHaveLength(1);
  });

  test('a line leads back to its record, and the same records are the same content', () => {
    const records = [record({ FirstName: 'Ann' }), record({ FirstName: 'Bo' }, { id: '00Q2' })];
    const made = toRecordTable(records, pairs, names);
    expect(recordAtLine(records, made.file.table.lines[1] ?? 0)?.id).toBe('00Q2');
    expect(toRecordTable(records, pairs, { ...names, now: '2027-01-01T00:00:00.000Z' }).contentSha256).toBe(made.contentSha256);
  });
});
