import { expect, test } from 'vitest';
import { whatGoes } from '../../../../../extension/ui/workspace/imports/undo-words.ts';

const FAIR = { list: { id: 'l', name: 'Fair', created: false } };
const NOTHING = { state: 'complete', dryRun: true, removed: 0, restored: 0, kept: [], keptCount: 0, message: '' } as const;
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
  ['nothing', {}, 'No lead changes.'],
])('the question before an undo says %s', (_, answer, words) => {
  expect(whatGoes({ ...NOTHING, ...answer }, FAIR)).toBe(words);
});
