import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Lead, LeadKey } from '#shared/lead/lead.ts';
import type { Mapping } from '#shared/mapping/mapping.ts';
import { buildPlan, createPlanner, type FindKnown, type PlanInput } from '#shared/plan/build-plan.ts';
import type { KnownLead } from '#shared/plan/decide-row.ts';
import { DUPLICATE_POLICIES, type ImportPolicy } from '#shared/plan/plan.ts';
import { doneSteps, type RepairStep } from '#shared/plan/repair.ts';
import { createRepairablePlan } from '#shared/plan/repairable-plan.ts';
import { tableOf } from '../../support/table-of.ts';
import { policyOf } from './plan-fixtures.ts';

/** Few values, so that most rows share something with others. */
const FIRST = ['Ann', 'Bob', 'Ánn', ''] as const;
const LAST = ['Lee', 'Ray', ''] as const;
const EMAIL = ['a@x.co', 'b@x.co', 'c@x.co', 'A@x.co ', 'a@gmial.com', 'b@x.co; nobody', 'nobody', ''] as const;
const PHONE = ['2025550123', '+12025550124', '020 7946 0018', '+442079460018', '2025550123 x5', '123', ''] as const;
const PROFILE = ['https://www.linkedin.com/in/ann', 'https://www.linkedin.com/in/bob', 'https://linkedin.com/company/x', ''] as const;
const STAGE = ['Hot', ' hot', 'Cold', ''] as const;
const HEADERS = ['First', 'Last', 'Email', 'Phone', 'LinkedIn', 'Alt email', 'Stage'];
const MAPPING: Mapping = [
  { column: 0, field: 'firstName' },
  { column: 1, field: 'lastName' },
  { column: 2, field: 'email' },
  { column: 3, field: 'phone' },
  { column: 4, field: 'linkedinUrl' },
  { column: 5, field: 'altEmail1' },
  { column: 6, field: 'custom', label: 'Stage', type: 'choice' },
];
const COLUMNS = [FIRST, LAST, EMAIL, PHONE, PROFILE, EMAIL, STAGE] as const;
const MOST_ROWS = 12;

const row = fc.tuple(...COLUMNS.map((values) => fc.constantFrom<string[]>(...values)));
const table = fc.array(fc.oneof({ weight: 12, arbitrary: row }, { weight: 1, arbitrary: fc.constant<string[]>([]) }), {
  minLength: 1,
  maxLength: MOST_ROWS,
});
const line = fc.integer({ min: 2, max: MOST_ROWS + 2 });
const lines = fc.array(line, { maxLength: 4 });
const policy: fc.Arbitrary<ImportPolicy> = fc.record({
  require: fc.constantFrom('complete', 'reachable', 'any'),
  defaultCountry: fc.constantFrom('US', 'GB'),
  strictPhones: fc.boolean(),
  onDuplicate: fc.constantFrom(...DUPLICATE_POLICIES),
  scope: fc.constantFrom('list', 'workspace'),
  overwriteFields: fc.constantFrom([], ['firstName', 'custom:Stage']),
});

const edit = fc.integer({ min: 0, max: COLUMNS.length - 1 }).chain((column) =>
  fc.record({
    kind: fc.constant('edit' as const),
    line,
    column: fc.constant(column),
    value: fc.constantFrom<string[]>(...(COLUMNS[column] ?? [])),
  }),
);
const decide = fc.record(
  {
    kind: fc.constant('decide' as const),
    lines: fc.oneof(lines, fc.constant('all' as const)),
    as: fc.constantFrom('create', 'same', 'skip'),
    leadId: fc.constantFrom('lead-0', 'lead-1', 'lead-2'),
  },
  { requiredKeys: ['kind', 'lines', 'as'] },
);
const bulk = fc.constantFrom<RepairStep[]>(
  { kind: 'setCountry', column: 3, country: 'GB' },
  { kind: 'setCountry', column: 3, country: 'GB', code: 'phone_invalid' },
  { kind: 'setCountry', column: 3, country: 'US', code: 'phone_doubtful' },
  { kind: 'dropValues', column: 5, code: 'email_no_at' },
  { kind: 'dropValues', column: 2, code: 'emails_spread' },
  { kind: 'dropValues', column: 3, code: 'phone_invalid' },
  { kind: 'dropValues', column: 4, code: 'linkedin_company' },
  { kind: 'trim' },
  { kind: 'trim', column: 2 },
  { kind: 'replaceValue', column: 6, from: 'hot', to: 'Hot' },
  { kind: 'replaceValue', column: 2, from: 'nobody', to: 'c@x.co' },
  { kind: 'useFix', column: 2, code: 'email_typo' },
  { kind: 'excludeProblem', code: 'email_missing' },
  { kind: 'excludeProblem', code: 'phone_invalid', column: 3 },
);
const step: fc.Arbitrary<RepairStep> = fc.oneof(
  { weight: 6, arbitrary: edit },
  { weight: 3, arbitrary: bulk },
  { weight: 2, arbitrary: decide as fc.Arbitrary<RepairStep> },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('exclude' as const, 'include' as const), lines }) },
);
const act = fc.oneof({ weight: 5, arbitrary: step }, { weight: 2, arbitrary: fc.constantFrom('undo' as const, 'redo' as const) });

