import { describe, expect, test } from 'vitest';
import { readPast } from '../../../../extension/flow/workspace/lead-past.ts';
import type { LeadEvent } from '../../../../extension/platform/lead-api.ts';

const ANA = { id: 'm1', name: 'Ana Ruiz', email: 'ana@example.com' };
const BEN = { id: 'm2', name: 'Ben Carter', email: 'ben@example.com' };
const event = (parts: Partial<LeadEvent>): LeadEvent => ({
  kind: 'changed',
  at: '2026-05-18T09:41:00Z',
  field: null,
  old: null,
  new: null,
  actor: ANA,
  importId: null,
  fileName: null,
  source: null,
  ...parts,
});

describe('the past of a lead', () => {
  test('what one import filled is one entry, with old and new', () => {
    const past = readPast([
      event({ importId: 'i2', source: 'csv', field: 'linkedinUrl', new: 'in/nadia' }),
      event({ importId: 'i2', source: 'csv', field: 'jobTitle', old: 'Head', new: 'VP' }),
    ]);
    expect(past).toHaveLength(1);
    expect(past[0]).toMatchObject({
      kind: 'changed',
      importId: 'i2',
      changes: [
        { field: 'linkedinUrl', old: null, now: 'in/nadia' },
        { field: 'jobTitle', old: 'Head', now: 'VP' },
      ],
    });
  });

  test('the import that created it put it into its list: one entry that says both', () => {
    const [entry, ...others] = readPast([
      event({ kind: 'added_to_list', importId: 'i1', new: 'Q4 Webinar' }),
      event({ kind: 'created', importId: 'i1', source: 'csv' }),
    ]);
    expect(entry).toMatchObject({ kind: 'created', lists: ['Q4 Webinar'] });
    expect(others).toEqual([]);
  });

  test.each([
    ['two people', event({ field: 'phone', actor: BEN }), event({ field: 'phone' })],
    ['two moments', event({ field: 'phone', at: '2026-05-19T09:41:00Z' }), event({ field: 'phone' })],
    ['two imports', event({ field: 'phone', importId: 'i1' }), event({ field: 'phone', importId: 'i2' })],
    ['an opt-out and a change', event({ kind: 'marked_do_not_contact' }), event({ field: 'phone' })],
  ])('%s stay two entries', (_, first, second) => expect(readPast([first, second])).toHaveLength(2));

  test('an event of a later version is shown as something that happened, not dropped', () => {
    expect(readPast([event({ kind: 'sent_to_the_moon' })])).toMatchObject([{ kind: 'other' }]);
  });
});
