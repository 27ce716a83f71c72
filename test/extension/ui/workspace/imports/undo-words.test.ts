import { expect, test } from 'vitest';
import { whatGoes } from '../../../../../extension/ui/workspace/imports/undo-words.ts';

const FAIR = { list: { id: 'l', name: 'Fair', created: false } };
const NOTHING = { state: 'complete', dryRun: true, removed: 0, restored: 0, kept: [], keptCount: 0, message: '' } as const;
const left = (name: string | null) => ({
  name,
  connectionId: 'c',
  provider: 'hubspot' as const,
  type: 'contact' as const,
  remoteId: name ?? '1',
});
const keeps = (...reasons: readonly ('edited_since' | 'added_to_list')[]) => ({
  kept: reasons.map((reason, at) => ({ leadId: String(at), reason })),
  keptCount: reasons.length,
});

test.each([
  ['all of it', { removed: 8, restored: 1 }, '8 leads go. 1 lead is as before the import.'],
  ['one reason is named once', { removed: 8, ...keeps('edited_since', 'edited_since') }, '8 leads go. 2 leads stay: edited since.'],
  ['several with their counts', keeps('edited_since', 'added_to_list'), '2 leads stay: 1 edited since, 1 added to another list since.'],
  [
    'fields that stay in a lead that is otherwise as before',
    {
      restored: 1,
      kept: [{ leadId: 'a', reason: 'edited_since' as const, fields: [{ field: 'notes', reason: 'edited_since' as const }] }],
      keptCount: 1,
    },
    '1 lead is as before the import. 1 lead keeps some fields: edited since.',
  ],
  ['more than the server names', { keptCount: 1_200 }, '1,200 leads keep what was done with them since.'],
  [
    'who stays in the CRM, by name',
    { removed: 2, inCrm: [left('Ann Lee'), left('Bo Ray')], inCrmCount: 2 },
    '2 leads go. 2 records made in HubSpot stay there: Ann Lee, Bo Ray.',
  ],
  [
    'of many only the first, and how many more',
    { removed: 9, inCrm: ['A', 'B', 'C', 'D', 'E', 'F'].map(left), inCrmCount: 9 },
    '9 leads go. 9 records made in HubSpot stay there: A, B, C, D, E and 4 more.',
  ],
  [
    'whose name is forgotten is counted',
    { removed: 1, inCrm: [left(null)], inCrmCount: 1 },
    '1 lead goes. 1 record made in HubSpot stays there.',
  ],
  ['nothing', {}, 'No lead changes.'],
])('the question before an undo says %s', (_, answer, words) => {
  expect(whatGoes({ ...NOTHING, ...answer }, FAIR)).toBe(words);
});
