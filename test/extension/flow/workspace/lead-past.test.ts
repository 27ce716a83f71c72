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
  sync: null,
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

  test('an undo is an entry of its own, with what it gave back; the import keeps its own moment', () => {
    const undone = { kind: 'import_undone', at: '2026-05-18T09:44:00Z', importId: 'i2', fileName: 'messy.csv' };
    const past = readPast([
      event({ ...undone, field: 'companyName', old: 'NewCo', new: 'OldCo' }),
      event({ ...undone, field: 'jobTitle', old: 'VP' }),
      event({ importId: 'i2', fileName: 'messy.csv', field: 'jobTitle', new: 'VP' }),
      event({ importId: 'i2', fileName: 'messy.csv', field: 'companyName', old: 'OldCo', new: 'NewCo' }),
    ]);
    expect(past).toMatchObject([
      {
        kind: 'undone',
        at: '2026-05-18T09:44:00Z',
        changes: [
          { field: 'companyName', old: 'NewCo', now: 'OldCo' },
          { field: 'jobTitle', old: 'VP', now: null },
        ],
      },
      {
        kind: 'changed',
        at: '2026-05-18T09:41:00Z',
        changes: [{ field: 'jobTitle' }, { field: 'companyName', old: 'OldCo', now: 'NewCo' }],
      },
    ]);
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
