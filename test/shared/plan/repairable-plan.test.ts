import { describe, expect, test } from 'vitest';
import type { Mapping } from '#shared/mapping/mapping.ts';
import { buildPlan, type PlanInput } from '#shared/plan/build-plan.ts';
import { comparePlans } from '#shared/plan/compare-plans.ts';
import { createRowFinder, groupOf, liveRows, viewRow } from '#shared/plan/find-rows.ts';
import type { RepairStep } from '#shared/plan/repair.ts';
import { createRepairablePlan } from '#shared/plan/repairable-plan.ts';
import { splitChunks } from '#shared/plan/split-chunks.ts';
import { findUnknownValues } from '#shared/plan/unknown-values.ts';
import { tableOf } from '../../support/table-of.ts';
import { ANN, BOB, policyOf, storedLead } from './plan-fixtures.ts';

const HEADERS = ['First', 'Last', 'Email', 'Phone', 'Stage'];
const MAPPING: Mapping = [
  { column: 0, field: 'firstName' },
  { column: 1, field: 'lastName' },
  { column: 2, field: 'email' },
  { column: 3, field: 'phone' },
  { column: 4, field: 'custom', label: 'Stage', type: 'choice' },
];
const ann = ['Ann', 'Lee', 'ann@example.com', '2025550123', 'Hot'];
const bob = ['Bob', 'Ray', 'bob@example.com', '2025550123', 'hot'];
const cy = ['Cy', 'Poe', 'cy@gmial.com', '020 7946 0018', ' Cold'];

function mendable(rows: readonly (readonly string[])[], rest: Partial<PlanInput> = {}) {
  const input: PlanInput = {
    table: tableOf(HEADERS, rows),
    mapping: MAPPING,
    policy: policyOf(),
    findKnown: () => ({ leads: [] }),
    ...rest,
  };
  return createRepairablePlan(input, buildPlan(input));
}
const decisionsOf = (plan: ReturnType<typeof mendable>) => plan.plan().rows.map((row) => row.decision);

describe('mending a file', () => {
  test('an edited cell makes a bad row good, and the counts follow', () => {
    const plan = mendable([ann, cy]);
    expect(plan.plan().summary).toMatchObject({ valid: 1, invalid: 1, warnings: 0 });
    plan.apply({ kind: 'edit', line: 3, column: 3, value: '+442079460018' });
    expect(plan.plan().summary).toMatchObject({ valid: 2, invalid: 0, warnings: 1 });
    expect(plan.plan().problems).toEqual([{ code: 'email_typo', severity: 'warning', column: 2, field: 'email', count: 1 }]);
    plan.undo();
    expect(plan.plan().summary).toMatchObject({ valid: 1, invalid: 1 });
  });
  test('bulk fixes bring a messy file to zero problems', () => {
    const plan = mendable([ann, cy]);
    plan.apply({ kind: 'setCountry', column: 3, country: 'GB', code: 'phone_invalid' });
    plan.apply({ kind: 'useFix', column: 2, code: 'email_typo' });
    expect(plan.plan().problems).toEqual([]);
    expect(plan.row(1)?.lead).toMatchObject({ email: 'cy@gmail.com', phone: '+442079460018' });
  });
  test('a row that was mended in part and is still bad keeps the cells as the user had them', () => {
    const plan = mendable([cy]);
    plan.apply({ kind: 'useFix', column: 2, code: 'email_typo' });
    expect(plan.row(0)).toMatchObject({ decision: 'reject', raw: cy, lead: { email: 'cy@gmail.com' } });
  });
  test('when the row that was to be stored goes, the next of its group is stored', () => {
    const plan = mendable([ann, ann, ann]);
    expect(decisionsOf(plan)).toEqual(['create', 'duplicate', 'duplicate']);
    plan.apply({ kind: 'exclude', lines: [2] });
    expect(decisionsOf(plan)).toEqual(['exclude', 'create', 'duplicate']);
    plan.apply({ kind: 'include', lines: [2] });
    expect(decisionsOf(plan)).toEqual(['create', 'duplicate', 'duplicate']);
  });
  test('an edit decides again its own row, and of the others only those that share a key with it', () => {
    const others = Array.from({ length: 200 }, (_, at) => [
      'Di',
      'Fox',
      `di${at}@example.com`,
      `2025551${String(at).padStart(3, '0')}`,
      '',
    ]);
    const plan = mendable([ann, ...others, ann]);
    const alone = plan.apply({ kind: 'edit', line: 50, column: 2, value: 'new@example.com' });
    expect(alone).toEqual({ mended: [48], decided: [48] });
    const shared = plan.apply({ kind: 'edit', line: 2, column: 2, value: 'other@example.com' });
    expect(shared).toEqual({ mended: [0], decided: [0, 201] });
    const unseen = plan.apply({ kind: 'edit', line: 2, column: 4, value: 'Cold' });
    expect(unseen.decided).toEqual([0]);
  });
  test('a namesake on a shared number is still found when another person comes to stand above', () => {
    const row = (first: string, email: string, phone = '2025550123') => [first, 'Lee', email, phone, ''];
    const plan = mendable([row('Bob', 'b@example.com', '2025550199'), row('Ann', 'a@example.com'), row('Ann', 'c@example.com')], {
      policy: policyOf('create'),
    });
    plan.apply({ kind: 'edit', line: 2, column: 3, value: '2025550123' });
    expect(plan.plan().rows).toMatchObject([
      { decision: 'create' },
      { decision: 'create', problems: [{ code: 'phone_shared', data: { line: 2 } }] },
      { decision: 'duplicate', problems: [{ code: 'duplicate_in_file', data: { line: 3 } }] },
    ]);
  });
  test('a row that repeats one above follows it to another stored lead', () => {
    const leads = ['one', 'two'].map((id) => storedLead({ email: 'ann@example.com' }, ['email'], true, id));
    const plan = mendable([ann, ann], { findKnown: () => ({ leads }), policy: policyOf('fill') });
    for (const leadId of ['one', 'two']) {
      plan.apply({ kind: 'decide', lines: [2], as: 'same', leadId });
      expect(plan.plan().rows).toMatchObject([
        { decision: 'update', leadId },
        { decision: 'duplicate', leadId },
      ]);
    }
  });
  test('a missing cell of a short row is there once it is written, and a blank row can be filled', () => {
    const plan = mendable([ann.slice(0, 2), []], { policy: policyOf('skip', { require: 'any' }) });
    plan.apply({ kind: 'edit', line: 2, column: 2, value: 'ann@example.com' });
    plan.apply({ kind: 'edit', line: 3, column: 2, value: 'zoe@example.com' });
    expect(plan.plan().rows.map(({ lead }) => lead?.email)).toEqual(['ann@example.com', 'zoe@example.com']);
    expect(plan.plan().problems).toEqual([]);
  });
  test('a long change goes in pieces, and comes to the same', () => {
    const many = Array.from({ length: 1_300 }, (_, at) => ['Di', 'Fox', `di${at}@example.com`, '020 7946 0018', '']);
    const step: RepairStep = { kind: 'setCountry', column: 3, country: 'GB' };
    const [atOnce, inPieces] = [mendable(many), mendable(many)];
    atOnce.apply(step);
    expect([...inPieces.inPieces.apply(step)]).toEqual([500, 1_000, 500, 1_000]);
    expect(inPieces.plan()).toEqual(atOnce.plan());
  });
  test('rows with a problem go all at once', () => {
    const plan = mendable([ann, cy, cy]);
    expect(plan.apply({ kind: 'excludeProblem', code: 'phone_invalid' }).mended).toEqual([1, 2]);
    expect(plan.plan().summary).toMatchObject({ excluded: 2, invalid: 0 });
  });
});

