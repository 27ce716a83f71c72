import { describe, expect, test } from 'vitest';
import { foldedLeadName } from '#shared/lead/duplicates.ts';
import type { Lead } from '#shared/lead/lead.ts';
import { decideRow, type Known, type MatchedOn } from '#shared/plan/decide-row.ts';
import type { Decision, DuplicatePolicy, ImportPolicy } from '#shared/plan/plan.ts';
import { ANN, BOB, earlierRow, policyOf, storedLead } from './plan-fixtures.ts';

const decide = (lead: Lead, known: Partial<Known>, policy: ImportPolicy, unattended = false) =>
  decideRow(lead, { earlier: [], leads: [], ...known }, policy, { unattended });

type Row = readonly [
  where: 'nobody' | 'in the list' | 'in the workspace',
  policy: DuplicatePolicy,
  scope: 'list' | 'workspace',
  changes: boolean,
  Decision,
];

describe('a row and the workspace', () => {
  const stored: Lead = { ...ANN, jobTitle: 'Buyer' };
  const same: Lead = ANN;
  const richer: Lead = { ...ANN, companyName: 'Fernhill', jobTitle: 'Head of Sales' };
  const MATRIX: readonly Row[] = [
    ['nobody', 'skip', 'list', true, 'create'],
    ['nobody', 'fill', 'list', true, 'create'],
    ['nobody', 'overwrite', 'list', true, 'create'],
    ['nobody', 'create', 'list', true, 'create'],
    ['in the list', 'skip', 'list', true, 'duplicate'],
    ['in the list', 'fill', 'list', true, 'update'],
    ['in the list', 'fill', 'list', false, 'duplicate'],
    ['in the list', 'overwrite', 'list', true, 'update'],
    ['in the list', 'overwrite', 'list', false, 'duplicate'],
    ['in the list', 'create', 'list', true, 'create'],
    ['in the workspace', 'skip', 'list', true, 'add'],
    ['in the workspace', 'fill', 'list', true, 'add'],
    ['in the workspace', 'overwrite', 'list', true, 'add'],
    ['in the workspace', 'create', 'list', true, 'create'],
    ['in the workspace', 'skip', 'workspace', true, 'duplicate'],
    ['in the workspace', 'fill', 'workspace', true, 'update'],
    ['in the workspace', 'fill', 'workspace', false, 'duplicate'],
    ['in the workspace', 'overwrite', 'workspace', true, 'update'],
    ['in the workspace', 'create', 'workspace', true, 'create'],
    ['in the list', 'skip', 'workspace', true, 'duplicate'],
    ['in the list', 'fill', 'workspace', true, 'update'],
  ];
  test.each(MATRIX)('somebody %s, policy %s, scope %s, new values %s: %s', (where, onDuplicate, scope, changes, decision) => {
    const leads = where === 'nobody' ? [] : [storedLead(stored, ['email'], where === 'in the list')];
    const policy = policyOf(onDuplicate, { scope, overwriteFields: ['jobTitle'] });
    const incoming = changes ? richer : same;
    for (const unattended of [false, true]) expect(decide(incoming, { leads }, policy, unattended).decision).toBe(decision);
  });

  test('adding to the list under skip leaves every field alone', () => {
    expect(decide(richer, { leads: [storedLead(stored, ['email'], false)] }, policyOf('skip')).changes).toBeUndefined();
  });
  test('adding to the list under fill fills what is empty', () => {
    const { changes } = decide(richer, { leads: [storedLead(stored, ['email'], false)] }, policyOf('fill'));
    expect(changes).toEqual([{ field: 'companyName', old: '', new: 'Fernhill' }]);
  });
  test('a decision about a stored lead carries its id, its version and the key', () => {
    const verdict = decide(ANN, { leads: [storedLead(stored, ['linkedin', 'phone'])] }, policyOf('skip'));
    expect(verdict).toMatchObject({ leadId: 'lead-1', leadVersion: 3, matchedOn: 'linkedin', because: { code: 'duplicate_in_list' } });
  });
  test('a lead found outside the list under scope workspace is said to be in the workspace', () => {
    const verdict = decide(ANN, { leads: [storedLead(stored, ['email'], false)] }, policyOf('skip', { scope: 'workspace' }));
    expect(verdict.because?.code).toBe('duplicate_in_workspace');
  });
});

