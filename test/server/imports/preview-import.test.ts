import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PreviewAnswer } from '#shared/api/preview.ts';
import { previewImport } from '../../../server/imports/preview-import.ts';
import { listImports } from '../../../server/imports/read-imports.ts';
import { saveLeads } from '../../../server/leads/save-leads.ts';
import { addSuppressions } from '../../../server/leads/suppressions.ts';
import { countExpected } from '../../support/count-leads.ts';
import { makeLeadFile } from '../../support/make-leads.ts';
import { openTestServer, type TestServer } from '../store/open-test-store.ts';

let server: TestServer;
beforeEach(async () => {
  server = await openTestServer();
});
afterEach(() => server.end());

async function preview(bytes: Uint8Array | string, options: Parameters<typeof previewImport>[3] = {}): Promise<PreviewAnswer> {
  const file = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
  const result = await previewImport(server.backend, server.actor, file, options);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
const FILE = [
  'First Name;Last Name;Email;Phone;Shoe',
  'Ann;Lee;ann@example.com;2025550123;38',
  'Bob;Ray;bob@example.com;2025550124;',
  'Cy;Oh;cy at example.com;2025550125;',
  '',
  'Bob;Ray;bob@example.com;2025550124;41',
  'Dot;Ames;dot@example.org;2025550126;',
  '',
].join('\n');

test('a preview says what the file is, where its columns go and what would happen, and stores nothing', async () => {
  const ann = { firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com', phone: '2025550123' };
  await saveLeads(server.backend, server.actor, { leads: [ann] }, null);
  await addSuppressions(server.backend, server.actor, [{ kind: 'domain', value: 'example.org' }]);
  const answer = await preview(FILE);
  expect(answer.file).toMatchObject({ encoding: 'utf-8', delimiter: ';', headerRow: 1, rowCount: 6, columnCount: 5 });
  expect(answer.columns.map(({ index, header, field }) => [index, header, field])).toEqual([
    [0, 'First Name', 'firstName'],
    [1, 'Last Name', 'lastName'],
    [2, 'Email', 'email'],
    [3, 'Phone', 'phone'],
    [4, 'Shoe', 'custom'],
  ]);
  expect(answer.summary).toEqual({
    total: 6,
    valid: 4,
    invalid: 1,
    warnings: 0,
    blank: 1,
    excluded: 0,
    duplicatesInFile: 1,
    existing: 1,
    suppressed: 1,
  });
  expect(answer.preview).toHaveLength(5);
  expect(answer.preview[0]).toMatchObject({ line: 2, lead: { ...ann, phone: '+12025550123' } });
  expect(answer.preview[2]).toMatchObject({ line: 4, problems: [{ code: 'email_no_at', column: 2 }] });
  expect(answer.problems[0]).toMatchObject({
    code: 'email_no_at',
    severity: 'error',
    count: 1,
    column: 2,
    message: 'An email needs an @.',
  });
  const imports = await listImports(server.backend, server.actor, {});
  expect(imports.ok && imports.value.imports.map((one) => one.source)).toEqual(['api']);
});

test('the sums of a messy file are those of an independent count', async () => {
  const file = makeLeadFile({ rowCount: 3_000 });
  const expected = countExpected(file.rows);
  const { summary } = await preview(file.bytes);
  expect(summary).toMatchObject({ total: 3_000, invalid: expected.rejected, valid: 3_000 - expected.rejected, existing: 0 });
  expect(summary.duplicatesInFile).toBe(expected.duplicate);
});

test('ten records are shown unless more or fewer are asked for', async () => {
  const { bytes } = makeLeadFile({ rowCount: 30 });
  expect((await preview(bytes)).preview).toHaveLength(10);
  expect((await preview(bytes, { limit: 3 })).preview).toHaveLength(3);
  expect((await preview(bytes, { limit: 500 })).preview).toHaveLength(30);
});

test('what is given about the file is not guessed', async () => {
  const answer = await preview('a;b\nAnn;Lee\n', { headerRow: 0, delimiter: ';', require: 'any' });
  expect(answer.file).toMatchObject({ headerRow: 0, rowCount: 2 });
});

test('an owner who is no member is shown as a warning', async () => {
  const answer = await preview('First Name,Last Name,Email,Phone,Owner email\nAnn,Lee,ann@example.com,2025550123,boss@example.net\n');
  expect(answer.preview[0]).toMatchObject({ problems: [{ code: 'owner_unknown' }] });
  expect(answer.preview[0]?.lead).not.toHaveProperty('ownerEmail');
});

const REPORT = [
  'Hosts',
  'Name,Email',
  'Ann Lee,ann@example.com',
  '',
  'People',
  'First Name,Last Name,Email,Phone',
  'ZoÃ«,Fox,zoe@example.de,+49 30 901820',
  'Uwe,Fux,uwe@example.de,030 901821',
  'Test,Test,test@test.com,',
  'Total,2',
  '',
].join('\n');

test('a preview says all that the screen says about how a file is read', async () => {
  const answer = await preview(REPORT, { require: 'any', defaultCountry: 'US' });
  expect(answer.file).toMatchObject({
    encodingSure: true,
    quote: 'double',
    headerRow: 6,
    repairedRows: 1,
    dummyRows: 1,
    skipped: expect.arrayContaining([
      { line: 9, kind: 'dummy', cells: ['Test', 'Test', 'test@test.com', ''] },
      { line: 10, kind: 'total', cells: ['Total', '2'] },
    ]),
  });
  expect(answer.phoneCountries).toMatchObject([{ column: 3, country: 'DE', count: 1, bare: 1 }]);
});

test.each<readonly [string, Parameters<typeof previewImport>[3], readonly (string | undefined)[]]>([
  ['another table', { headerRow: 2 }, ['Ann']],
  ['up to a line', { headerRow: 6, lastRow: 7 }, ['Zoë']],
  ['all rows kept', { keepRows: true }, ['Zoë', 'Uwe', 'Test', 'Total']],
  ['nothing mended', { repair: false }, ['ZoÃ«', 'Uwe']],
])('how a file is read can be chosen: %s', async (_what, options, names) => {
  const answer = await preview(REPORT, { require: 'any', ...options });
  expect(answer.preview.map(({ lead }) => lead.firstName)).toEqual(names);
});

test('quotes can be text', async () => {
  const answer = await preview('First Name,Notes\nAnn,"open\nBob,x\n', { require: 'any', quote: 'none' });
  expect(answer.preview.map(({ lead }) => lead.firstName)).toEqual(['Ann', 'Bob']);
});

test('a list that is not there is an error', async () => {
  const bytes = new TextEncoder().encode(FILE);
  const result = await previewImport(server.backend, server.actor, bytes, { listId: 'nope' });
  expect(result).toEqual({ ok: false, error: { code: 'LIST_NOT_FOUND' } });
});
