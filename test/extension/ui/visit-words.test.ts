// @vitest-environment node
import { expect, test } from 'vitest';
import { needsPerson, visitWords } from '../../../extension/ui/visit-words.ts';

test.each([
  ['stuck', 'noClient', 'Your server has no Google sign-in yet', true],
  ['stuck', 'clientRefused', 'Google doesn’t accept your server’s client ID', true],
  ['stuck', 'blocked', 'Signing in to Google is blocked for Leadline', true],
  ['stuck', 'apiDisabled', 'The Sheets API is switched off in your Google project', true],
  ['stuck', 'tooLarge', 'This tab is too large', true],
  ['stuck', 'tabEmpty', 'There is nothing in these cells', true],
  ['stuck', 'badRange', 'This is no range', true],
  ['stuck', undefined, 'It can’t be read as it is: open it here', true],
  ['noAccess', 'notFound', 'Google has no such sheet', true],
  ['noAccess', 'wrongAccount', 'This account can’t open it any more', true],
  ['needsSignIn', 'expired', 'Needs your Google sign-in', true],
  ['listGone', undefined, 'Its list was deleted: import it by hand into another one', true],
  ['failed', 'noServer', 'Your server doesn’t answer', false],
  ['failed', 'quota', 'Google wants a longer break', false],
  ['failed', undefined, 'Google or the server did not answer', false],
] as const)('a look that came to %s (%s) has its own sentence, and says whether a person is needed', (outcome, why, words, isNeeded) => {
  const visit = { at: 0, by: 'schedule', outcome, ...(why ? { why } : {}) } as const;
  expect(visitWords(visit)).toBe(words);
  expect(needsPerson(visit)).toBe(isNeeded);
});
