import { describe, expect, test } from 'vitest';
import type { Lead } from '#shared/lead/lead.ts';
import { decideRow, type KnownLead, tighten } from '#shared/plan/decide-row.ts';
import type { SeenValue } from '#shared/plan/plan.ts';
import { ANN, policyOf, storedLead } from './plan-fixtures.ts';

const RICHER: Lead = { ...ANN, jobTitle: 'Chief' };

describe('an overwrite of a lead that somebody changed since the preview', () => {
  const stored: Lead = { ...ANN, companyName: 'By somebody else' };
  const incoming: Lead = { ...RICHER, companyName: 'NewCo' };
  const policy = policyOf('overwrite', { overwriteFields: ['companyName', 'jobTitle'] });
  const settle = (decision: 'update' | 'add', target: KnownLead, leadVersion?: number, row = incoming, seen: readonly SeenValue[] = []) =>
    tighten(
      { decision, leadId: 'lead-1', ...(leadVersion === undefined ? {} : { leadVersion }), seen },
      decideRow(row, { earlier: [], leads: [target] }, policy),
      target,
      row,
      policy,
    );
  const NAMED = { tightened: true, left: [{ code: 'values_changed', field: 'companyName' }] };

  test('leaves every value, fills what is blank, and says so', () => {
    for (const decision of ['update', 'add'] as const)
      expect(settle(decision, storedLead(stored, ['email'], decision === 'update'), 2)).toMatchObject({
        ...NAMED,
        decision,
        changes: [{ field: 'jobTitle', old: '', new: 'Chief' }],
      });
  });
  test('is nothing at all where nothing is blank', () => {
    const settled = settle('update', storedLead(stored, ['email']), 2, { ...ANN, companyName: 'NewCo' });
    expect(settled).toMatchObject({ ...NAMED, decision: 'duplicate' });
    expect(settled.changes).toBeUndefined();
  });
  test('replaces the values that are still as they were seen, and names the others', () => {
    const seen = [
      { field: 'companyName', value: 'Acme' },
      { field: 'jobTitle', value: 'CTO' },
    ];
    const target = storedLead({ ...stored, jobTitle: 'CTO' }, ['email']);
    expect(settle('update', target, 2, incoming, seen)).toMatchObject({
      ...NAMED,
      decision: 'update',
      changes: [{ field: 'jobTitle', old: 'CTO', new: 'Chief' }],
    });
  });
  test('is as planned where only other values were changed', () => {
    const settled = settle('update', storedLead(stored, ['email']), 2, incoming, [{ field: 'companyName', value: 'By somebody else' }]);
    expect(settled).toMatchObject({ decision: 'update', tightened: false });
    expect(settled.changes).toHaveLength(2);
    expect(settled.left).toBeUndefined();
  });
  test.each([
    ['seen as it is', storedLead(stored, ['email']), 3],
    ['seen by nobody in particular', storedLead(stored, ['email']), undefined],
  ] as const)('a lead %s is overwritten', (_, target, version) => {
    const settled = settle('update', target, version);
    expect(settled).toMatchObject({ decision: 'update', tightened: false });
    expect(settled.changes).toContainEqual({ field: 'companyName', old: 'By somebody else', new: 'NewCo' });
  });
  test('what it was to write and somebody wrote by hand is no difference', () => {
    const settled = settle('add', storedLead({ ...RICHER, companyName: 'NewCo' }, ['email'], false), 2);
    expect(settled).toMatchObject({ decision: 'add', tightened: false });
  });
});
