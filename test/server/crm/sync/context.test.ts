import { expect, test } from 'vitest';
import { hiddenKind } from '../../../../server/crm/hidden-kind.ts';
import { DONE, type StageEnd, worse } from '../../../../server/crm/sync/context.ts';

const hidden: StageEnd = { kind: 'short', failure: hiddenKind('lead') };
const away: StageEnd = { kind: 'short', failure: { kind: 'transient', code: 'SERVER_UNAVAILABLE', message: '' } };
const locked: StageEnd = { kind: 'short', failure: { kind: 'lock', code: 'UNABLE_TO_LOCK_ROW', message: '' } };
const out: StageEnd = { kind: 'stop', failure: { kind: 'auth', code: 'INVALID_SESSION_ID', message: '' } };

test.each([
  ['nothing', DONE, DONE, DONE],
  ['what was left undone', DONE, away, away],
  ['the first thing that was left undone', away, locked, away],
  ['what ends the run, whatever came before', away, out, out],
  ['a kind that may not be seen', DONE, hidden, hidden],
  ['what keeps the others from being read, before a kind that may not be seen', hidden, away, away],
  ['the same, whichever comes first', away, hidden, away],
])('a run says of two ends %s', (_, first, second, said) => {
  expect(worse(first, second)).toBe(said);
});
