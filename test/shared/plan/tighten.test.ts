import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Lead } from '#shared/lead/lead.ts';
import { decideRow, type KnownLead, STRICTNESS, tighten, type Verdict } from '#shared/plan/decide-row.ts';
import { DECISIONS, DUPLICATE_POLICIES, type ImportPolicy } from '#shared/plan/plan.ts';
import { ANN, BOB, policyOf, storedLead } from './plan-fixtures.ts';

const RICHER: Lead = { ...ANN, jobTitle: 'COO' };
const inList = storedLead(ANN, ['email']);
const elsewhere = storedLead(ANN, ['email'], false);
const now = (lead: Lead, leads: readonly KnownLead[], policy: ImportPolicy) => decideRow(lead, { earlier: [], leads }, policy);

describe('between the preview and the import', () => {
  type Row = readonly [
    reason: string,
    asked: { readonly decision: (typeof DECISIONS)[number]; readonly leadId?: string },
    leads: readonly KnownLead[],
    target: KnownLead | null,
    policy: ImportPolicy,
    expected: { readonly decision: string; readonly tightened: boolean; readonly because?: string },
  ];
  const ROWS: readonly Row[] = [
    ['nothing changed: a new lead is created', { decision: 'create' }, [], null, policyOf(), { decision: 'create', tightened: false }],
    [
      'somebody imported her into the list',
      { decision: 'create' },
      [inList],
      null,
      policyOf(),
      { decision: 'duplicate', tightened: true, because: 'duplicate_in_list' },
    ],
    [
      'somebody imported her elsewhere',
      { decision: 'create' },
      [elsewhere],
      null,
      policyOf(),
      { decision: 'add', tightened: true, because: 'duplicate_in_workspace' },
    ],
    [
      'a lead nobody saw in the plan is not filled',
      { decision: 'create' },
      [inList],
      null,
      policyOf('fill'),
      { decision: 'duplicate', tightened: true, because: 'duplicate_in_list' },
    ],
    [
      'a new lead whose phone is taken now is a question',
      { decision: 'create' },
      [storedLead(BOB, ['phone'])],
      null,
      policyOf(),
      { decision: 'review', tightened: true, because: 'review_phone' },
    ],
    [
      'nothing changed: blanks are filled',
      { decision: 'update', leadId: 'lead-1' },
      [inList],
      inList,
      policyOf('fill'),
      { decision: 'update', tightened: false },
    ],
    [
      'the blank is filled by now',
      { decision: 'update', leadId: 'lead-1' },
      [storedLead(RICHER, ['email'])],
      storedLead(RICHER, []),
      policyOf('fill'),
      { decision: 'duplicate', tightened: true, because: 'duplicate_in_list' },
    ],
    [
      'the lead to update is gone',
      { decision: 'update', leadId: 'lead-1' },
      [],
      null,
      policyOf('fill'),
      { decision: 'reject', tightened: true, because: 'target_gone' },
    ],
    [
      'the lead to add is gone',
      { decision: 'add', leadId: 'lead-1' },
      [],
      null,
      policyOf(),
      { decision: 'reject', tightened: true, because: 'target_gone' },
    ],
    [
      'the lead it repeats is gone',
      { decision: 'duplicate', leadId: 'lead-1' },
      [],
      null,
      policyOf(),
      { decision: 'reject', tightened: true, because: 'target_gone' },
    ],
    [
      'a duplicate of an earlier row needs no lead',
      { decision: 'duplicate' },
      [],
      null,
      policyOf(),
      { decision: 'duplicate', tightened: false },
    ],
    [
      'nothing changed: she joins the list',
      { decision: 'add', leadId: 'lead-1' },
      [elsewhere],
      elsewhere,
      policyOf(),
      { decision: 'add', tightened: false },
    ],
    [
      'she joined the list by herself',
      { decision: 'add', leadId: 'lead-1' },
      [inList],
      inList,
      policyOf(),
      { decision: 'duplicate', tightened: true, because: 'duplicate_in_list' },
    ],
    [
      'her keys lead to another lead now',
      { decision: 'add', leadId: 'lead-1' },
      [storedLead(ANN, ['email'], false, 'lead-2')],
      elsewhere,
      policyOf(),
      { decision: 'review', tightened: true, because: 'review_changed' },
    ],
    [
      'her address changed, the row leads to nobody',
      { decision: 'update', leadId: 'lead-1' },
      [],
      storedLead(BOB, []),
      policyOf('fill'),
      { decision: 'review', tightened: true, because: 'review_changed' },
    ],
    ['a row taken out stays out', { decision: 'exclude' }, [], null, policyOf(), { decision: 'exclude', tightened: false }],
    ['a row in review stays in review', { decision: 'review' }, [], null, policyOf(), { decision: 'review', tightened: false }],
  ];
  test.each(ROWS)('%s', (_, asked, leads, target, policy, { because, ...expected }) => {
    const settled = tighten(asked, now(RICHER, leads, policy), target, RICHER, policy);
    expect(settled).toMatchObject(expected);
    expect(settled.because?.code).toBe(because);
  });

  test('a row nobody decided is decided here, and is no change since the preview', () => {
    const verdict = now(RICHER, [inList], policyOf('fill'));
    expect(tighten({ decision: 'auto' }, verdict, null, RICHER, policyOf('fill'))).toEqual({ ...verdict, tightened: false });
  });
  test('an opted-out address stops every write', () => {
    const suppressed = { entry: 'ann@example.com', kind: 'email', since: '2026-05-04' } as const;
    for (const decision of ['create', 'update', 'add'] as const) {
      const verdict = decideRow(RICHER, { earlier: [], leads: [inList], suppressed }, policyOf('fill'));
      expect(tighten({ decision, leadId: 'lead-1' }, verdict, inList, RICHER, policyOf('fill'))).toMatchObject({
        decision: 'suppress',
        tightened: true,
      });
    }
  });
  test('a second row about a lead of the same file never changes it', () => {
    const verdict = decideRow(
      RICHER,
      { earlier: [{ line: 2, matchedOn: ['email'], lead: ANN, leadId: 'lead-1' }], leads: [] },
      policyOf('fill'),
    );
    const settled = tighten({ decision: 'update', leadId: 'lead-1' }, verdict, inList, RICHER, policyOf('fill'));
    expect(settled).toMatchObject({ decision: 'duplicate', because: { code: 'duplicate_in_file' } });
    expect(settled.changes).toBeUndefined();
  });
  test('an update writes what is right now, not what was right at the preview', () => {
    const target = storedLead({ ...ANN, companyName: 'Fernhill' }, ['email']);
    const incoming = { ...RICHER, companyName: 'Old Fernhill' };
    const settled = tighten(
      { decision: 'update', leadId: 'lead-1' },
      now(incoming, [target], policyOf('fill')),
      target,
      incoming,
      policyOf('fill'),
    );
    expect(settled.changes).toEqual([{ field: 'jobTitle', old: '', new: 'COO' }]);
  });
});

