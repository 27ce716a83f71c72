import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '../support/start-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const ANN = { firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com', phone: '2025550123' };
const send = async (body: unknown, init?: Parameters<TestServer['send']>[3]) => {
  const answer = await server.send('POST', '/api/leads', body, init);
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};

describe('uploading leads by program', () => {
  test('the endpoint is POST /api/leads with a bearer key', async () => {
    const { status, body } = await send({ leads: [{ ...ANN, customFields: { Industry: 'Tech' } }], source: 'api' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ message: '1 lead saved', savedCount: 1, createdCount: 1, totalProcessed: 1 });
  });
  test('the complete documentation can be read, by people and by programs', async () => {
    const page = await server.ask('/api/docs', { key: null });
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('/api/leads')]);
    const document = await server.ask('/api/openapi.json', { key: null });
    expect(await document.json()).toMatchObject({ paths: { '/api/leads': { post: expect.anything() } } });
  });
});

describe('error codes', () => {
  test('400: invalid data', async () =>
    expect(await send({ leads: 'nonsense' })).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } }));
  test('400: a required field is missing, and nothing is written', async () => {
    const { email: _, ...rest } = ANN;
    const { status, body } = await send({ leads: [rest, { ...ANN, email: 'other@example.com' }] });
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'INVALID_LEADS', details: [{ index: 0, field: 'email', code: 'email_missing' }] });
    const found = await server.ask('/api/leads?search=other@example.com');
    expect(await found.json()).toMatchObject({ pagination: { totalCount: 0 } });
  });
  test.each([
    ['missing', null],
    ['invalid', 'll_not_a_key'],
  ])('401: the key is %s', async (_, key) =>
    expect(await send({ leads: [ANN] }, { key })).toMatchObject({ status: 401, body: { code: 'UNAUTHORIZED' } }),
  );
  test('404: there is no such list', async () =>
    expect(await send({ leads: [ANN], listId: 'no-such-list' })).toMatchObject({ status: 404, body: { code: 'LIST_NOT_FOUND' } }));
  test('500: the server itself failed, and says that trying again is safe', async () => {
    const broken = await startServer();
    await broken.backend.store.close();
    const answer = await broken.send('POST', '/api/leads', { leads: [ANN] });
    expect([answer.status, await answer.json()]).toEqual([
      500,
      expect.objectContaining({ code: 'INTERNAL', error: expect.stringContaining('safe') }),
    ]);
    await broken.stop();
  });
  test('every error is a sentence, a code and an id to ask about', async () => {
    const { body } = await send({ leads: 'nonsense' });
    expect(body).toEqual({
      error: expect.stringMatching(/\.$|;/),
      code: 'INVALID_REQUEST',
      details: expect.anything(),
      requestId: expect.any(String),
    });
  });
});
