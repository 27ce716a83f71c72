import { expect, test } from 'vitest';
import type { Lead } from '#shared/lead/lead.ts';
import { buildPlan } from '#shared/plan/build-plan.ts';
import { createTouchedLeads } from '#shared/plan/touched-leads.ts';
import { sentenceForProblem } from '#shared/sentences/en.ts';
import { tableOf } from '../../support/table-of.ts';
import { ANN, BOB, earlierRow, policyOf, storedLead } from './plan-fixtures.ts';

const ann = storedLead(ANN, ['email'], true, 'ann');
const bob = storedLead(BOB, ['phone'], true, 'bob');

test('as long as no row has touched a lead, all are as they were found', () => {
  expect(createTouchedLeads().sortOut([earlierRow(BOB, ['phone'])], { leads: [ann] })).toEqual({
    earlier: [earlierRow(BOB, ['phone'])],
    leads: [ann],
  });
});
test('a lead a row has touched is that row, no longer a stored lead', () => {
  const touched = createTouchedLeads();
  touched.add(7, 'ann');
  expect(touched.sortOut([], { leads: [ann, bob] })).toEqual({
    leads: [bob],
    earlier: [{ line: 7, matchedOn: ['email'], lead: ANN, leadId: 'ann', asStored: true }],
  });
});
test('found both in the file and in the workspace it is one, with every key', () => {
  const touched = createTouchedLeads();
  touched.add(7, 'ann');
  expect(touched.sortOut([earlierRow(ANN, ['phone'], 7)], { leads: [ann] })).toEqual({
    leads: [],
    earlier: [{ line: 7, matchedOn: ['phone', 'email'], lead: ANN, leadId: 'ann' }],
  });
});
test('whose number it is, is told: the lead’s that a row is about, though the row itself has another', () => {
  const input = {
    table: tableOf(
      ['First', 'Last', 'Email', 'Phone'],
      [
        ['Ann', 'Lee', 'ann@example.com', '2025550199'],
        ['Bob', 'Ray', 'bob@example.com', '2025550123'],
        ['Cy', 'Poe', 'cy@example.com', '2025550199'],
      ],
    ),
    mapping: (['firstName', 'lastName', 'email', 'phone'] as const).map((field, column) => ({ column, field })),
    policy: policyOf('fill'),
    findKnown: (lead: Lead) => ({
      leads: [storedLead(ANN, lead.email === ANN.email ? ['email'] : ['phone'], false, 'ann')].filter(() => lead.firstName !== 'Cy'),
    }),
  };
  const said = buildPlan(input).rows.map(({ problems = [] }) => problems.map((one) => sentenceForProblem(one)).join(' '));
  expect(said[1]).toMatch(/^The lead that line 2 is about has the same phone/);
  expect(said[2]).toMatch(/^Line 2 has the same phone/);
});
test('the first row that touched a lead is the one named', () => {
  const touched = createTouchedLeads();
  touched.add(3, 'ann');
  touched.add(9, 'ann');
  expect(touched.sortOut([], { leads: [ann] }).earlier[0]?.line).toBe(3);
});