describe('answering rows in review before the import', () => {
  const answer = (as: 'create' | 'same' | 'skip', lines: readonly number[] | 'all' = 'all'): RepairStep => ({ kind: 'decide', lines, as });
  test('another person on the same phone: one by one or all alike', () => {
    const plan = mendable([ann, bob]);
    expect(decisionsOf(plan)).toEqual(['create', 'review']);
    plan.apply(answer('create'));
    expect(plan.row(1)).toMatchObject({ decision: 'create', answered: 'create', problems: [{ code: 'phone_shared' }] });
    plan.apply(answer('same', [3]));
    expect(plan.row(1)).toMatchObject({
      decision: 'duplicate',
      answered: 'same',
      problems: [{ code: 'duplicate_in_file', data: { line: 2 } }],
    });
    plan.undo();
    plan.undo();
    plan.apply(answer('skip'));
    expect(plan.row(1)).toMatchObject({ decision: 'exclude', answered: 'skip' });
  });
  test('the same as a stored lead: what the policy says of that lead', () => {
    const stored = storedLead(BOB, ['phone'], true, 'bob');
    const plan = mendable([ann], { findKnown: () => ({ leads: [stored] }), policy: policyOf('overwrite', { overwriteFields: ['email'] }) });
    expect(plan.row(0)).toMatchObject({ decision: 'review', leadId: 'bob' });
    plan.apply(answer('same'));
    expect(plan.row(0)).toMatchObject({ decision: 'update', leadId: 'bob', answered: 'same' });
    expect(viewRow(plan, 0)?.changes).toEqual([{ field: 'email', old: 'bob@example.com', new: 'ann@example.com' }]);
  });
  test('of several stored leads one has to be named', () => {
    const leads = [storedLead(ANN, ['email'], true, 'one'), storedLead(BOB, ['email'], true, 'two')];
    const plan = mendable([ann], { findKnown: () => ({ leads }) });
    plan.apply(answer('same'));
    expect(plan.row(0)).toMatchObject({ decision: 'review', problems: [{ code: 'review_several' }] });
    plan.apply({ kind: 'decide', lines: [2], as: 'same', leadId: 'two' });
    expect(plan.row(0)).toMatchObject({ decision: 'duplicate', leadId: 'two', answered: 'same' });
  });
  test('an answer to a row that does not ask changes nothing', () => {
    const plan = mendable([ann, cy]);
    const before = plan.plan();
    plan.apply(answer('skip'));
    expect(plan.plan()).toEqual(before);
  });
  test('the answer travels with the row, so that nobody is asked twice', () => {
    const plan = mendable([ann, bob]);
    plan.apply(answer('create'));
    const [chunk] = splitChunks(plan.plan().rows);
    expect(chunk?.rows.map(({ answered }) => answered)).toEqual([undefined, 'create']);
  });
});

