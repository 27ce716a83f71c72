import { describe, expect, test } from 'vitest';
import type { Mapping } from '#shared/mapping/mapping.ts';
import { buildPlan, createPlanner, type PlanInput } from '#shared/plan/build-plan.ts';
import { countValid, countValidFromPlan } from '#shared/plan/count-valid.ts';
import type { KnownLead } from '#shared/plan/decide-row.ts';
import type { PlannedRow } from '#shared/plan/plan.ts';
import { summarisePlan } from '#shared/plan/summarise-plan.ts';
import { tableOf } from '../../support/table-of.ts';
import { ANN, policyOf, storedLead } from './plan-fixtures.ts';

const HEADERS = ['First', 'Last', 'Email', 'Phone', 'City'];
const MAPPING: Mapping = [
  { column: 0, field: 'firstName' },
  { column: 1, field: 'lastName' },
  { column: 2, field: 'email' },
  { column: 3, field: 'phone' },
  { column: 4, field: 'custom', label: 'City' },
];
const ann = ['Ann', 'Lee', 'ann@example.com', '2025550123', 'Leeds'];
const bob = ['Bob', 'Ray', 'bob@example.com', '2025550124', ''];

function planOf(rows: readonly (readonly string[])[], rest: Partial<PlanInput> = {}) {
  return buildPlan({ table: tableOf(HEADERS, rows), mapping: MAPPING, policy: policyOf(), ...rest });
}
const decisions = (rows: readonly PlannedRow[]) => rows.map((row) => row.decision);
/** A workspace in which these leads are found by their email. */
const findByEmail =
  (...leads: readonly KnownLead[]): NonNullable<PlanInput['findKnown']> =>
  (lead) => ({ leads: leads.filter((known) => known.lead.email === lead.email) });

describe('every row of a file is in the plan once, in its order', () => {
  const rows = [ann, [], ['', ' ', '', '', ''], ['Zoe', '', 'zoe@example.com', '2025550125', ''], bob, ann];
  const plan = planOf(rows, { excludedLines: new Set([6]) });
  test('with its line', () => expect(plan.rows.map((row) => row.line)).toEqual([2, 3, 4, 5, 6, 7]));
  test('with its decision', () => expect(decisions(plan.rows)).toEqual(['auto', 'blank', 'blank', 'reject', 'exclude', 'duplicate']));
  test('and the counts add up', () => {
    const { total, valid, invalid, blank, excluded, decisions: by } = plan.summary;
    expect({ total, valid, invalid, blank, excluded }).toEqual({ total: 6, valid: 2, invalid: 1, blank: 2, excluded: 1 });
    expect(Object.values(by).reduce((sum, count) => sum + count, 0)).toBe(total);
  });
  test('counted again they are the same', () => {
    expect(summarisePlan(plan.rows)).toEqual({ summary: plan.summary, problems: plan.problems });
  });
});

