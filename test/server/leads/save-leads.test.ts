import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SaveLeadsAnswer, SaveLeadsBody } from '#shared/api/leads.ts';
import { saveLeads } from '../../../server/leads/save-leads.ts';
import { openTestServer, type TestServer } from '../store/open-test-store.ts';

let server: TestServer;
beforeEach(async () => {
  server = await openTestServer();
});
afterEach(() => server.end());

const ANN = { firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com', phone: '2025550123' };

async function save(body: SaveLeadsBody, key?: string): Promise<{ status: number; answer: SaveLeadsAnswer; text: string }> {
  const once = key === undefined ? null : { key, request: 'POST /api/leads', sha256: JSON.stringify(body) };
  const saved = await saveLeads(server.backend, server.actor, body, once);
  if (!saved.ok) throw new Error(JSON.stringify(saved.error));
  return { status: saved.value.status, answer: JSON.parse(saved.value.body), text: saved.value.body };
}

test('one lead is saved to the default list', async () => {
  const { status, answer } = await save({ leads: [ANN] });
  expect(status).toBe(201);
  expect(answer).toMatchObject({ message: '1 lead saved', savedCount: 1, createdCount: 1, totalProcessed: 1, duplicateOnly: false });
});
