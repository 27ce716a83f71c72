import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FileReceipt } from '#shared/api/imports.ts';
import { BUCKETS } from '#shared/plan/plan.ts';
import type { FileImportOptions } from '../../../server/imports/file-options.ts';
import { cancelImport } from '../../../server/imports/finish-import.ts';
import { listImports } from '../../../server/imports/read-imports.ts';
import { runImport } from '../../../server/imports/run-import.ts';
import { findLeads } from '../../../server/leads/find-leads.ts';
import { createTemplate } from '../../../server/leads/mapping-templates.ts';
import { countExpected } from '../../support/count-leads.ts';
import { makeLeadFile } from '../../support/make-leads.ts';
import { openTestServer, type TestServer } from '../store/open-test-store.ts';

let server: TestServer;
beforeEach(async () => {
  server = await openTestServer();
});
afterEach(() => server.end());

const bytesOf = (text: string) => new TextEncoder().encode(text);
const run = (bytes: Uint8Array, options: FileImportOptions = {}, key: string | null = null) =>
  runImport(server.backend, server.actor, bytes, options, key);
async function receiptOf(bytes: Uint8Array, options?: FileImportOptions, key?: string): Promise<FileReceipt> {
  const done = await run(bytes, options, key);
  if (!done.ok) throw new Error(JSON.stringify(done.error));
  return done.value;
}
async function stored() {
  const found = await findLeads(server.backend, server.actor, { limit: 500, sort: 'createdAt' });
  if (!found.ok) throw new Error(found.error.code);
  return { count: found.value.pagination.totalCount, leads: found.value.leads };
}

const HEADER = 'First Name,Last Name,Email,Phone,City\r\n';
const ANN = 'Ann,Lee,ann@example.com,2025550123,Bonn\r\n';
const BOB = 'Bob,Ray,bob@example.com,2025550199,Rome\r\n';

test('the receipt of a messy file says what an independent count says, and what is stored', async () => {
  const file = makeLeadFile({ rowCount: 5_000 });
  const expected = countExpected(file.rows);
  const receipt = await receiptOf(file.bytes, { listName: 'Q4 Webinar', fileName: 'leads.csv' });
  const { total, rejected, created, duplicate, review } = receipt;
  expect({ total, rejected, created, duplicate, review }).toEqual(expected);
  expect(BUCKETS.reduce((sum, bucket) => sum + receipt[bucket], 0)).toBe(total);
  expect(receipt).toMatchObject({ state: 'complete', list: { name: 'Q4 Webinar', created: true }, changedSincePreview: 0 });
  expect((await stored()).count).toBe(created);
  expect(receipt.message).toContain(`${created.toLocaleString('en-US')} leads saved to Q4 Webinar.`);
});

test('the same file again adds nothing', async () => {
  const file = makeLeadFile({ rowCount: 1_500 });
  const first = await receiptOf(file.bytes);
  const again = await receiptOf(file.bytes);
  expect(again).toMatchObject({ created: 0, addedToList: 0, updated: 0, rejected: first.rejected });
  expect(again.duplicate + again.review + again.rejected).toBe(again.total);
});

describe('under an Idempotency-Key', () => {
  test('a file is one import, whose receipt is asked for as often as one likes', async () => {
    const first = await receiptOf(bytesOf(HEADER + ANN), {}, 'key');
    expect(await receiptOf(bytesOf(HEADER + ANN), {}, 'key')).toEqual(first);
    const imports = await listImports(server.backend, server.actor, {});
    expect(imports.ok && imports.value.imports).toHaveLength(1);
    expect(await run(bytesOf(`${HEADER}${ANN}x`), {}, 'key')).toEqual({ ok: false, error: { code: 'IDEMPOTENCY_MISMATCH' } });
    expect(await run(bytesOf(HEADER + ANN), { require: 'any' }, 'key')).toMatchObject({ ok: false });
  });

  test('an import that broke off goes on where it was', async () => {
    const file = makeLeadFile({ rowCount: 2_500 });
    const whole = await receiptOf(file.bytes, {}, 'one');
    await server.end();
    server = await openTestServer();
    // The store breaks down at the third chunk, as a full disk would make it.
    let chunks = 0;
    const failing = {
      ...server.store,
      storeChunk: ((...args) =>
        ++chunks === 3 ? Promise.reject(new Error('full')) : server.store.storeChunk(...args)) as typeof server.store.storeChunk,
    };
    await expect(runImport({ ...server.backend, store: failing }, server.actor, file.bytes, {}, 'one')).rejects.toThrow('full');
    server = await server.reopen();
    const { importId, undoableUntil, list, ...counts } = await receiptOf(file.bytes, {}, 'one');
    expect(whole).toMatchObject({ importId, ...counts });
    expect((await stored()).count).toBe(counts.created);
  });

  test('a cancelled one is over', async () => {
    const { importId } = await receiptOf(bytesOf(HEADER + ANN), { dryRun: false }, 'key');
    expect(await cancelImport(server.backend, server.actor, importId ?? '')).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
  });
});