describe('what a row carries', () => {
  test('a good row carries the lead as it will be stored', () => {
    const lead = { ...ANN, customFields: [{ label: 'City', value: 'Leeds' }] };
    expect(planOf([ann]).rows).toEqual([{ line: 2, decision: 'auto', lead }]);
  });
  test('a rejected row carries its cells and each problem its column', () => {
    const cells = ['Ann', '', 'ann', '2025550123', ''];
    const [row] = planOf([cells]).rows;
    expect(row?.raw).toEqual(cells);
    expect(row?.problems?.map(({ code, column }) => [code, column])).toEqual([
      ['last_name_missing', 1],
      ['email_no_at', 2],
    ]);
  });
  test('a row in review carries its cells', () => {
    const shared = ['Bob', 'Ray', 'bob@example.com', '2025550123', ''];
    const [, row] = planOf([ann, shared]).rows;
    expect(row).toMatchObject({
      decision: 'review',
      raw: shared,
      problems: [{ code: 'review_phone_in_file', data: { line: 2 }, column: 3 }],
    });
  });
  test('a missing half of a full name is shown on the column of the full name', () => {
    const table = tableOf(['Name', 'Email', 'Phone'], [['Ann', 'ann@example.com', '2025550123']]);
    const mapping: Mapping = [
      { column: 0, field: 'fullName' },
      { column: 1, field: 'email' },
      { column: 2, field: 'phone' },
    ];
    expect(buildPlan({ table, mapping, policy: policyOf() }).rows[0]?.problems).toMatchObject([{ code: 'last_name_missing', column: 0 }]);
  });
  test('a row with more or fewer cells than columns is kept and flagged, and nothing of it is lost', () => {
    const [short, long] = planOf([ann.slice(0, 4), [...bob, 'extra']]).rows;
    expect(short).toMatchObject({
      decision: 'auto',
      problems: [{ code: 'row_ragged', severity: 'warning', data: { cells: 4, expected: 5 } }],
    });
    expect(long).toMatchObject({ decision: 'auto', problems: [{ code: 'row_ragged', data: { cells: 6, expected: 5 } }] });
    expect(long?.lead?.customFields).toEqual([{ label: 'Column 6', value: 'extra' }]);
  });
  test('a row that held NULs is flagged', () => {
    const plan = planOf([ann, bob], { table: { ...tableOf(HEADERS, [ann, bob]), nulRows: [1] } });
    expect(plan.rows.map((row) => row.problems?.map(({ code }) => code))).toEqual([undefined, ['nul_removed']]);
  });
  test('a table without a header is as wide as its widest row', () => {
    const table = tableOf([], [['Ann', 'Lee', 'ann@example.com', '2025550123']]);
    expect(buildPlan({ table, mapping: MAPPING.slice(0, 4), policy: policyOf() }).rows[0]).toMatchObject({
      line: 1,
      decision: 'auto',
      lead: ANN,
    });
  });
  test('a mend of the header changes no cell of a row: __proto__ is a label like any other', () => {
    const table = tableOf(['Email', '__proto__'], [['ann@example.com', 'x']]);
    const mapping: Mapping = [
      { column: 0, field: 'email' },
      { column: 1, field: 'custom' },
    ];
    const [row] = buildPlan({ table, mapping, policy: policyOf('skip', { require: 'any' }) }).rows;
    expect(row?.lead?.customFields).toEqual([{ label: '__proto__', value: 'x' }]);
  });
});

describe('who claims a key', () => {
  const broken = ['', 'Lee', 'ann@example.com', '2025550123', ''];
  test('a rejected row makes no later one a duplicate', () => expect(decisions(planOf([broken, ann]).rows)).toEqual(['reject', 'auto']));
  test('a row taken out makes no later one a duplicate', () => {
    expect(decisions(planOf([ann, ann], { excludedLines: new Set([2]) }).rows)).toEqual(['exclude', 'auto']);
  });
  test('a suppressed row makes no later one a duplicate', () => {
    const suppressed = { entry: 'ann@example.com', kind: 'email', since: '2026-05-04' } as const;
    const findKnown: PlanInput['findKnown'] = (lead) => (lead.email === 'ann@example.com' ? { leads: [], suppressed } : { leads: [] });
    const sister = ['Ann', 'Lee', 'ann.lee@example.org', '2025550123', ''];
    expect(decisions(planOf([ann, sister], { findKnown }).rows)).toEqual(['suppress', 'create']);
  });
  test('a duplicate makes no later one a duplicate of itself', () => {
    const plan = planOf([ann, ann, ann]);
    expect(plan.rows.map((row) => row.problems?.[0]?.data?.line)).toEqual([undefined, 2, 2]);
    expect(plan.summary.duplicatesInFile).toBe(2);
  });
});

