import { expect, test } from 'vitest';
import type { RequirePolicy } from '#shared/lead/lead.ts';
import type { MappingTarget } from '#shared/mapping/mapping.ts';
import { fieldOfGap, findMappingGaps } from '#shared/mapping/mapping-gaps.ts';

type Row = readonly [reason: string, require: RequirePolicy, fields: readonly MappingTarget[], gaps: readonly string[]];
const ROWS: readonly Row[] = [
  ['all four are fed', 'complete', ['firstName', 'lastName', 'email', 'phone'], []],
  ['a full name feeds both names', 'complete', ['fullName', 'email', 'phone'], []],
  ['an alternate phone is not the phone', 'complete', ['fullName', 'email', 'altPhone1'], ['phone_missing']],
  [
    'an open column feeds nothing',
    'complete',
    ['custom', 'ignore'],
    ['first_name_missing', 'last_name_missing', 'email_missing', 'phone_missing'],
  ],
  ['reachable needs a name and a way', 'reachable', ['lastName', 'linkedinUrl'], []],
  ['reachable without a name', 'reachable', ['email'], ['name_missing']],
  ['reachable without a way', 'reachable', ['fullName', 'companyName'], ['unreachable']],
  ['any needs one of them', 'any', ['phone'], []],
  ['any with none', 'any', ['companyName'], ['nobody']],
];
test.each(ROWS)('%s', (_, require, fields, gaps) => {
  expect(
    findMappingGaps(
      fields.map((field, column) => ({ column, field })),
      require,
    ),
  ).toEqual(gaps);
});
test('a constant feeds a field as well', () => {
  expect(
    findMappingGaps(
      [
        { column: 0, field: 'fullName' },
        { field: 'email', value: 'team@example.com' },
      ],
      'reachable',
    ),
  ).toEqual([]);
});
test('a gap of one field is marked on it', () => expect([fieldOfGap('phone_missing'), fieldOfGap('unreachable')]).toEqual(['phone', null]));