describe('a phone alone', () => {
  const nobodysEmail: Lead = { firstName: 'Bob', lastName: 'Ray', phone: '+12025550123' };
  type PhoneRow = readonly [reason: string, lead: Lead, inList: boolean, unattended: boolean, decision: Decision];
  const ROWS: readonly PhoneRow[] = [
    ['the same name is the same person', { ...ANN, email: 'ann.lee@example.org' }, true, false, 'duplicate'],
    ['case, accents and blanks do not part names', { ...ANN, firstName: ' ÀNN', email: 'a@example.org' }, true, false, 'duplicate'],
    ['a row without an email is the same person', nobodysEmail, true, false, 'duplicate'],
    ['another name and email is a question', BOB, true, false, 'review'],
    ['another name and email outside the list is a question too', BOB, false, false, 'review'],
    ['nobody reviews: in the list it is a duplicate', BOB, true, true, 'duplicate'],
    ['nobody reviews: outside the list it is another person', BOB, false, true, 'create'],
    ['nobody reviews: the same name outside the list joins it', { ...ANN, email: 'ann.lee@example.org' }, false, true, 'add'],
  ];
  test.each(ROWS)('%s', (_, lead, inList, unattended, decision) => {
    expect(decide(lead, { leads: [storedLead(ANN, ['phone'], inList)] }, policyOf(), unattended).decision).toBe(decision);
  });
  test('a stored lead without an email is the same person', () => {
    const { email: _, ...silent } = ANN;
    expect(decide(BOB, { leads: [storedLead(silent, ['phone'])] }, policyOf()).decision).toBe('duplicate');
  });
  test('two leads without a name have no name in common', () => {
    const sales: Lead = { email: 'sales@example.com', phone: '+12025550123' };
    const info: Lead = { email: 'info@example.com', phone: '+12025550123' };
    expect(decide(info, { leads: [storedLead(sales, ['phone'])] }, policyOf('skip', { require: 'any' })).decision).toBe('review');
  });
  test('names that differ in a vowel sign are different names', () => {
    expect(foldedLeadName({ firstName: 'राम' })).not.toBe(foldedLeadName({ firstName: 'रमा' }));
    expect(foldedLeadName({ lastName: 'O’Brien' })).toBe(foldedLeadName({ lastName: "o'brien" }));
  });
  test('under create anyway no stored lead is asked about', () => {
    expect(decide(BOB, { leads: [storedLead(ANN, ['phone'])] }, policyOf('create')).decision).toBe('create');
  });
});

describe('keys of several leads', () => {
  const ann = storedLead(ANN, ['email'], true, 'ann');
  const bob = storedLead(BOB, ['phone'], true, 'bob');
  type SeveralRow = readonly [reason: string, leads: readonly ReturnType<typeof storedLead>[], decision: Decision];
  const ROWS: readonly SeveralRow[] = [
    ['two leads by email and profile', [ann, storedLead(BOB, ['linkedin'], true, 'bob')], 'review'],
    ['one by email, another by phone only', [ann, bob], 'review'],
    ['two by phone only', [storedLead(ANN, ['phone'], true, 'ann'), bob], 'review'],
    ['the right person has the shared phone too', [storedLead(ANN, ['email', 'phone'], true, 'ann'), bob], 'duplicate'],
  ];
  test.each(ROWS)('%s: %s', (_, leads, decision) => {
    for (const unattended of [false, true]) expect(decide(ANN, { leads }, policyOf(), unattended).decision).toBe(decision);
  });
  test('the question says how many leads there are', () => {
    expect(decide(ANN, { leads: [ann, bob] }, policyOf()).because).toMatchObject({ code: 'review_several', data: { count: 2 } });
  });
});