describe('a row that was in review and answered', () => {
  const switchboard = storedLead(BOB, ['phone']);
  const question = now(ANN, [switchboard], policyOf());
  test('asks no more: as a new lead it is created', () => {
    expect(question.decision).toBe('review');
    for (const decision of ['create', 'auto'] as const)
      expect(tighten({ decision, answered: 'create' }, question, null, ANN, policyOf())).toEqual({ decision: 'create', tightened: false });
  });
  test('as the same person the lead is changed as the policy says', () => {
    const policy = policyOf('fill');
    const settled = tighten({ decision: 'update', leadId: 'lead-1', answered: 'same' }, question, switchboard, RICHER, policy);
    expect(settled).toMatchObject({ decision: 'update', leadId: 'lead-1', tightened: false });
    expect(settled.changes).toEqual([{ field: 'jobTitle', old: '', new: 'COO' }]);
  });
  test('without the answer it is a question still', () => {
    expect(tighten({ decision: 'create' }, question, null, ANN, policyOf())).toMatchObject({ decision: 'review', tightened: true });
  });
  test('somebody who is known by email meanwhile is not created all the same', () => {
    const verdict = now(ANN, [inList], policyOf());
    expect(tighten({ decision: 'create', answered: 'create' }, verdict, null, ANN, policyOf())).toMatchObject({
      decision: 'duplicate',
      tightened: true,
    });
  });
  test('an opt-out goes before every answer', () => {
    const suppressed = { entry: 'ann@example.com', kind: 'email', since: '2026-01-01' } as const;
    const verdict = decideRow(ANN, { earlier: [], leads: [switchboard], suppressed }, policyOf());
    expect(tighten({ decision: 'create', answered: 'create' }, verdict, null, ANN, policyOf())).toMatchObject({
      decision: 'suppress',
      tightened: true,
    });
  });
});

