import { expect, test } from 'vitest';
import { createTouchedLeads } from '#shared/plan/touched-leads.ts';
import { ANN, BOB, earlierRow, storedLead } from './plan-fixtures.ts';

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
    earlier: [{ line: 7, matchedOn: ['email'], lead: ANN, leadId: 'ann' }],
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
test('the first row that touched a lead is the one named', () => {
  const touched = createTouchedLeads();
  touched.add(3, 'ann');
  touched.add(9, 'ann');
  expect(touched.sortOut([], { leads: [ann] }).earlier[0]?.line).toBe(3);
});