test('a dry run gives the receipt there would be and keeps nothing', async () => {
  const file = makeLeadFile({ rowCount: 1_000 });
  await receiptOf(bytesOf(HEADER + ANN));
  const dry = await receiptOf(file.bytes, { dryRun: true, listName: 'New' });
  expect((await stored()).count).toBe(1);
  expect(dry).toMatchObject({ importId: null, state: 'receiving', dryRun: true, list: { id: null, name: 'New' } });
  const real = await receiptOf(file.bytes, { listName: 'New' });
  for (const bucket of BUCKETS) expect([bucket, dry[bucket]]).toEqual([bucket, real[bucket]]);
});

test('nothing goes into a new list: none is made, and nobody is said to be saved to it', async () => {
  await receiptOf(bytesOf(HEADER + BOB));
  const changed = bytesOf(HEADER + BOB.replace(/^[^,]*/, 'Robert'));
  const receipt = await receiptOf(changed, {
    listName: 'Empty',
    scope: 'workspace',
    onDuplicate: 'overwrite',
    overwriteFields: ['firstName'],
  });
  expect(receipt).toMatchObject({ updated: 1, created: 0, message: '1 lead updated.', list: { id: null, name: 'Empty', created: false } });
  expect((await server.store.listLists(server.actor.workspace)).map(({ name }) => name)).toEqual(['Default list']);
});

test.each([
  [
    'into a new list',
    { listName: 'New' },
    `${HEADER}${ANN}${ANN}x,y,z,1,\r\n`,
    '1 lead would be saved to New. 1 invalid record would be skipped. 1 duplicate would be left out.',
  ],
  ['into a list where the person is', {}, HEADER + BOB, 'No leads would be saved. 1 is already there.'],
])('a dry run %s speaks of what would be, never of what was', async (_, options, text, message) => {
  await receiptOf(bytesOf(HEADER + BOB));
  expect((await receiptOf(bytesOf(text), { ...options, dryRun: true })).message).toBe(message);
  expect(await receiptOf(bytesOf(text), options)).not.toHaveProperty('dryRun');
});

test('columns nobody has mapped are kept as custom fields, whatever they are called', async () => {
  await receiptOf(bytesOf('First Name,Last Name,Email,Phone,__proto__,,City,City\r\nAnn,Lee,ann@example.com,2025550123,a,b,c,d\r\n'));
  expect((await stored()).leads[0]?.customFields).toEqual([
    { label: '__proto__', value: 'a' },
    { label: 'Column 6', value: 'b' },
    { label: 'City', value: 'c' },
    { label: 'City #2', value: 'd' },
  ]);
});

test('a mapping that is given is followed; a column it does not name is kept, one it ignores is not', async () => {
  const mapping = [
    { column: 0, field: 'lastName' },
    { column: 1, field: 'firstName' },
    { column: 4, field: 'ignore' },
    { column: 2, field: 'email' },
    { field: 'tags', value: 'fair' },
  ] as const;
  await receiptOf(bytesOf(HEADER + ANN), { mapping, require: 'reachable' });
  expect((await stored()).leads[0]).toMatchObject({
    firstName: 'Lee',
    lastName: 'Ann',
    tags: ['fair'],
    customFields: [{ label: 'Phone', value: '2025550123' }],
  });
  expect(await run(bytesOf(HEADER + ANN), { mapping: [{ column: 9, field: 'email' }] })).toMatchObject({
    ok: false,
    error: { about: 'mapping_out_of_range' },
  });
});