const stored = fc.record({
  email: fc.constantFrom('a@x.co', 'b@x.co', undefined),
  phone: fc.constantFrom('+12025550123', '+442079460018', undefined),
  firstName: fc.constantFrom('Ann', 'Bob'),
  inList: fc.boolean(),
});
const workspace = fc.option(fc.record({ leads: fc.array(stored, { maxLength: 3 }), held: fc.constantFrom(null, 'c@x.co') }), { nil: null });
type Workspace = NonNullable<typeof workspace extends fc.Arbitrary<infer W> ? W : never>;

/** Looks into a small workspace as the server does. */
function findIn({ leads, held }: Workspace): FindKnown {
  return (_: Lead, keys: readonly LeadKey[]) => {
    const found: KnownLead[] = [];
    for (const [number, { inList, ...rest }] of leads.entries()) {
      const matchedOn = keys
        .filter(({ kind, value }) => (kind === 'email' || kind === 'phone') && rest[kind] === value)
        .map(({ kind }) => kind);
      const lead = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
      if (matchedOn.length > 0) found.push({ id: `lead-${number}`, version: 1, inList, matchedOn: [...new Set(matchedOn)], lead });
    }
    if (!keys.some(({ value }) => value === held)) return { leads: found };
    return { leads: found, suppressed: { entry: held ?? '', kind: 'email', since: '2026-05-04' } };
  };
}

function inputOf(
  rows: readonly string[][],
  rest: Pick<PlanInput, 'policy'>,
  found: Workspace | null,
  excluded: readonly number[],
): PlanInput {
  const known = found ? { findKnown: findIn(found) } : {};
  return { table: tableOf(HEADERS, rows), mapping: MAPPING, excludedLines: new Set(excluded), ...rest, ...known };
}

describe('a plan that is mended step by step', () => {
  test('is after every step the plan that is made from scratch with the same steps', () => {
    fc.assert(
      fc.property(table, policy, workspace, lines, fc.array(act, { minLength: 1, maxLength: 8 }), (rows, rules, found, excluded, acts) => {
        const input = inputOf(rows, { policy: rules }, found, excluded);
        const plan = createRepairablePlan(input, buildPlan(input));
        for (const one of acts) {
          if (one === 'undo') plan.undo();
          else if (one === 'redo') plan.redo();
          else plan.apply(one);
          expect(plan.plan()).toEqual(buildPlan({ ...input, repair: doneSteps(plan.repair()) }));
        }
      }),
      { numRuns: 1_500 },
    );
  });

  test('so it is where a whole office shares one number', () => {
    const colleague = fc.tuple(
      fc.constantFrom('Ann', 'Bob', 'Cy'),
      fc.constant('Lee'),
      fc.constantFrom('', '', 'a@x.co', 'b@x.co', 'c@x.co', 'd@x.co', 'e@x.co'),
      fc.constantFrom('2025550123', '2025550123', '2025550123', ''),
      fc.constantFrom('', ...PROFILE.slice(0, 2)),
    );
    const office = fc.array(colleague as fc.Arbitrary<string[]>, { minLength: 3, maxLength: 8 });
    const leads = (['a@x.co', 'b@x.co'] as const).map(
      (email) => ({ email, phone: '+12025550123', firstName: 'Ann', inList: true }) as const,
    );
    const known = fc.constantFrom<Workspace | null>(null, { leads, held: null });
    const rules = fc.constantFrom('create' as const, 'create' as const, 'fill' as const, 'skip' as const);
    const acts = fc.array(act, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(office, rules, known, acts, (rows, onDuplicate, found, todo) => {
        const input = inputOf(
          rows.map((cells) => [...cells, '', '']),
          { policy: policyOf(onDuplicate, { require: 'any' }) },
          found,
          [],
        );
        const plan = createRepairablePlan(input, buildPlan(input));
        for (const one of todo) {
          if (one === 'undo') plan.undo();
          else if (one === 'redo') plan.redo();
          else plan.apply(one);
          expect(plan.plan()).toEqual(buildPlan({ ...input, repair: doneSteps(plan.repair()) }));
        }
      }),
      { numRuns: 1_500 },
    );
  });

  test('goes on where it was left: opened again with its steps it undoes and redoes as before', () => {
    fc.assert(
      fc.property(
        table,
        policy,
        workspace,
        fc.array(step, { minLength: 1, maxLength: 6 }),
        fc.nat(6),
        (rows, rules, found, steps, undone) => {
          const input = inputOf(rows, { policy: rules }, found, []);
          const done = Math.max(0, steps.length - undone);
          const planned = createPlanner({ ...input, repair: steps.slice(0, done) }).finish();
          const plan = createRepairablePlan(input, planned, { steps, done });
          expect(plan.plan()).toEqual(planned);
          plan.prepare(3);
          while (plan.undo()) expect(plan.plan()).toEqual(buildPlan({ ...input, repair: doneSteps(plan.repair()) }));
          while (plan.redo()) expect(plan.plan()).toEqual(buildPlan({ ...input, repair: doneSteps(plan.repair()) }));
          expect(plan.repair()).toEqual({ steps, done: steps.length });
        },
      ),
      { numRuns: 300 },
    );
  });

  test('follows the workspace when it is asked again', () => {
    fc.assert(
      fc.property(table, policy, workspace, workspace, fc.array(step, { maxLength: 3 }), (rows, rules, before, after, steps) => {
        const input = inputOf(rows, { policy: rules }, before, []);
        const plan = createRepairablePlan(input, buildPlan(input));
        for (const one of steps) plan.apply(one);
        const now = after ?? { leads: [], held: null };
        plan.learn(findIn(now));
        expect(plan.plan()).toEqual(buildPlan({ ...input, findKnown: findIn(now), repair: steps }));
      }),
      { numRuns: 300 },
    );
  });
});
