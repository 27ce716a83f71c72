import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ANN, answered, ID, MOMENT } from '../../support/bodies.ts';
import { startServer, type TestServer } from '../../support/start-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.stop());

describe('an import in chunks', () => {
  test('from its announcement to its receipt', async () => {
    const importId = randomUUID();
    const announcement = {
      source: 'csv',
      fileName: 'leads.csv',
      fileSha256: 'a'.repeat(64),
      list: { name: 'Q4 Webinar' },
      mapping: [
        { column: 0, field: 'firstName' },
        { column: 5, field: 'custom', label: 'City', type: 'text' },
      ],
      policy: { onDuplicate: 'skip', require: 'complete', defaultCountry: 'US', scope: 'list', overwriteFields: [] },
      headers: ['First Name', 'Last Name', 'Email', 'Phone', 'x', 'City'],
      total: 2,
      chunkCount: 1,
    };
    const put = (body: object) => server.send('PUT', `/api/imports/${importId}`, body);
    expect((await put(announcement)).status).toBe(201);
    expect((await put(announcement)).status).toBe(200);
    expect(await answered(await put({ ...announcement, total: 3 }))).toEqual([
      422,
      expect.objectContaining({ code: 'IDEMPOTENCY_MISMATCH' }),
    ]);
    expect((await (await server.ask('/api/lists')).json()).lists.length).toBe(1); // the new list exists from the first chunk on

    const complete = () => server.send('POST', `/api/imports/${importId}/complete`, {});
    expect(await answered(await complete())).toEqual([409, expect.objectContaining({ code: 'MISSING_CHUNKS', details: [0] })]);
    expect(await (await server.ask(`/api/imports/${importId}`)).json()).toMatchObject({ importId, state: 'receiving', missingChunks: [0] });

    const rows = [
      { line: 2, decision: 'create', lead: { firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com', phone: '+12025550123' } },
      { line: 3, decision: 'reject', problems: [{ code: 'email_no_at', field: 'email', text: 'ann' }], raw: ['Ann', '', 'ann'] },
    ];
    const chunk = (body: object) => server.send('PUT', `/api/imports/${importId}/chunks/0`, body);
    const first = await (await chunk({ rows })).text();
    expect(JSON.parse(first)).toMatchObject({
      seq: 0,
      outcomes: [
        { line: 2, bucket: 'created', leadId: ID },
        { line: 3, bucket: 'rejected' },
      ],
      counters: { created: 1, rejected: 1 },
    });
    expect(await (await chunk({ rows })).text()).toBe(first);
    expect(await answered(await chunk({ rows: rows.slice(1) }))).toEqual([422, expect.objectContaining({ code: 'IDEMPOTENCY_MISMATCH' })]);

    const [status, receipt] = await answered(await complete());
    expect(status).toBe(200);
    expect(receipt).toEqual({
      importId,
      state: 'complete',
      list: { id: ID, name: 'Q4 Webinar', created: true },
      total: 2,
      created: 1,
      updated: 0,
      addedToList: 0,
      duplicate: 0,
      review: 0,
      suppressed: 0,
      rejected: 1,
      excluded: 0,
      blank: 0,
      cancelled: 0,
      changedSincePreview: 0,
      message: expect.any(String),
      undoableUntil: MOMENT,
    });
    expect(await (await complete()).json()).toEqual(receipt);
    expect((await (await server.ask(`/api/imports/${importId}/rows?bucket=rejected`)).json()).rows).toMatchObject([
      { line: 3, bucket: 'rejected', leadId: null, raw: ['Ann', '', 'ann'] },
    ]);
    const rejected = await (await server.ask(`/api/imports/${importId}/rejected.csv`)).text();
    expect(rejected.split('\r\n')[0]).toBe('First Name,Last Name,Email,Phone,x,City,leadline_import,line,column,code,reason');
    expect(rejected).toContain('email_no_at');
  });

  test('an id that is no UUID, a number that is none, an import that does not exist', async () => {
    expect((await server.send('PUT', '/api/imports/7', { source: 'csv', total: 0, chunkCount: 0 })).status).toBe(400);
    expect((await server.send('PUT', `/api/imports/${randomUUID()}/chunks/x`, { rows: [] })).status).toBe(400);
    expect((await server.send('PUT', `/api/imports/${randomUUID()}/chunks/0`, { rows: [] })).status).toBe(404);
    for (const path of ['', '/rows', '/rejected.csv']) expect((await server.ask(`/api/imports/${randomUUID()}${path}`)).status).toBe(404);
    for (const path of ['/complete', '/cancel'])
      expect((await server.ask(`/api/imports/${randomUUID()}${path}`, { method: 'POST' })).status).toBe(404);
  });

  test.each([
    ['a hundred million chunks for one row', 1, 100_000_000],
    ['more chunks than rows', 3, 4],
    ['two chunks for no rows', 0, 2],
    ['more chunks than any file makes', 1_000_000, 10_001],
    ['more rows than a spreadsheet holds', 1_048_577, 1],
  ])('%s cannot be announced', async (_, total, chunkCount) => {
    const path = `/api/imports/${randomUUID()}`;
    expect(await answered(await server.send('PUT', path, { source: 'csv', total, chunkCount }))).toEqual([
      400,
      expect.objectContaining({
        code: 'INVALID_REQUEST',
        details: expect.arrayContaining([expect.objectContaining({ path: expect.stringMatching(/^(?:total|chunkCount)$/) })]),
      }),
    ]);
    expect((await server.ask(path)).status).toBe(404);
  });
  test.each([
    [{ list: {} }, 'list', 'the `id` of a list, or a `name` of 1 to 200 characters'],
    [{ total: 1.5 }, 'total', 'a whole number from 0'],
    [{ total: '1' }, 'total', 'a whole number from 0'],
    [{ chunkCount: -1 }, 'chunkCount', 'a whole number from 0'],
    [{ source: '' }, 'source', 'a text of at least 1 character'],
    [{ source: 7 }, 'source', 'a text'],
    [{ headers: 'a,b' }, 'headers', 'a list'],
    [{ policy: 7 }, 'policy', 'an object'],
    [{ policy: { strictPhones: 'no' } }, 'policy.strictPhones', 'true or false'],
    [{ fileSha256: 'abc' }, 'fileSha256', '64 hexadecimal digits in lower case'],
    [{ mapping: [{ column: 0, field: 'shoe' }] }, 'mapping[0]', 'a `column` or a `value`, and the `field` it goes to'],
  ])('what is wrong with %j is told in plain words', async (part, path, expected) => {
    const body = { source: 'csv', total: 1, chunkCount: 1, ...part };
    const [status, { details }] = await answered(await server.send('PUT', `/api/imports/${randomUUID()}`, body));
    expect([status, details]).toEqual([400, [{ path, expected }]]);
  });
  test.each([
    ['nothing at all', 0, 0],
    ['an empty chunk for no rows', 0, 1],
    ['a chunk for every row', 3, 3],
    ['as much as there can be', 1_048_576, 10_000],
  ])('%s can be announced', async (_, total, chunkCount) => {
    const body = { source: 'csv', total, chunkCount };
    const [status, state] = await answered(await server.send('PUT', `/api/imports/${randomUUID()}`, body));
    expect([status, state.missingChunks.length]).toEqual([201, chunkCount]);
  });

  test('a chunk that comes gzipped is the same chunk', async () => {
    const importId = randomUUID();
    await server.send('PUT', `/api/imports/${importId}`, { source: 'csv', total: 1, chunkCount: 1 });
    const body = JSON.stringify({ rows: [{ line: 2, decision: 'create', lead: ANN }] });
    const zipped = await new Response(new Blob([body]).stream().pipeThrough(new CompressionStream('gzip'))).bytes();
    const path = `/api/imports/${importId}/chunks/0`;
    const headers = { 'Content-Type': 'application/json' };
    const first = await server.ask(path, { method: 'PUT', headers: { ...headers, 'Content-Encoding': 'gzip' }, body: zipped });
    expect(first.status).toBe(200);
    expect(await (await server.ask(path, { method: 'PUT', headers, body })).text()).toBe(await first.text());
  });
});
