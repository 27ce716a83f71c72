import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RETENTION } from '#shared/limits.ts';
import type { PlannedRow } from '#shared/plan/plan.ts';
import { completeImport } from '../../../server/imports/finish-import.ts';
import { undoImport } from '../../../server/imports/undo-import.ts';
import { changeLeads, deleteLeads, patchLead } from '../../../server/leads/change-leads.ts';
import { saveLeads } from '../../../server/leads/save-leads.ts';
import { announce, IMPORT_ID, person, send, sendGood } from '../imports/announce.ts';
import { openTestServer, type TestServer } from './open-test-store.ts';

let server: TestServer;
beforeEach(async () => {
  server = await openTestServer();
});
afterEach(() => server.end());

/** Which of the texts can still be read anywhere in the data folder. */
function findOnDisk(texts: readonly string[]): string[] {
  const files = readdirSync(server.folder).map((file) => readFileSync(join(server.folder, file)));
  return texts.filter((text) => files.some((bytes) => bytes.includes(text)));
}

const COUNT = 1_000;
const rows: PlannedRow[] = Array.from({ length: COUNT }, (_, index) => {
  const lead = person(`zelda${index}x`, {
    notes: `secretnote${index}x`,
    tags: ['t'],
    customFields: [{ label: 'City', value: `hometown${index}x` }],
  });
  return { line: index + 2, decision: 'create', lead };
});
const textsOf = (row: PlannedRow) => [
  row.lead?.email ?? '',
  row.lead?.notes ?? '',
  row.lead?.customFields?.[0]?.value ?? '',
  row.lead?.phone ?? '',
];

test('a deleted person is in no file any more, those who stay are', async () => {
  await announce(server, { total: COUNT });
  const answer = await sendGood(server, rows);
  const ids = answer.outcomes.map((outcome) => outcome.leadId ?? '');
  const isDeleted = (_: unknown, index: number) => index % 2 === 0;
  const deleted = rows.filter(isDeleted);
  expect(findOnDisk(deleted.flatMap(textsOf))).toHaveLength(COUNT * 2);
  const { deletedCount } = await deleteLeads(server.backend, server.actor, [...ids.filter(isDeleted), 'nobody']);
  expect(deletedCount).toBe(COUNT / 2);
  await server.store.checkpoint();
  expect(findOnDisk(deleted.flatMap(textsOf))).toEqual([]);
  expect(findOnDisk(rows.filter((row) => !deleted.includes(row)).flatMap(textsOf))).toHaveLength(COUNT * 2);
});

test('neither in outcomes, nor in what was changed, nor in a stored answer', async () => {
  const once = { key: 'k1', request: 'POST /api/leads', sha256: 'a' };
  const body = { leads: [{ ...person('Quentin'), email: 'quentin.one@example.com' }] };
  const saved = await saveLeads(server.backend, server.actor, body, once);
  const leadId = saved.ok ? JSON.parse(saved.value.body).leadId : '';
  await saveLeads(server.backend, server.actor, body, { ...once, key: 'k2' });
  await patchLead(server.backend, server.actor, leadId, { email: 'quentin.two@example.com' });
  await announce(server, { total: 2 });
  const lead = { ...person('Quentin'), email: 'quentin.three@example.com' };
  await sendGood(server, [
    { line: 2, decision: 'review', leadId, lead, raw: ['quentin.raw@example.com'] },
    { line: 3, decision: 'duplicate', leadId, problems: [{ code: 'email_typo', severity: 'warning', text: 'quentin.typo@example.com' }] },
  ]);
  await completeImport(server.backend, server.actor, IMPORT_ID);
  await deleteLeads(server.backend, server.actor, [leadId]);
  const texts = ['quentin', 'Quentin', 'quentin.raw', 'quentin.typo'];
  expect(findOnDisk(texts)).toEqual([]);
});