describe('finding rows', () => {
  const plan = mendable([ann, bob, cy, [], ann]);
  const finder = createRowFinder(plan);
  const count = (query: Parameters<typeof finder.find>[0]) => finder.find(query, 0, 10).rows;
  test('by decision, problem, severity and column', () => {
    expect(count({ decisions: ['review', 'duplicate'] })).toEqual([1, 4]);
    expect(count({ code: 'phone_invalid' })).toEqual([2]);
    expect(count({ severity: 'warning', column: 2 })).toEqual([2]);
    expect(count({ severity: 'error', column: 2 })).toEqual([]);
  });
  test('by text, whatever its case, in one column or in all', () => {
    expect(count({ text: 'ANN' })).toEqual([0, 4]);
    expect(count({ text: 'hot', column: 4 })).toEqual([0, 1, 4]);
    expect(count({ text: 'hot', column: 0 })).toEqual([]);
  });
  test('among the rows of one problem a text is looked for in every cell, not only in the one with the problem', () => {
    expect(count({ code: 'phone_invalid', column: 3, text: 'poe' })).toEqual([2]);
    expect(count({ code: 'phone_invalid', column: 3, text: 'ann' })).toEqual([]);
  });
  test('page by page, with the count of all', () => {
    expect(finder.find({}, 1, 2)).toEqual({ count: 5, rows: [1, 2] });
  });
  test('changed rows are found by their text now and before, until it is undone', () => {
    plan.apply({ kind: 'edit', line: 4, column: 0, value: 'Cyril' });
    expect([count({ changed: true }), count({ text: 'cyril' }), count({ text: 'cy\n' })]).toEqual([[2], [2], [2]]);
    expect(viewRow(plan, 2)).toMatchObject({ original: cy, cells: ['Cyril', ...cy.slice(1)], changedColumns: [0], excluded: false });
    plan.undo();
    expect([count({ changed: true }), count({ text: 'cyril' })]).toEqual([[], []]);
  });
  test('a group names the rows that share a key and which of them is stored', () => {
    expect(groupOf(plan, 4)).toMatchObject([
      { line: 2, decision: 'create', stored: true },
      { line: 3, decision: 'review', stored: false },
      { line: 6, decision: 'duplicate', stored: false },
    ]);
    expect(groupOf(plan, 2)).toEqual([]);
  });
});

describe('values the workspace does not know', () => {
  const columns = [{ column: 4, kind: 'choice', known: ['Hot', 'Warm'] }] as const;
  test('are listed once with their count, and mapped once', () => {
    const plan = mendable([ann, bob, cy, cy]);
    expect(findUnknownValues(liveRows(plan), columns)).toEqual([
      {
        column: 4,
        values: [
          { value: 'Cold', count: 2 },
          { value: 'hot', count: 1, suggestion: 'Hot' },
        ],
      },
    ]);
    plan.apply({ kind: 'replaceValue', column: 4, from: 'hot', to: 'Hot' });
    plan.apply({ kind: 'replaceValue', column: 4, from: 'Cold', to: 'Warm' });
    expect(findUnknownValues(liveRows(plan), columns)).toEqual([]);
  });
  test('an owner is known whatever the case; a blank or "none" asks nothing', () => {
    const rows = [['Ann@Example.com'], ['zoe@example.com'], [''], ['n/a'], ['nobody']];
    expect(findUnknownValues(rows, [{ column: 0, kind: 'owner', known: ['ann@example.com'] }])).toEqual([
      {
        column: 0,
        values: [
          { value: 'nobody', count: 1 },
          { value: 'zoe@example.com', count: 1 },
        ],
      },
    ]);
  });
});

test('when the workspace has changed, the difference is told row by row and counted', () => {
  const plan = mendable([ann, cy, ['Di', 'Fox', 'di@example.com', '2025550127', '']]);
  const before = { rows: [...plan.plan().rows] };
  plan.learn((lead) => ({ leads: lead.email === ANN.email ? [storedLead(ANN, ['email'])] : [] }));
  expect(comparePlans(before, plan.plan())).toEqual({
    rows: [{ line: 2, from: 'create', to: 'duplicate' }],
    counts: [{ from: 'create', to: 'duplicate', count: 1 }],
  });
});
