import { expect, test } from 'vitest';
import { comparePlans } from '#shared/plan/compare-plans.ts';

const planned = (old: string, leadId = 'ann') => ({
  rows: [
    { line: 2, decision: 'update' as const, leadId, changes: [{ field: 'companyName' as const, old, new: 'NewCo' }] },
    { line: 3, decision: 'create' as const },
  ],
});

test('the same plan twice has no difference', () => {
  expect(comparePlans(planned('Acme'), planned('Acme'))).toEqual({ rows: [], counts: [] });
});
test('an update that would replace another value than was shown is a difference', () => {
  expect(comparePlans(planned('Acme'), planned('Changed by hand'))).toEqual({
    rows: [{ line: 2, from: 'update', to: 'update', values: true }],
    counts: [{ from: 'update', to: 'update', values: true, count: 1 }],
  });
});
test('an update of another lead is that, whatever it replaces', () => {
  expect(comparePlans(planned('Acme'), planned('Other', 'bob')).rows).toEqual([{ line: 2, from: 'update', to: 'update' }]);
});
