import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Lead } from '#shared/lead/lead.ts';
import { changesForLead } from '#shared/plan/lead-changes.ts';

const fill = { onDuplicate: 'fill', overwriteFields: [] } as const;
const overwrite = (...overwriteFields: string[]) => ({ onDuplicate: 'overwrite', overwriteFields }) as const;

describe('what an import changes in a stored lead', () => {
  const stored: Lead = {
    firstName: 'Ann',
    jobTitle: 'Buyer',
    email: 'ann@example.com',
    altEmail1: 'a@example.org',
    tags: ['fair'],
    customFields: [{ label: 'City', value: 'Leeds' }],
  };
  type Row = readonly [reason: string, incoming: Lead, policy: Parameters<typeof changesForLead>[2], changed: readonly string[]];
  const ROWS: readonly Row[] = [
    ['fill writes into an empty field', { companyName: 'Fernhill' }, fill, ['companyName:→Fernhill']],
    ['fill leaves a value alone', { jobTitle: 'COO' }, fill, []],
    ['fill writes a custom field the lead lacks', { customFields: [{ label: 'Region', value: 'North' }] }, fill, ['custom:Region:→North']],
    ['fill leaves a custom value alone', { customFields: [{ label: 'City', value: 'York' }] }, fill, []],
    ['fill leaves tags alone where there are some', { tags: ['spring'] }, fill, []],
    ['fill does not repeat an address in an alternate', { altEmail2: 'ann@example.com' }, fill, []],
    ['overwrite replaces a chosen field', { jobTitle: 'COO', firstName: 'Anna' }, overwrite('jobTitle'), ['jobTitle:Buyer→COO']],
    [
      'overwrite replaces a chosen custom field',
      { customFields: [{ label: 'City', value: 'York' }] },
      overwrite('custom:City'),
      ['custom:City:Leeds→York'],
    ],
    ['a custom field is no field of the same name', { customFields: [{ label: 'jobTitle', value: 'COO' }] }, overwrite('jobTitle'), []],
    ['overwrite replaces chosen tags', { tags: ['spring', 'fair'] }, overwrite('tags'), ['tags:fair→spring; fair']],
    ['the same value is no change', { jobTitle: 'Buyer' }, overwrite('jobTitle'), []],
    ['a blank never replaces a value', { jobTitle: '' }, overwrite('jobTitle'), []],
    [
      'a label given twice counts once',
      {
        customFields: [
          { label: 'Size', value: '1' },
          { label: 'Size', value: '2' },
        ],
      },
      fill,
      ['custom:Size:→1'],
    ],
    ['skip changes nothing', { companyName: 'Fernhill' }, { onDuplicate: 'skip', overwriteFields: ['companyName'] }, []],
    ['create changes nothing', { companyName: 'Fernhill' }, { onDuplicate: 'create', overwriteFields: ['companyName'] }, []],
  ];
  test.each(ROWS)('%s', (_, incoming, policy, changed) => {
    expect(changesForLead(stored, incoming, policy).map((change) => `${change.field}:${change.old}→${change.new}`)).toEqual(changed);
  });
  test('a primary address is filled in even where an alternate has it', () => {
    expect(changesForLead({ altEmail1: 'ann@example.com' }, { email: 'ann@example.com' }, fill)).toHaveLength(1);
  });
});

test('no import ever turns a value into a blank', () => {
  const text = fc.constantFrom('', 'a', 'b');
  const lead = fc.record({ jobTitle: text, notes: text, email: text });
  const policy = fc.record({
    onDuplicate: fc.constantFrom('skip', 'fill', 'overwrite', 'create'),
    overwriteFields: fc.subarray(['jobTitle', 'notes', 'email']),
  });
  fc.assert(
    fc.property(lead, lead, policy, (stored, incoming, rules) => {
      for (const change of changesForLead(stored, incoming, rules)) expect(change.new).not.toBe('');
    }),
  );
});
