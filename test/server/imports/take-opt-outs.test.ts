import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FileImportOptions } from '../../../server/imports/file-options.ts';
import { previewImport } from '../../../server/imports/preview-import.ts';
import { listImportRows } from '../../../server/imports/read-imports.ts';
import { runImport } from '../../../server/imports/run-import.ts';
import { findLeads } from '../../../server/leads/find-leads.ts';
import { addSuppressions, listSuppressions, removeSuppressions } from '../../../server/leads/suppressions.ts';
import { openTestServer, type TestServer } from '../store/open-test-store.ts';

let server: TestServer;
beforeEach(async () => {
  server = await openTestServer();
});
afterEach(() => server.end());

/** Ann and Bob share a switchboard; Bob has a second row that says nothing; one row has no name; Fay has no address to put on a list. */
const FILE = new TextEncoder().encode(`First name,Last name,Email,Phone,HasOptedOutOfEmail,DoNotCall,Opt in
Ann,Lee,ann@example.com,2025550123,false,false,no
Bob,Ray,bob@example.com,2025550123,true,0,
Cid,Low,cid@example.com,2025550125,false,1,
Bobby,Ray,bob@example.com,2025550199,,,
,,eve@example.com,2025550127,yes,,
Fay,Dix,,2025550128,2024-05-01,,
`);
const OPTIONS: FileImportOptions = { require: 'reachable', fileName: 'crm.csv' };

async function run(options: FileImportOptions = {}, key: string | null = null) {
  const done = await runImport(server.backend, server.actor, FILE, { ...OPTIONS, ...options }, key);
  if (!done.ok) throw new Error(JSON.stringify(done.error));
  return done.value;
}
async function emails(): Promise<readonly (string | undefined)[]> {
  const found = await findLeads(server.backend, server.actor, { limit: 500, sort: 'createdAt' });
  return found.ok ? found.value.leads.map(({ email }) => email ?? undefined).sort() : [];
}
async function listed() {
  const page = await listSuppressions(server.backend, server.actor);
  if (!page.ok) throw new Error(page.error.code);
  return page.value;
}
async function entries() {
  const { suppressions } = await listed();
  return suppressions.map(({ value, reason, source }) => [value, reason, source]).sort();
}

describe('a file that says who wants no contact', () => {
  test('a script’s import writes none of them, and keeps their addresses and numbers on the list', async () => {
    const receipt = await run();
    expect(receipt).toMatchObject({ created: 1, suppressed: 4, rejected: 1, total: 6, changedSincePreview: 0 });
    expect(await emails()).toEqual(['ann@example.com']);
    expect(await entries()).toEqual([
      ['+12025550125', 'Opt-out column DoNotCall of crm.csv', 'column'],
      ['bob@example.com', 'Opt-out column HasOptedOutOfEmail of crm.csv', 'column'],
      ['eve@example.com', 'Opt-out column HasOptedOutOfEmail of crm.csv', 'column'],
    ]);
    const rows = await listImportRows(server.backend, server.actor, receipt.importId ?? '', { bucket: 'suppressed' });
    const since = new Date(server.backend.now()).toISOString().slice(0, 10);
    expect(rows.ok && rows.value.rows.map(({ line, problems: [problem] }) => [line, problem?.data?.entry])).toEqual([
      [3, 'bob@example.com'],
      [4, '+12025550125'],
      [5, 'bob@example.com'],
      [7, '+12025550128'],
    ]);
    for (const row of rows.ok ? rows.value.rows : []) expect(String(row.problems[0]?.data?.since)).toContain(since);
  });

  test('the preview and a dry run count them, and keep nobody on the list', async () => {
    const preview = await previewImport(server.backend, server.actor, FILE, OPTIONS);
    expect(preview).toMatchObject({ ok: true, value: { summary: { suppressed: 4, invalid: 1 } } });
    expect(await run({ dryRun: true })).toMatchObject({ created: 1, suppressed: 4, rejected: 1 });
    expect(await entries()).toEqual([]);
  });

  test('with optOuts=ignore its columns are columns like any other', async () => {
    const ignore = { optOuts: 'ignore' } as const;
    expect(await previewImport(server.backend, server.actor, FILE, { ...OPTIONS, ...ignore })).toMatchObject({
      value: { summary: { suppressed: 0 } },
    });
    expect(await run({ ...ignore, dryRun: true })).toMatchObject({ suppressed: 0 });
    expect(await run(ignore)).toMatchObject({ suppressed: 0, created: 4, review: 1 });
    expect(await entries()).toEqual([]);
  });

  test('leads that are there already are marked, and stay as they are', async () => {
    await run({ optOuts: 'ignore' });
    await run({ onDuplicate: 'fill' });
    const found = await findLeads(server.backend, server.actor, { limit: 500, sort: 'createdAt' });
    const marked = found.ok ? found.value.leads.filter(({ doNotContact }) => doNotContact).map(({ firstName }) => firstName) : [];
    expect(marked.sort()).toEqual(['Bobby', 'Cid']);
  });

  test('asked for again under its key it is the same import: an entry an admin took off since is not put back', async () => {
    const first = await run({}, 'key');
    const { suppressions } = await listed();
    await removeSuppressions(
      server.backend,
      server.actor,
      suppressions.map(({ id }) => id),
    );
    expect(await run({}, 'key')).toEqual(first);
    expect(await entries()).toEqual([]);
  });

  test('one that breaks off before its first row has its people on the list, and goes on later', async () => {
    const failing = { ...server.store, storeChunk: () => Promise.reject(new Error('full')) };
    const broken = runImport({ ...server.backend, store: failing }, server.actor, FILE, OPTIONS, 'key');
    await expect(broken).rejects.toThrow('full');
    expect(await entries()).toHaveLength(3);
    server = await server.reopen();
    expect(await run({}, 'key')).toMatchObject({ created: 1, suppressed: 4, rejected: 1 });
  });

  test('who stands on the list already is there since then', async () => {
    await addSuppressions(server.backend, server.actor, [{ value: 'bob@example.com', reason: 'asked by phone' }]);
    await run();
    expect(await entries()).toContainEqual(['bob@example.com', 'asked by phone', 'api']);
  });
});
