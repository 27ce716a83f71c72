import { describe, expect, test } from 'vitest';
import type { Mapping } from '#shared/mapping/mapping.ts';
import { findPhoneCountries } from '#shared/mapping/phone-countries.ts';
import { buildPlan } from '#shared/plan/build-plan.ts';
import type { RepairStep } from '#shared/plan/repair.ts';
import { createRepairablePlan } from '#shared/plan/repairable-plan.ts';
import { sentenceForProblem } from '#shared/sentences/en.ts';
import { tableOf } from '../../support/table-of.ts';
import { policyOf } from './plan-fixtures.ts';

const MAPPING: Mapping = [
  { column: 0, field: 'firstName' },
  { column: 1, field: 'lastName' },
  { column: 2, field: 'phone' },
  { column: 3, field: 'custom', label: 'Country' },
];

/** Rows of a phone and its country, planned where bare numbers are of the US. */
function planned(rows: readonly (readonly [phone: string, country: string])[]) {
  const table = tableOf(
    ['First', 'Last', 'Phone', 'Country'],
    rows.map(([phone, country]) => ['Ann', 'Lee', phone, country]),
  );
  const input = { table, mapping: MAPPING, policy: policyOf('skip', { require: 'reachable' }), findKnown: () => ({ leads: [] }) };
  const plan = createRepairablePlan(input, buildPlan(input));
  return { table, plan, phones: () => plan.plan().rows.map((row) => row.lead?.phone) };
}

describe('a number without a country code is of its own row’s country', () => {
  type Row = readonly [country: string, phone: string, e164: string];
  const ROWS: readonly Row[] = [
    ['India', '8123456789', '+918123456789'],
    ['India', '9123456780', '+919123456780'],
    ['China', '13800138000', '+8613800138000'],
    ['France', '0612345678', '+33612345678'],
    ['Denmark', '45123456', '+4545123456'],
    ['Canada', '416 555 0123', '+14165550123'],
    ['US', '(202) 555-0123', '+12025550123'],
  ];
  test.each(ROWS)('%s: %s', (country, phone, e164) => {
    const { plan, phones } = planned([[phone, country]]);
    expect(phones()).toEqual([e164]);
    expect(plan.plan().problems).toEqual([]);
  });
  test('one that says its country keeps it', () => expect(planned([['+33 6 12 34 56 78', 'India']]).phones()).toEqual(['+33612345678']));
  test('a row without a country, or with one nobody knows, has the default one', () =>
    expect(planned([['2025550123', ''], ['2025550124', 'Narnia'], ['8123456789', 'India']]).phones()).toEqual([
      '+12025550123',
      '+12025550124',
      '+918123456789',
    ])); // biome-ignore format: a table
  test('one that does not exist there is said so, and never made another country’s in silence', () => {
    const { plan, phones } = planned([['0612345678', 'United States']]);
    const [row] = plan.plan().rows;
    expect(phones()).toEqual(['+10612345678']);
    expect(row?.problems?.map((one) => sentenceForProblem(one))).toEqual([
      '“0612345678” may not exist in United States, the country of its row. Check its digits and its country.',
    ]);
  });
  test('of one with a code the row’s country is not said', () => {
    const [row] = planned([['+1234567890', 'India']]).plan.plan().rows;
    expect(row?.problems?.map(({ code, data }) => [code, data])).toEqual([['phone_doubtful', undefined]]);
  });
  test('a country typed into the row changes its number', () => {
    const { plan, phones } = planned([['8123456789', ''], ['8123456789', 'India']]); // biome-ignore format: a table
    plan.apply({ kind: 'edit', line: 2, column: 3, value: 'India' });
    expect(phones()).toEqual(['+918123456789', '+918123456789']);
  });
});

describe('one country for many rows', () => {
  const FIX: RepairStep = { kind: 'setCountry', column: 2, country: 'IN', code: 'phone_doubtful' };
  const ROWS = [
    ['0612345678', 'US'],
    ['0812345678', ''],
    ['0712345678', ''],
    ['+1234567890', ''],
    ['2025550123', ''],
  ] as const;
  test('changes rows without a country of their own only', () => {
    const { plan, phones } = planned(ROWS);
    plan.apply(FIX);
    expect(phones().map((phone) => phone?.slice(0, 3))).toEqual(['+10', '+91', '+91', '+12', '+12']);
  });
  test('and says how many before it does', () => {
    const { plan } = planned(ROWS);
    expect(plan.wouldMend(FIX)).toBe(2);
    expect(plan.apply(FIX).mended).toHaveLength(2);
  });
  test('is not proposed for rows that name theirs', () => {
    const { table } = planned([['+918123456789', ''], ['9123456780', 'India']]); // biome-ignore format: a table
    expect(findPhoneCountries(table, MAPPING, 'US')).toEqual([]);
  });
});
