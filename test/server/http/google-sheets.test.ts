import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createLog } from '../../../server/log.ts';
import type { FakeCell } from '../../support/google/fake-sheets.ts';
import { ERRORS, type GoogleError } from '../../support/google/google-errors.ts';
import { makeCode } from '../../support/google/start-google.ts';
import { SAMPLE_REDIRECT, startServer, type TestServer } from '../../support/start-server.ts';

const ID = '1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms';
const HEADER: readonly FakeCell[] = ['First Name', 'Last Name', 'Email', 'Phone', 'Zip'];
const person = (name: string, at: number): readonly FakeCell[] => [
  name,
  'Lee',
  `${name.toLowerCase()}@example.com`,
  { shown: '2.12556E+09', value: 2125550100 + at },
  { shown: '02138', value: 2138 },
];

let server: TestServer;
let token: string;
const lines: string[] = [];
beforeAll(async () => {
  server = await startServer({ log: createLog('trace', { write: (line: string) => lines.push(line) }) });
});
afterAll(() => server.stop());
beforeEach(() => {
  const { auth, sheets } = server.google;
  token = auth.grant('ann@example.com');
  sheets.before = () => null;
  sheets.spreadsheets.set(ID, {
    id: ID,
    title: 'Webinar',
    tabs: [
      { gid: 0, title: 'Leads', rows: [HEADER, person('Ann', 1), person('Bea', 2), person('Cy', 3), ['Dan', '#N/A']], hiddenRows: [3] },
      { gid: 9, title: 'Q4', rows: [HEADER, person('Eve', 5)] },
      { gid: 5, title: 'Chart', sheetType: 'OBJECT', rows: [] },
      { gid: 6, title: 'Empty', rows: [] },
    ],
  });
});
async function send(body: object, headers: Readonly<Record<string, string>> = {}) {
  const answer = await server.send('POST', '/api/imports/google-sheets', { accessToken: token, spreadsheetId: ID, ...body }, { headers });
  return { status: answer.status, body: await answer.json(), headers: answer.headers };
}

describe('a script imports a sheet with a token of its own', () => {
  test('and gets the receipt of any import: hidden rows are left out, an error of a formula rejects nobody by itself', async () => {
    const { status, body } = await send({ listName: 'From Sheets' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ list: { name: 'From Sheets' }, state: 'complete', total: 4, created: 2, excluded: 1, rejected: 1 });
    const { leads } = await (await server.ask(`/api/leads?listId=${body.list.id}`)).json();
    const ann = leads.find((lead: { firstName: string }) => lead.firstName === 'Ann');
    expect(ann).toMatchObject({ phone: '+12125550101', customFields: [{ label: 'Zip', value: '02138' }] });
    const { source, fileName } = await (await server.ask(`/api/imports/${body.importId}`)).json();
    expect([source, fileName]).toEqual(['google-sheets', 'Webinar - Leads']);
    const { rows } = await (await server.ask(`/api/imports/${body.importId}/rows?bucket=rejected`)).json();
    expect(rows[0].line).toBe(5);
    expect(rows[0].problems).toContainEqual({ code: 'formula_error', severity: 'warning', column: 1, text: '#N/A' });
  });
  test('a tab by its name, by the address, by a range', async () => {
    expect((await send({ sheetName: 'Q4', listName: 'A' })).body.total).toBe(1);
    expect((await send({ spreadsheetId: `https://docs.google.com/spreadsheets/d/${ID}/edit#gid=9`, listName: 'B' })).body.total).toBe(1);
    expect((await send({ range: 'A1:E3', listName: 'C' })).body.total).toBe(2);
  });
  test('a mapping of its own, and hidden rows when it says so', async () => {
    const mapping = [{ column: 4, field: 'ignore' }];
    const all = [0, 1, 2, 3].map((column) => ({ column, field: ['firstName', 'lastName', 'email', 'phone'][column] }));
    const { body } = await send({ listName: 'D', includeHidden: true, mapping: [...all, ...mapping], onDuplicate: 'create' });
    expect(body).toMatchObject({ total: 4, created: 3, excluded: 0 });
  });
  test('a dry run stores nothing', async () => {
    expect((await send({ listName: 'Never', dryRun: true })).body).toMatchObject({ importId: null, dryRun: true, total: 4 });
  });
  test('the same key again is the same import', async () => {
    const headers = { 'Idempotency-Key': 'sheet-1' };
    const [one, other] = [await send({ listName: 'E' }, headers), await send({ listName: 'E' }, headers)];
    expect(other.body).toEqual(one.body);
  });
});

