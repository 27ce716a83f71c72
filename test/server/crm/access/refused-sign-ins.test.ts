import { expect, test } from 'vitest';
import { createRefusedSignIns } from '../../../../server/crm/access/refused-sign-ins.ts';
import type { WorkspaceId } from '../../../../server/store/records.ts';

test('a refused sign-in is told for ten minutes, as long as anybody waits for it', () => {
  let now = 0;
  const [here, there] = [1 as WorkspaceId, 2 as WorkspaceId]; // any two
  const signIns = createRefusedSignIns(() => now);
  const denied = { id: 'a', why: { code: 'INVALID_REQUEST', about: 'crm_denied' } } as const;
  signIns.note(here, denied);
  expect([signIns.list(here), signIns.list(there)]).toEqual([[denied], []]);
  now = 10 * 60 * 1_000 - 1;
  expect(signIns.list(here)).toEqual([denied]);
  now += 1;
  expect(signIns.list(here)).toEqual([]);
});