describe('a row and the file', () => {
  type FileRow = readonly [
    reason: string,
    lead: Lead,
    matchedOn: MatchedOn,
    policy: DuplicatePolicy,
    unattended: boolean,
    decision: Decision,
    code: string,
  ];
  const otherEmail: Lead = { ...ANN, email: 'ann.lee@example.org' };
  const ROWS: readonly FileRow[] = [
    ['the same email is a duplicate', ANN, 'email', 'skip', false, 'duplicate', 'duplicate_in_file'],
    [
      'the same email is a duplicate under fill, never an update',
      { ...ANN, jobTitle: 'COO' },
      'email',
      'fill',
      false,
      'duplicate',
      'duplicate_in_file',
    ],
    ['the same email is a duplicate under overwrite', ANN, 'email', 'overwrite', false, 'duplicate', 'duplicate_in_file'],
    ['the same email is a duplicate under create anyway', ANN, 'email', 'create', false, 'duplicate', 'duplicate_in_file'],
    ['the same profile is a duplicate', BOB, 'linkedin', 'skip', false, 'duplicate', 'duplicate_in_file'],
    ['phone and name are a duplicate', otherEmail, 'phone', 'skip', false, 'duplicate', 'duplicate_in_file'],
    ['phone and name are a duplicate under create anyway', otherEmail, 'phone', 'create', false, 'duplicate', 'duplicate_in_file'],
    ['a phone with another name and email is a question', BOB, 'phone', 'skip', false, 'review', 'review_phone_in_file'],
    ['the same question under fill', BOB, 'phone', 'fill', false, 'review', 'review_phone_in_file'],
    ['under create anyway it is stored with a warning', BOB, 'phone', 'create', false, 'create', 'phone_shared'],
    ['where nobody reviews it is a duplicate', BOB, 'phone', 'skip', true, 'duplicate', 'duplicate_in_file'],
    ['create anyway stays create where nobody reviews', BOB, 'phone', 'create', true, 'create', 'phone_shared'],
  ];
  test.each(ROWS)('%s', (_, lead, matchedOn, onDuplicate, unattended, decision, code) => {
    const verdict = decide(lead, { earlier: [earlierRow(ANN, [matchedOn], 7)] }, policyOf(onDuplicate), unattended);
    expect(verdict.decision).toBe(decision);
    expect(verdict.because).toMatchObject({ code, data: { line: 7 } });
  });
  test('the earlier row goes before the workspace: two rows never change one lead', () => {
    const known = { earlier: [{ ...earlierRow(ANN, ['email']), leadId: 'lead-1' }], leads: [storedLead(ANN, ['email'])] };
    expect(decide({ ...ANN, jobTitle: 'COO' }, known, policyOf('fill'))).toMatchObject({ decision: 'duplicate', leadId: 'lead-1' });
  });
  test('the same person further down beats a stranger with the phone further up', () => {
    const known = { earlier: [earlierRow(BOB, ['phone'], 2), earlierRow(ANN, ['email', 'phone'], 5)] };
    expect(decide(ANN, known, policyOf())).toMatchObject({ decision: 'duplicate', because: { data: { line: 5 } } });
  });
  test('who is stored with this email and phone is no question, whoever else of the file has the phone', () => {
    const known = { earlier: [earlierRow(ANN, ['phone'])], leads: [storedLead(BOB, ['email', 'phone'])] };
    for (const unattended of [false, true]) expect(decide(BOB, known, policyOf(), unattended).decision).toBe('duplicate');
    expect(decide(BOB, known, policyOf(), true).because?.code).toBe('duplicate_in_list');
  });
});

test('a suppressed row is suppressed whatever else is true, and says by which entry', () => {
  const suppressed = { entry: 'example.com', kind: 'domain', since: '2026-05-04' } as const;
  const known = { suppressed, earlier: [earlierRow(ANN, ['email'])], leads: [storedLead(ANN, ['email'])] };
  for (const onDuplicate of ['skip', 'fill', 'overwrite', 'create'] as const)
    expect(decide(ANN, known, policyOf(onDuplicate))).toEqual({
      decision: 'suppress',
      because: { code: 'suppressed', severity: 'note', data: { entry: 'example.com', kind: 'domain', since: '2026-05-04' } },
    });
});