describe('what Google says no with is said to the script', () => {
  test.each<readonly [string, GoogleError, number, string]>([
    ['the token has run out', ERRORS.noToken, 400, 'INVALID_REQUEST'],
    ['the token may not read sheets', ERRORS.scopeMissing, 400, 'INVALID_REQUEST'],
    ['the account may not open it', ERRORS.noAccess, 403, 'FORBIDDEN'],
    ['the project has no Sheets API', ERRORS.apiDisabled, 403, 'FORBIDDEN'],
    ['there is no such sheet', ERRORS.notFound, 404, 'NOT_FOUND'],
    ['it is an Excel file', ERRORS.notASpreadsheet, 400, 'INVALID_FILE'],
    ['too many reads', ERRORS.quota, 429, 'RATE_LIMITED'],
    ['Google is in trouble', ERRORS.trouble, 500, 'INTERNAL'],
  ])('%s', async (_what, error, status, code) => {
    server.google.sheets.before = () => error;
    const answered = await send({});
    expect([answered.status, answered.body.code]).toEqual([status, code]);
    expect(answered.body.error).toMatch(/Google|sheet|accessToken/);
    expect(answered.headers.get('Retry-After')).toBe(status === 429 ? '30' : null);
  });
  test.each<readonly [string, object, number, string]>([
    ['no such tab', { sheetName: 'Nope' }, 404, 'NOT_FOUND'],
    ['an empty tab', { sheetName: 'Empty' }, 400, 'INVALID_FILE'],
    ['a chart', { sheetName: 'Chart' }, 400, 'INVALID_FILE'],
    ['another site', { spreadsheetId: 'https://evil.example/spreadsheets/d/x' }, 400, 'INVALID_REQUEST'],
    ['a range nobody can read', { range: 'all' }, 400, 'INVALID_REQUEST'],
    ['a token with a line end', { accessToken: 'a\r\nX-Evil: 1' }, 400, 'INVALID_REQUEST'],
    ['no token', { accessToken: '' }, 400, 'INVALID_REQUEST'],
    ['an unknown list', { listId: 'nope' }, 404, 'LIST_NOT_FOUND'],
  ])('%s', async (_what, body, status, code) => {
    const answered = await send(body);
    expect([answered.status, answered.body.code]).toEqual([status, code]);
  });
});

describe('codes are traded for tokens', () => {
  const trade = async (body: object, from = server) => {
    const answer = await from.send('POST', '/api/google/token', body);
    return [answer.status, await answer.json()] as const;
  };
  const good = async () => ({ ...(await makeCode(server.google, SAMPLE_REDIRECT)), redirectUri: SAMPLE_REDIRECT });
  test('once', async () => {
    const body = await good();
    expect(await trade(body)).toMatchObject([200, { expiresIn: 3599 }]);
    expect(await trade(body)).toMatchObject([400, { code: 'INVALID_REQUEST' }]);
  });
  test('never for another verifier, never for a web page', async () => {
    expect((await trade({ ...(await good()), codeVerifier: 'x'.repeat(43) }))[0]).toBe(400);
    expect((await trade({ ...(await good()), redirectUri: 'https://evil.example/' }))[0]).toBe(400);
    expect((await trade({ ...(await good()), redirectUri: `http://127.0.0.1/mozoauth2/${'f'.repeat(40)}` }))[0]).toBe(400);
  });
  test('only where the operator gave a secret', async () => {
    const without = await startServer({ env: { LEADLINE_GOOGLE_CLIENT_SECRET: '' } });
    expect(await trade(await good(), without)).toMatchObject([404, { code: 'NOT_FOUND' }]);
    expect((await (await without.ask('/api/workspace')).json()).google.hasSecret).toBe(false);
    await without.stop();
  });
});

test('token, code and secret are in no log line and no file, whatever became of the call', async () => {
  const body = { ...(await makeCode(server.google, SAMPLE_REDIRECT)), redirectUri: SAMPLE_REDIRECT };
  await server.send('POST', '/api/google/token', body);
  await server.send('POST', '/api/google/token', body);
  await send({ listName: 'Planted' }, { 'Idempotency-Key': 'planted' });
  server.google.sheets.before = () => ({ code: 500, status: 'INTERNAL', message: `cannot read with ${token}` });
  await send({});
  await server.backend.store.checkpoint();
  const files = readdirSync(server.dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const stored = files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1')).join('');
  expect(stored).toContain('ann@example.com');
  for (const secret of [token, body.code, body.codeVerifier, 'GOCSPX-demo-secret', 'ya29.']) {
    expect(stored.includes(secret)).toBe(false);
    expect(lines.some((line) => line.includes(secret))).toBe(false);
  }
});
