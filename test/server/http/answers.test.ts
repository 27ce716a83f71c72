import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ROUTE_IDS, ROUTES } from '#shared/api/contract.ts';
import { errorBody } from '#shared/api/errors.ts';
import type { Answer } from '#shared/api/route.ts';
import { makeSampleRequests, type SampleRequests } from '../../support/sample-requests.ts';
import { startServer, type TestServer } from '../../support/start-server.ts';

const answerOf = (id: keyof typeof ROUTES): Answer => ROUTES[id].answer;

describe('what is answered is what the contract says, no field more and none less', () => {
  let server: TestServer;
  let requests: SampleRequests;
  beforeAll(async () => {
    server = await startServer();
    // So that lists of things are not empty.
    await server.send('POST', '/api/custom-fields', { label: 'Score', type: 'number' });
    await server.send('POST', '/api/leads', {
      leads: [{ firstName: 'Ann', lastName: 'Lee', email: 'a@b.co', phone: '2025550123', tags: 'fair', customFields: { Score: '7' } }],
    });
  });
  beforeEach(async () => {
    requests = await makeSampleRequests(server);
  });
  afterAll(() => server.stop());

  test.each(ROUTE_IDS.filter((id) => answerOf(id).kind === 'json' && id !== 'openapi'))('%s', async (id) => {
    const answer = answerOf(id);
    if (answer.kind !== 'json') throw new Error('filtered above');
    const { path, ...request } = requests[id];
    const answered = await server.ask(path, request);
    const body = await answered.json();
    const parsed = answer.schema.safeParse(body);
    expect(parsed.error?.issues ?? []).toEqual([]);
    expect(parsed.data).toEqual(body);
    expect(answer.status).toContain(answered.status);
  });

  test('one lead by its id', async () => {
    const { leads } = await (await server.ask('/api/leads')).json();
    const body = await (await server.ask(`/api/leads?id=${leads[0].id}`)).json();
    expect(ROUTES.findLeads.answer.schema.parse(body)).toEqual(body);
  });

  test('a receipt of every kind of row, its rows, and duplicates of saved leads', async () => {
    const file =
      'First Name,Last Name,Email,Phone\nCleo,Ray,cleo@example.com,2025550155\nCleo,Ray,cleo@example.com,2025550155\n,,,\nBob,,bob,1\n';
    const imported = await server.ask('/api/imports?listName=All', { method: 'POST', headers: { 'Content-Type': 'text/csv' }, body: file });
    const receipt = await imported.json();
    expect(ROUTES.importFile.answer.schema.parse(receipt)).toEqual(receipt);
    expect(receipt).toMatchObject({ total: 4, created: 1, duplicate: 1, rejected: 1, blank: 1 });
    const rows = await (await server.ask(`/api/imports/${receipt.importId}/rows`)).json();
    expect(ROUTES.importRows.answer.schema.parse(rows)).toEqual(rows);
    expect(rows.rows.map((row: { bucket: string }) => row.bucket)).toEqual(['created', 'duplicate', 'blank', 'rejected']);
    const saved = await (
      await server.send('POST', '/api/leads', {
        leads: [{ firstName: 'Cleo', lastName: 'Ray', email: 'cleo@example.com', phone: '2025550155' }, {}],
        onInvalid: 'skip',
        listId: receipt.list.id,
      })
    ).json();
    expect(ROUTES.saveLeads.answer.schema.parse(saved)).toEqual(saved);
    expect(saved).toMatchObject({ duplicateCount: 1, invalidCount: 1, duplicates: [{ matchedOn: 'email' }], invalid: [{ index: 1 }] });
  });

  test('errors', async () => {
    const body = await (await server.ask('/nowhere')).json();
    expect(errorBody.parse(body)).toEqual(body);
  });
});
