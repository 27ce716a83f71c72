import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readChunk } from '#shared/api/read-chunk.ts';
import type { PlannedRow, RowRule } from '#shared/plan/plan.ts';
import { actOf } from '../../../server/leads/backend.ts';
import { patchLead } from '../../../server/leads/change-leads.ts';
import { getLead } from '../../../server/leads/find-leads.ts';
import { policyOf } from '../../shared/plan/plan-fixtures.ts';
import { openTestServer, type TestServer } from '../store/open-test-store.ts';
import { announce, person, send, sendGood } from './announce.ts';

const FIRST = '0b9f2a52-6d0e-4c3c-9a51-5b2f6f5a0011';
const SECOND = '0b9f2a52-6d0e-4c3c-9a51-5b2f6f5a0012';
const OVERWRITE_COMPANY: RowRule = { onDuplicate: 'overwrite', overwriteFields: ['companyName'] };
const ann = person('Ann', { companyName: 'Fern', jobTitle: 'Buyer' });
const changed = { ...ann, companyName: 'Alder', jobTitle: 'Director' };

let server: TestServer;
let leadId: string;
beforeEach(async () => {
  server = await openTestServer();
  await announce(server, {}, FIRST);
  const answer = await sendGood(server, [{ line: 2, decision: 'create', lead: ann }], 0, FIRST);
  leadId = answer.outcomes[0]?.leadId ?? '';
  await announce(server, { policy: policyOf('skip') }, SECOND);
});
afterEach(() => server.end());

async function stored() {
  const lead = await getLead(server.backend, server.actor, leadId);
  if (!lead.ok) throw new Error('the lead is there');
  return lead.value.lead;
}
const update = async (rule: RowRule): Promise<PlannedRow> => ({
  line: 2,
  decision: 'update',
  leadId,
  leadVersion: (await stored()).version,
  rule,
  lead: changed,
});

describe('a row with a rule of its own', () => {
  test('replaces its fields and no others, in an import that replaces nothing', async () => {
    const answer = await sendGood(server, [await update(OVERWRITE_COMPANY)], 0, SECOND);
    expect(answer.outcomes).toMatchObject([{ bucket: 'updated', leadId }]);
    expect(await stored()).toMatchObject({ companyName: 'Alder', jobTitle: 'Buyer' });
  });

  test('fills blanks where it says so', async () => {
    await patchLead(server.backend, server.actor, leadId, { companyName: '' });
    await sendGood(server, [await update({ onDuplicate: 'fill', overwriteFields: [] })], 0, SECOND);
    expect(await stored()).toMatchObject({ companyName: 'Alder', jobTitle: 'Buyer' });
  });

  test('replaces nothing in a lead that was changed after the preview', async () => {
    const row = await update(OVERWRITE_COMPANY);
    await patchLead(server.backend, server.actor, leadId, { companyName: 'By hand' });
    const answer = await sendGood(server, [row], 0, SECOND);
    expect(answer.outcomes).toMatchObject([{ bucket: 'duplicate', changed: true, problems: [{ code: 'values_changed' }] }]);
    expect((await stored()).companyName).toBe('By hand');
  });

  test('is refused whole to a member where only admins overwrite', async () => {
    await server.store.changeWorkspace(actOf(server.backend, server.actor), { membersMay: { overwrite: false } });
    const rows = [await update(OVERWRITE_COMPANY)];
    const asMember: TestServer = { ...server, actor: { ...server.actor, role: 'member' } };
    expect(await send(asMember, rows, 0, SECOND)).toMatchObject({ ok: false, error: { code: 'FORBIDDEN', about: 'no_overwrite' } });
    expect((await stored()).companyName).toBe('Fern');
  });
});

test.each([
  ['no rule we know', { onDuplicate: 'create', overwriteFields: [] }],
  ['fields that are no list', { onDuplicate: 'overwrite', overwriteFields: 'companyName' }],
  ['fields that are no texts', { onDuplicate: 'overwrite', overwriteFields: [1] }],
  ['no fields', { onDuplicate: 'fill' }],
])('a rule is turned down that has %s', (_, rule) => {
  expect(readChunk({ rows: [{ line: 2, decision: 'update', rule }] })).toMatchObject({ ok: false, error: [{ path: 'rows[0].rule' }] });
});