describe('compared with the workspace', () => {
  test('new people are created, known ones are what the rule says', () => {
    const findKnown = findByEmail(storedLead(ANN, ['email'], false, 'ann'));
    const plan = planOf([ann, bob], { findKnown });
    expect(plan.rows).toMatchObject([{ decision: 'add', leadId: 'ann', leadVersion: 3 }, { decision: 'create' }]);
    expect(plan.summary.existing).toBe(1);
  });
  test('without asking the workspace nobody is called new', () =>
    expect(planOf([ann]).summary.decisions).toMatchObject({ create: 0, auto: 1 }));
  test('two rows that lead to one stored lead change it once', () => {
    const stored = storedLead({ ...ANN, altEmail1: 'ann@example.org' }, ['email'], true, 'ann');
    const findKnown: PlanInput['findKnown'] = () => ({ leads: [stored] });
    const second = ['Ann', 'Lee', 'ann@example.org', '2025550199', 'York'];
    const plan = planOf([ann, second], { findKnown, policy: policyOf('fill') });
    expect(plan.rows).toMatchObject([
      { decision: 'update', leadId: 'ann' },
      { decision: 'duplicate', leadId: 'ann', problems: [{ code: 'duplicate_in_file', data: { line: 2 } }] },
    ]);
    expect(plan.summary).toMatchObject({ existing: 1, duplicatesInFile: 1 });
  });
  test('under create anyway a shared phone is stored with a warning', () => {
    const shared = ['Bob', 'Ray', 'bob@example.com', '2025550123', ''];
    const plan = planOf([ann, shared], { policy: policyOf('create') });
    expect(plan.rows[1]).toMatchObject({ decision: 'auto', problems: [{ code: 'phone_shared', severity: 'warning' }] });
    expect(plan.summary.warnings).toBe(1);
  });
  test('where nobody reviews a shared phone is a duplicate', () => {
    const shared = ['Bob', 'Ray', 'bob@example.com', '2025550123', ''];
    expect(decisions(planOf([ann, shared], { unattended: true }).rows)).toEqual(['auto', 'duplicate']);
  });
});

test('a warning beside an error is no row with a warning: the row is invalid', () => {
  const plan = planOf([['', 'Lee', 'ann@example.com', '2025550123', '', 'extra']]);
  expect(plan.rows[0]?.problems?.map(({ severity }) => severity)).toEqual(['error', 'warning']);
  expect(plan.summary).toMatchObject({ invalid: 1, warnings: 0 });
});

test('problems are counted by column, errors first, the most frequent first', () => {
  const noEmail = ['Cy', 'Poe', '', '2025550126', ''];
  const plan = planOf([noEmail, noEmail, ['Di', 'Fox', 'di', '2025550127', ''], [...ann, 'extra'], ann]);
  expect(plan.problems).toEqual([
    { code: 'email_missing', severity: 'error', column: 2, field: 'email', count: 2 },
    { code: 'email_no_at', severity: 'error', column: 2, field: 'email', count: 1 },
    { code: 'row_ragged', severity: 'warning', count: 1 },
    { code: 'duplicate_in_file', severity: 'note', count: 1 },
  ]);
});

describe('in steps', () => {
  const rows = Array.from({ length: 25 }, (_, i) => ['Ann', 'Lee', `ann${i % 20}@example.com`, `20255501${String(10 + i)}`, '']);
  test('a plan is the same as at once, and says how far it is', () => {
    const input: PlanInput = { table: tableOf(HEADERS, rows), mapping: MAPPING, policy: policyOf() };
    const planner = createPlanner(input);
    expect([planner.total, planner.step(10), planner.step(10), planner.step(10)]).toEqual([25, 10, 20, 25]);
    expect(planner.finish()).toEqual(buildPlan(input));
  });
});

describe('how many rows another policy would let through', () => {
  const rows = [ann, [], ['Cy', 'Poe', 'cy@example.com', '', ''], ['Di', 'Fox', '', '', ''], ['Ed', '', '', '2025550126', '']];
  const input: PlanInput = { table: tableOf(HEADERS, rows), mapping: MAPPING, policy: policyOf() };
  test('is counted over the rows that hold something', () => {
    expect(countValid(input, 'complete')).toEqual({ valid: 1, of: 4 });
    expect(countValid(input, 'reachable')).toEqual({ valid: 3, of: 4 });
    expect(countValid(input, 'any')).toEqual({ valid: 4, of: 4 });
    expect(countValid({ ...input, excludedLines: new Set([2]) }, 'any')).toEqual({ valid: 3, of: 3 });
  });
  test('is the same when only the rejected rows of a plan are looked at', () => {
    const plan = buildPlan(input);
    for (const require of ['reachable', 'any'] as const)
      expect(countValidFromPlan(plan, input, require)).toEqual(countValid(input, require));
  });
});
