import { afterEach, beforeEach, expect, test } from 'vitest';
import { previewImport } from '../../../server/imports/preview-import.ts';
import { listImportRows } from '../../../server/imports/read-imports.ts';
import { rejectedCsv } from '../../../server/imports/rejected-csv.ts';
import { runImport } from '../../../server/imports/run-import.ts';
import { saveLeads } from '../../../server/leads/save-leads.ts';
import { openTestServer, type TestServer } from '../store/open-test-store.ts';
import { announce, IMPORT_ID, person, sendGood } from './announce.ts';

let server: TestServer;
beforeEach(async () => {
  server = await openTestServer();
});
afterEach(() => server.end());

async function rejected(importId: string): Promise<string[]> {
  const result = await rejectedCsv(server.backend, server.actor, importId);
  if (!result.ok) throw new Error(result.error.code);
  let text = '';
  for await (const piece of result.value) text += piece;
  return text.split('\r\n');
}
async function importText(text: string): Promise<string> {
  const done = await runImport(server.backend, server.actor, new TextEncoder().encode(text), {}, null);
  return done.ok ? (done.value.importId ?? '') : '';
}

test('rejected rows come back as their own columns with line, column, code and reason, one line each', async () => {
  const importId = await importText(
    'Vorname,Nachname,Email,Phone,=cmd\nAnn,Lee,ann at example.com,12,=1+1\nBob,Ray,bob@example.com,2025550124,x\n',
  );
  const lines = await rejected(importId);
  expect(lines).toEqual([
    "Vorname,Nachname,Email,Phone,'=cmd,leadline_import,line,column,code,reason",
    expect.stringMatching(/^Ann,Lee,ann at example\.com,12,'=1\+1,/),
    '',
  ]);
  expect(lines[1]).toContain(`${importId},2,"Email; Phone","email_no_at; phone_invalid",`);
});

test('a cell that came guarded is guarded once, so that the mended row is stored as the first import would have', async () => {
  const cells = ["'=1+1", "''=1+1", "'+12025550123", '=1+1'].join();
  const lines = await rejected(await importText(`First Name,Last Name,Email,'=a,''=b,c,d\nAnn,Lee,ann at example.com,${cells}\n`));
  expect(lines[0]).toMatch(/^First Name,Last Name,Email,'=a,''=b,c,d,leadline_import,/);
  expect(lines[1]).toMatch(/^Ann,Lee,ann at example\.com,'=1\+1,''=1\+1,\+12025550123,'=1\+1,/);
});

test('the file is known again when it is dropped in, and only the own columns are mapped', async () => {
  const importId = await importText('First Name,Last Name,Email,Phone\nAnn,Lee,ann at example.com,2025550123\n');
  const bytes = new TextEncoder().encode((await rejected(importId)).join('\r\n'));
  const preview = await previewImport(server.backend, server.actor, bytes, {});
  expect(preview.ok && preview.value.columns.map((column) => column.field)).toEqual([
    'firstName',
    'lastName',
    'email',
    'phone',
    'ignore',
    'ignore',
    'ignore',
    'ignore',
    'ignore',
  ]);
});

test('a file of rejected rows that is rejected again has the added columns once, with the new reasons', async () => {
  const first = await importText('First Name,Last Name,Email,Phone\nAnn,Lee,ann at example.com,2025550123\n');
  const second = await importText((await rejected(first)).join('\r\n').replace('ann at', 'nobody at'));
  const lines = await rejected(second);
  expect(lines[0]).toBe('First Name,Last Name,Email,Phone,leadline_import,line,column,code,reason');
  expect(lines[1]).toMatch(new RegExp(`^Ann,Lee,nobody at example\\.com,2025550123,${second},2,Email,email_no_at,`));
});

test('rows longer than the header keep all their cells', async () => {
  const importId = await importText('First Name,Last Name,Email,Phone\nAnn,Lee,ann,2025550123,more,and more\n');
  expect((await rejected(importId)).slice(0, 2)).toEqual([
    'First Name,Last Name,Email,Phone,Column 5,Column 6,leadline_import,line,column,code,reason',
    expect.stringMatching(/^Ann,Lee,ann,2025550123,more,and more,/),
  ]);
});

test('a row that only the server turned down shows its values in the columns they came from', async () => {
  const mapping = ['firstName', 'lastName', 'email', 'phone'].map((field, column) => ({ column, field: field as 'email' }));
  await announce(server, { headers: ['A', 'B', 'C', 'D'], mapping });
  await sendGood(server, [{ line: 7, decision: 'create', lead: { ...person('Ann'), phone: '12' } }]);
  expect((await rejected(IMPORT_ID))[1]).toMatch(/^Ann,Lee,ann@example\.com,12,0b9f2a52-[^,]*,7,phone,phone_invalid,/);
});

test('leads sent as JSON have their fields as columns', async () => {
  const lead = { firstName: 'Ann', email: 'ann', customFields: [{ label: 'City', value: 'Bonn' }] };
  const saved = await saveLeads(server.backend, server.actor, { leads: [lead], onInvalid: 'skip' }, null);
  const lines = await rejected(saved.ok ? JSON.parse(saved.value.body).importId : '');
  expect(lines[0]).toBe('First name,Email,City,leadline_import,line,column,code,reason');
  expect(lines[1]).toMatch(/^Ann,ann,Bonn,/);
});

test('rows are read page by page, by what became of them', async () => {
  const rows = Array.from({ length: 25 }, (_, index) => `P${index},Lee,p${index},2025550123`);
  const importId = await importText(`First Name,Last Name,Email,Phone\n${rows.join('\n')}\n`);
  const lines: number[] = [];
  let cursor: string | null = null;
  do {
    const page = await listImportRows(server.backend, server.actor, importId, {
      bucket: 'rejected',
      limit: 10,
      ...(cursor ? { cursor } : {}),
    });
    if (!page.ok) throw new Error(page.error.code);
    lines.push(...page.value.rows.map((row) => row.line));
    cursor = page.value.nextCursor;
  } while (cursor);
  expect(lines).toEqual(rows.map((_, index) => index + 2));
  const none = await listImportRows(server.backend, server.actor, importId, { bucket: 'created' });
  expect(none).toEqual({ ok: true, value: { rows: [], nextCursor: null } });
  expect(await rejectedCsv(server.backend, server.actor, 'nope')).toEqual({ ok: false, error: { code: 'NOT_FOUND' } });
});
