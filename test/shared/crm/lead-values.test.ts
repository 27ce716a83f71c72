import { expect, test } from 'vitest';
import { leadToPairValues, recordToPairValues, recordToRawLead, toPatch } from '../../../shared/crm/lead-values.ts';
import { pair } from './pairs.ts';

const TITLE = pair();
const TAGS = pair({ id: 't', local: { kind: 'field', id: 'tags' }, remote: 'tags' });
const PHONE = pair({ id: 'p', local: { kind: 'field', id: 'phone' }, remote: 'phone', valueType: 'phone' });
const SIZE = pair({
  id: 's',
  local: { kind: 'custom', label: 'Size' },
  remote: 'size',
  valueType: 'choice',
  options: [{ value: 'l', label: 'Large' }],
});
const PAIRS = [TITLE, TAGS, PHONE, SIZE];
const US = { defaultCountry: 'US' };

test('a lead is told by pair; blanks are absent', () => {
  const lead = { jobTitle: 'CEO', tags: ['a', 'b'], customFields: [{ label: 'Size', value: 'Large' }] };
  expect([...leadToPairValues(PAIRS, lead)]).toEqual([
    ['a', 'CEO'],
    ['t', 'a; b'],
    ['s', 'Large'],
  ]);
});

test('a record is told by pair, as the CRM writes it', () => {
  expect([
    ...recordToPairValues(
      PAIRS,
      new Map([
        ['phone', '(202) 555-0123'],
        ['size', ''],
      ]),
    ),
  ]).toEqual([['p', '(202) 555-0123']]);
});

test('a new lead gets what travels in, as Leadline writes it, and what a field cannot hold as it is', () => {
  const record = new Map([
    ['jobtitle', 'CEO'],
    ['phone', '(202) 555-0123'],
    ['size', 'l'],
  ]);
  const kept = { label: 'Size', value: 'Large', type: 'choice' };
  expect(recordToRawLead(PAIRS, record, US)).toEqual({ jobTitle: 'CEO', phone: '+12025550123', customFields: [kept] });
  expect(
    recordToRawLead(
      [{ ...TITLE, direction: 'out' }, PHONE],
      new Map([
        ['jobtitle', 'CEO'],
        ['phone', 'call me'],
      ]),
      US,
    ),
  ).toEqual({
    phone: 'call me',
  });
});

test('a change of one custom field leaves the others as they are', () => {
  const lead = {
    customFields: [
      { label: 'City', value: 'Bonn' },
      { label: 'Size', value: 'Large' },
    ],
  };
  expect(toPatch(PAIRS, lead, new Map([['a', '']]))).toEqual({ jobTitle: '' });
  expect(
    toPatch(
      PAIRS,
      lead,
      new Map([
        ['s', 'Small'],
        ['t', 'x;y'],
      ]),
    ),
  ).toEqual({
    tags: ['x', 'y'],
    customFields: [
      { label: 'City', value: 'Bonn' },
      { label: 'Size', value: 'Small' },
    ],
  });
  expect(toPatch(PAIRS, lead, new Map([['s', '']]))).toEqual({ customFields: [{ label: 'City', value: 'Bonn' }] });
});