test.each([
  ['Email', 'email', ['Mail', 'E-Mail']],
  ['Full name', 'fullName', ['Mail', 'E-Mail']],
] as const)(
  'two columns mapped to %s would lose one of them, so both are named and nothing is stored',
  async (label, field, [first, second]) => {
    const mapping = [
      { column: 0, field },
      { column: 1, field: 'phone' },
      { column: 2, field },
    ] as const;
    const done = await run(bytesOf(`${first},Phone,${second}\r\na@example.com,2025550123,b@example.com\r\n`), { mapping });
    expect(done).toMatchObject({
      ok: false,
      error: {
        code: 'INVALID_REQUEST',
        about: 'mapped_twice',
        data: { first, second, field: label },
        details: [{ field, columns: [0, 2] }],
      },
    });
    expect((await stored()).count).toBe(0);
  },
);

test('tags may come from several columns, custom fields too, and a fixed value fills what a column leaves blank', async () => {
  const mapping = [
    { column: 0, field: 'firstName' },
    { column: 1, field: 'lastName' },
    { column: 2, field: 'tags' },
    { column: 3, field: 'tags' },
    { column: 4, field: 'custom' },
    { column: 5, field: 'custom' },
    { column: 6, field: 'companyName' },
    { field: 'companyName', value: 'Acme' },
  ] as const;
  await receiptOf(bytesOf('a,b,c,d,e,f,g\r\nAnn,Lee,x,y,1,2,\r\n'), { mapping, require: 'any', headerRow: 1 });
  expect((await stored()).leads[0]).toMatchObject({
    tags: ['x', 'y'],
    companyName: 'Acme',
    customFields: [
      { label: 'e', value: '1' },
      { label: 'f', value: '2' },
    ],
  });
});

test('a template finds its columns by their headers, wherever they are', async () => {
  const headers = ['Mail', 'Vorname', 'Nachname', 'Tel'];
  const fields = ['email', 'firstName', 'lastName', 'phone'] as const;
  const mapping = fields.map((field, column) => ({ column, field }));
  const made = await createTemplate(server.backend, server.actor, { name: 'German', headers, mapping });
  const templateId = made.ok ? made.value.id : '';
  await receiptOf(bytesOf('Tel;Nachname;Stadt;Vorname;Mail\n2025550123;Lee;Bonn;Ann;ann@example.com\n'), { templateId });
  expect((await stored()).leads[0]).toMatchObject({ firstName: 'Ann', lastName: 'Lee', customFields: [{ label: 'Stadt', value: 'Bonn' }] });
  expect(await run(bytesOf(HEADER + ANN), { templateId: 'nope' })).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
});

test.each<[string, Uint8Array, FileImportOptions, object]>([
  ['an empty file', bytesOf(''), {}, { code: 'INVALID_FILE', details: [{ code: 'file_empty' }] }],
  ['a header and nothing else', bytesOf(HEADER), {}, { code: 'INVALID_FILE', details: [{ code: 'file_header_only' }] }],
  [
    'a quote that is never closed',
    bytesOf(`${HEADER}"Ann,Lee`),
    {},
    { code: 'INVALID_FILE', details: [{ code: 'quote_never_closed', line: 2 }] },
  ],
  ['a PDF', bytesOf('%PDF-1.7\n'), {}, { code: 'UNSUPPORTED_TYPE', details: [{ code: 'file_wrong_type', refused: 'pdf' }] }],
  [
    'a file over the limit',
    bytesOf(HEADER + ANN),
    { maxFileBytes: 10 },
    { code: 'TOO_LARGE', details: [{ code: 'file_too_large', limit: 10 }] },
  ],
  [
    'an encoding nobody knows',
    bytesOf(HEADER + ANN),
    { encoding: 'klingon' },
    { code: 'INVALID_REQUEST', details: [{ code: 'encoding_unknown', encoding: 'klingon' }] },
  ],
  ['a list that is not there', bytesOf(HEADER + ANN), { listId: 'nope' }, { code: 'LIST_NOT_FOUND' }],
  ['a dry run into a list that is not there', bytesOf(HEADER + ANN), { listId: 'nope', dryRun: true }, { code: 'LIST_NOT_FOUND' }],
  ['"overwrite" without fields', bytesOf(HEADER + ANN), { onDuplicate: 'overwrite' }, { code: 'INVALID_REQUEST' }],
  ['a country that is none', bytesOf(HEADER + ANN), { defaultCountry: 'XX' }, { code: 'INVALID_REQUEST', about: 'bad_country' }],
])('%s is refused, and nothing is left behind', async (_, bytes, options, error) => {
  expect(await run(bytes, options)).toMatchObject({ ok: false, error });
  const imports = await listImports(server.backend, server.actor, {});
  expect(imports.ok && imports.value.imports).toEqual([]);
  expect((await stored()).count).toBe(0);
});
