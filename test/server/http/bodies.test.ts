import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SAMPLE_CSV } from '#shared/table/sample.data.ts';
import { ANN, answered, defaultListOf, ID, MOMENT } from '../../support/bodies.ts';
import { startServer, type TestServer } from '../../support/start-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.stop());

describe('everything else', () => {
  test('who exists', async () => {
    const listId = await defaultListOf(server);
    const [, saved] = await answered(await server.send('POST', '/api/leads', { leads: [ANN] }));
    await server.send('POST', '/api/suppressions', { entries: [{ kind: 'domain', value: 'example.org', reason: 'asked' }] });
    const body = { listId, emails: ['ann@example.com', 'bob@example.org'], phones: ['+12025550123'], linkedinUrls: [] };
    const lead = {
      firstName: 'Ann',
      lastName: 'Lee',
      email: 'ann@example.com',
      phone: '+12025550123',
      customFields: [{ label: 'Industry', value: 'Tech' }],
    };
    const found = [{ id: saved.leadId, version: 1, inList: true, lead: expect.objectContaining(lead) }];
    expect(await answered(await server.send('POST', '/api/imports/match', body))).toEqual([
      200,
      {
        matches: [
          { key: 'ann@example.com', leads: found },
          { key: '+12025550123', leads: found },
        ],
        suppressed: [{ key: 'bob@example.org', entry: 'example.org', kind: 'domain', since: MOMENT }],
      },
    ]);
  });

  test('keys are shown once', async () => {
    const [status, made] = await answered(await server.send('POST', '/api/keys', { name: 'zapier', role: 'member', expiresAt: null }));
    expect([status, made]).toEqual([
      201,
      expect.objectContaining({ id: ID, key: expect.stringMatching(/^ll_[\w-]{43}$/), name: 'zapier', role: 'member', expiresAt: null }),
    ]);
    expect((await server.ask('/api/leads', { key: made.key })).status).toBe(200);
    const { keys } = await (await server.ask('/api/keys')).json();
    expect(JSON.stringify(keys)).not.toContain(made.key);
    expect((await server.ask(`/api/keys/${made.id}`, { method: 'DELETE' })).status).toBe(200);
    expect((await server.ask('/api/leads', { key: made.key })).status).toBe(401);
  });
  test('a key that would have ended already is not made', async () => {
    const post = (expiresAt: string) => server.send('POST', '/api/keys', { name: 'zapier', expiresAt });
    const [status, body] = await answered(await post('2020-01-01T00:00:00Z'));
    expect([status, body.code, body.error]).toEqual([400, 'INVALID_REQUEST', expect.stringContaining('2020-01-01')]);
    expect((await (await server.ask('/api/keys')).json()).keys.length).toBe(1);
    expect((await post(new Date(Date.now() + 60_000).toISOString())).status).toBe(201);
  });
  test('not even repeating the request shows a key again', async () => {
    const headers = { 'Idempotency-Key': 'one' };
    const [, first] = await answered(await server.send('POST', '/api/keys', { name: 'zapier' }, { headers }));
    const [status, again] = await answered(await server.send('POST', '/api/keys', { name: 'zapier' }, { headers }));
    expect([status, again]).toEqual([201, { ...first, key: null }]);
    expect((await (await server.ask('/api/keys')).json()).keys.length).toBe(2);
  });

  test('a browser is paired with a code, once', async () => {
    const code = await server.makePairingCode();
    const body = { code, name: "Chrome on Ann's laptop" };
    const [status, paired] = await answered(await server.send('POST', '/pair', body, { key: null }));
    expect([status, paired]).toEqual([
      200,
      {
        key: expect.stringMatching(/^ll_/),
        workspace: expect.objectContaining({ name: expect.any(String), plan: 'premium', role: 'admin' }),
      },
    ]);
    expect((await server.ask('/api/workspace', { key: paired.key })).status).toBe(200);
    expect(await answered(await server.send('POST', '/pair', body, { key: null }))).toEqual([
      401,
      expect.objectContaining({ code: 'UNAUTHORIZED' }),
    ]);
  });
  test('a code is good for five minutes', async () => {
    let now = Date.now();
    const other = await startServer({ now: () => now });
    const code = await other.makePairingCode();
    now += 5 * 60_000 + 1;
    expect((await other.send('POST', '/pair', { code }, { key: null })).status).toBe(401);
    await other.stop();
  });

  test('lists', async () => {
    const [status, list] = await answered(await server.send('POST', '/api/lists', { name: ' Q4 ' }));
    expect([status, list]).toEqual([201, { id: ID, name: 'Q4', leadCount: 0, isDefault: false, createdAt: MOMENT }]);
    expect(await answered(await server.send('POST', '/api/lists', { name: 'q4' }))).toEqual([
      409,
      expect.objectContaining({ code: 'CONFLICT' }),
    ]);
    expect(await answered(await server.send('PATCH', `/api/lists/${list.id}`, { name: 'Q1' }))).toEqual([200, { ...list, name: 'Q1' }]);
    expect((await server.ask(`/api/lists/${list.id}`, { method: 'DELETE' })).status).toBe(200);
    expect((await server.ask(`/api/lists/${list.id}`, { method: 'DELETE' })).status).toBe(404);
    expect((await server.ask(`/api/lists/${await defaultListOf(server)}`, { method: 'DELETE' })).status).toBe(400);
    for (const wrong of [{}, { name: '' }, { name: '  ' }, { name: 7 }, { name: 'x'.repeat(201) }])
      expect((await server.send('POST', '/api/lists', wrong)).status).toBe(400);
  });

  test('who is suppressed', async () => {
    const entries = [{ kind: 'domain', value: 'example.org', reason: 'asked' }];
    expect(await answered(await server.send('POST', '/api/suppressions', { entries }))).toEqual([
      201,
      {
        entries: [{ id: ID, kind: 'domain', value: 'example.org', reason: 'asked', source: 'api', since: MOMENT }],
        addedCount: 1,
        markedCount: 0,
      },
    ]);
    const [, saved] = await answered(await server.send('POST', '/api/leads', { leads: [{ ...ANN, email: 'ann@mail.example.org' }] }));
    expect([saved.suppressedCount, saved.createdCount, saved.leadId]).toEqual([1, 0, null]);
  });

  test('the same request under one key is done once; another body is refused', async () => {
    const headers = { 'Idempotency-Key': 'first-batch' };
    const first = await server.send('POST', '/api/leads', { leads: [ANN] }, { headers });
    const again = await server.send('POST', '/api/leads', { leads: [ANN] }, { headers });
    expect([again.status, await again.text()]).toEqual([first.status, await first.text()]);
    expect(await answered(await server.send('POST', '/api/leads', { leads: [{ ...ANN, notes: 'x' }] }, { headers }))).toEqual([
      422,
      expect.objectContaining({ code: 'IDEMPOTENCY_MISMATCH' }),
    ]);
    const list = () => server.send('POST', '/api/lists', { name: 'Once' }, { headers: { 'Idempotency-Key': 'list' } });
    expect(await (await list()).json()).toEqual(await (await list()).json());
    expect((await server.send('POST', '/api/lists', { name: '' }, { headers: { 'Idempotency-Key': 'mended' } })).status).toBe(400);
    expect((await server.send('POST', '/api/lists', { name: 'Mended' }, { headers: { 'Idempotency-Key': 'mended' } })).status).toBe(201);
    for (const key of ['', 'a b', 'x'.repeat(256), 'é'])
      expect((await server.send('POST', '/api/lists', { name: 'No' }, { headers: { 'Idempotency-Key': key } })).status).toBe(400);
  });
  test('ten at once under one key: one does the work, the others wait or get its answer', async () => {
    const ask = () => server.send('POST', '/api/lists', { name: 'Race' }, { headers: { 'Idempotency-Key': 'race' } });
    const statuses = (await Promise.all(Array.from({ length: 10 }, ask))).map((answer) => answer.status);
    expect(statuses.filter((status) => status !== 201 && status !== 409)).toEqual([]);
    expect(statuses).toContain(201);
    const { lists } = await (await server.ask('/api/lists')).json();
    expect(lists.filter((list: { name: string }) => list.name === 'Race').length).toBe(1);
  });
  test('the same file under one key is imported once', async () => {
    const post = (body: string) =>
      server.ask('/api/imports?listName=Once', {
        method: 'POST',
        headers: { 'Content-Type': 'text/csv', 'Idempotency-Key': 'file' },
        body,
      });
    const first = await answered(await post(SAMPLE_CSV));
    expect(await answered(await post(SAMPLE_CSV))).toEqual(first);
    expect((await post(SAMPLE_CSV.replace('Ann', 'Bea'))).status).toBe(422);
    expect((await (await server.ask('/api/leads')).json()).pagination.totalCount).toBe(48);
  });

  test('the template has every field and can be imported', async () => {
    const template = await (await server.ask('/api/template.csv')).text();
    const [status, receipt] = await answered(
      await server.ask('/api/imports', { method: 'POST', headers: { 'Content-Type': 'text/csv' }, body: template }),
    );
    expect([status, receipt.created, receipt.rejected]).toEqual([201, 1, 0]);
  });
});