describe('whatever happened in between', () => {
  const word = fc.constantFrom('', 'ann', 'bob', 'cleo');
  const text = fc.option(word, { nil: undefined });
  const lead = fc.record({ firstName: text, email: text, phone: text, jobTitle: text }).map((values): Lead => {
    const filled = Object.entries(values).filter(([, value]) => value);
    return Object.fromEntries(filled); // names of text fields only
  });
  const matchedOn = fc.subarray(['email', 'phone', 'linkedin'] as const, { minLength: 1 });
  const known = fc.record({ id: fc.constantFrom('a', 'b'), version: fc.nat(3), inList: fc.boolean(), matchedOn, lead });
  const policy = fc
    .record({ onDuplicate: fc.constantFrom(...DUPLICATE_POLICIES), scope: fc.constantFrom('list' as const, 'workspace' as const) })
    .map(({ onDuplicate, scope }) => policyOf(onDuplicate, { scope, overwriteFields: ['jobTitle', 'email'] }));
  const situation = fc.record({
    asked: fc.record(
      {
        decision: fc.constantFrom(...DECISIONS.filter((one) => one !== 'auto')),
        leadId: fc.constantFrom('a', 'b'),
        answered: fc.constantFrom('create' as const, 'same' as const),
      },
      { requiredKeys: ['decision', 'leadId'] },
    ),
    row: lead,
    leads: fc.uniqueArray(known, { selector: ({ id }) => id, maxLength: 2 }),
    earlier: fc.array(fc.record({ line: fc.nat(9), matchedOn, lead }), { maxLength: 2 }),
    isSuppressed: fc.boolean(),
    isThere: fc.boolean(),
    policy,
    unattended: fc.boolean(),
  });

  test('the server only ever gets stricter, and says so when it does', () => {
    fc.assert(
      fc.property(situation, ({ asked, row, leads, earlier, isSuppressed, isThere, policy: rules, unattended }) => {
        const by = isSuppressed ? { suppressed: { entry: 'x', kind: 'email', since: '2026-01-01' } as const } : {};
        const verdict: Verdict = decideRow(row, { earlier, leads, ...by }, rules, { unattended });
        const target = isThere ? (leads.find(({ id }) => id === asked.leadId) ?? storedLead(BOB, [], false, asked.leadId)) : null;
        const settled = tighten(asked, verdict, target, row, rules);
        expect(STRICTNESS[settled.decision]).toBeGreaterThanOrEqual(STRICTNESS[asked.decision]);
        expect(settled.tightened).toBe(settled.decision !== asked.decision);
        const writes = settled.decision === 'create' || settled.decision === 'update' || settled.decision === 'add';
        if (isSuppressed) expect(writes).toBe(false);
        if (settled.decision !== 'update' && settled.decision !== 'add') expect(settled.changes).toBeUndefined();
        if (settled.decision === 'update') expect(settled.leadId).toBe(asked.leadId);
      }),
      { numRuns: 3_000 },
    );
  });
});
