import { expect, test } from 'vitest';
import { failureWords } from '../../../../extension/ui/workspace/failure-words.ts';
import { apiErrorSentence } from '../../../../shared/sentences/api-error.ts';

test.each([
  [
    'what the server says of a request that no person writes',
    apiErrorSentence('INVALID_REQUEST'),
    /^The server does not take this as it is\. Check/,
  ],
  ['what it says of what was typed', 'Give it a name.', /^Give it a name\.$/],
])('%s is told in words for people', (_, message, words) => {
  expect(failureWords({ kind: 'refused', retry: 'never', message })).toMatch(words);
});