test('the counts of an import stay true when its leads are deleted, and its answer can still be asked for', async () => {
  await announce(server, { total: COUNT });
  const answer = await sendGood(server, rows);
  await changeLeads(server.backend, server.actor, { filter: {} }, { delete: true });
  const again = await send(server, rows);
  expect(again.ok && again.value.answer.counters).toEqual(answer.counters);
  const receipt = await completeImport(server.backend, server.actor, IMPORT_ID);
  expect(receipt).toMatchObject({ ok: true, value: { created: COUNT, total: COUNT } });
});

test('after 30 days originals and stored answers are forgotten, line, code and counts stay', async () => {
  const once = { key: 'k1', request: 'POST /api/leads', sha256: 'a' };
  const batch = { leads: [person('Ann'), { firstName: 'Wilbur', email: 'wilbur-has-no-at' }], onInvalid: 'skip' } as const;
  await saveLeads(server.backend, server.actor, batch, once);
  await announce(server);
  await sendGood(server, [
    {
      line: 2,
      decision: 'reject',
      problems: [{ code: 'email_no_at', severity: 'error', text: 'hortensia-mail' }],
      raw: ['hortensia-mail'],
    },
  ]);
  await server.store.forgetOriginals(server.clock.now - RETENTION.originalsMs);
  expect(findOnDisk(['hortensia-mail', 'wilbur-has-no-at'])).toHaveLength(2);
  await server.store.forgetOriginals(server.clock.now + 1);
  expect(findOnDisk(['hortensia-mail', 'wilbur-has-no-at'])).toEqual([]);
  const page = await server.store.readImportRows(server.actor.workspace, IMPORT_ID, { limit: 5 });
  expect(page).toMatchObject({
    rows: [{ line: 2, bucket: 'rejected', problems: [{ code: 'email_no_at', severity: 'error' }], raw: null }],
  });
});

test('after an undo those who are gone are in no file, and 30 days after the receipt neither are old values and rows in review', async () => {
  await announce(server, { total: 2 });
  await sendGood(server, [
    { line: 2, decision: 'create', lead: person('Quentin', { email: 'quentin.gone@example.com' }) },
    { line: 3, decision: 'create', lead: person('Ann', { notes: 'ludmilla-was-here' }) },
  ]);
  await completeImport(server.backend, server.actor, IMPORT_ID);
  const second = '0b9f2a52-6d0e-4c3c-9a51-5b2f6f5a0002';
  await announce(server, { total: 2, policy: { onDuplicate: 'overwrite', overwriteFields: ['notes'] } }, second);
  await sendGood(
    server,
    [
      { line: 2, decision: 'auto', lead: person('Ann', { notes: 'new' }) },
      { line: 3, decision: 'review', lead: person('Wilbur', { email: 'wilbur.aside@example.com' }), raw: ['wilbur-raw'] },
    ],
    0,
    second,
  );
  await undoImport(server.backend, server.actor, IMPORT_ID);
  server.clock.now += RETENTION.originalsMs + 1; // it is completed late: the 30 days begin with its receipt
  const receipt = await completeImport(server.backend, server.actor, second);
  const texts = ['ludmilla-was-here', 'wilbur.aside', 'wilbur-raw'];
  await server.store.checkpoint();
  expect(findOnDisk(['quentin.gone', ...texts])).toEqual(texts);
  const clean = () => server.store.forgetOriginals(server.clock.now - RETENTION.originalsMs);
  await clean();
  expect(findOnDisk(texts)).toEqual(texts);
  server.clock.now += RETENTION.originalsMs + 1;
  await clean();
  expect(findOnDisk(texts)).toEqual([]);
  expect(await completeImport(server.backend, server.actor, second)).toEqual(receipt);
  expect(await undoImport(server.backend, server.actor, second)).toMatchObject({ error: { about: 'undo_too_late' } });
});

test('keys and codes lie nowhere in clear', async () => {
  expect(findOnDisk([server.adminKey, server.adminKey.slice(3)])).toEqual([]);
});
