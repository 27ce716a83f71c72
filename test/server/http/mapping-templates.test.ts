import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { headerSignature } from '#shared/mapping/header-signature.ts';
import { answered, ID, MOMENT } from '../../support/bodies.ts';
import { addTenant } from '../../support/second-tenant.ts';
import { startServer, type TestServer } from '../../support/start-server.ts';

let server: TestServer;
let viewer: string;
let tenant: string;
beforeAll(async () => {
  server = await startServer();
  viewer = await server.makeKey('viewer');
  tenant = (await addTenant(server)).key;
});
afterAll(() => server.stop());

const HEADERS = ['Vorname', 'E-Mail', 'Geburtstag'];
/** All that a mapping can hold. */
const MAPPING = [
  { column: 0, field: 'firstName' },
  { column: 1, field: 'email' },
  { column: 1, field: 'notes' },
  { column: 2, field: 'custom', label: 'Birthday', type: 'date', dateOrder: 'dmy' },
  { field: 'tags', value: 'fair' },
  { field: 'custom', label: 'Event', value: 'Spring' },
];
const signature = headerSignature(HEADERS) ?? '';

async function read(key: string | null = server.adminKey, query = `?signature=${signature}`) {
  return await answered(await server.ask(`/api/mapping-templates${query}`, { key }));
}

async function importFile(): Promise<string> {
  const importId = randomUUID();
  const policy = { onDuplicate: 'skip', require: 'any', defaultCountry: 'US', scope: 'list', overwriteFields: [] };
  const body = { source: 'csv', mapping: MAPPING, policy, headers: HEADERS, total: 0, chunkCount: 0 };
  await server.send('PUT', `/api/imports/${importId}`, body);
  await server.send('POST', `/api/imports/${importId}/complete`, {});
  return importId;
}

describe('how such files were mapped before', () => {
  test('is told to everybody of the workspace, whole, with who and when', async () => {
    const importId = await importFile();
    const told = { importId, headers: HEADERS, mapping: MAPPING, at: MOMENT };
    expect(await read()).toEqual([
      200,
      { templates: [], remembered: { ...told, by: { name: expect.any(String), email: expect.stringContaining('@'), isYou: true } } },
    ]);
    expect(await read(viewer)).toMatchObject([200, { remembered: told }]);
  });

  test('is nothing to another workspace, for other headers, or unasked', async () => {
    await importFile();
    expect(await read(tenant)).toEqual([200, { templates: [], remembered: null }]);
    expect(await read(undefined, `?signature=${headerSignature(['Vorname'])}`)).toMatchObject([200, { remembered: null }]);
    expect(await read(undefined, '')).toMatchObject([200, { remembered: null }]);
  });

  test('what is no signature is told so', async () => {
    expect(await read(undefined, '?signature=%27%20OR%201')).toMatchObject([400, { code: 'INVALID_REQUEST' }]);
  });
});

test('a template keeps all that a mapping can hold; viewers see it, members change it, others never know of it', async () => {
  const made = await answered(await server.send('POST', '/api/mapping-templates', { name: ' Messe ', headers: HEADERS, mapping: MAPPING }));
  expect(made).toMatchObject([201, { id: ID, name: 'Messe', headers: HEADERS, mapping: MAPPING, by: { isYou: true }, updatedAt: MOMENT }]);
  const { id } = made[1] as { id: string };
  const rename = (key: string) => server.send('PATCH', `/api/mapping-templates/${id}`, { name: 'Messe 2' }, { key });
  expect((await rename(viewer)).status).toBe(403);
  expect((await rename(tenant)).status).toBe(404);
  expect((await rename(await server.makeKey('member'))).status).toBe(200);
  expect(await read(viewer)).toMatchObject([200, { templates: [{ id, name: 'Messe 2' }] }]);
  expect(await read(tenant)).toMatchObject([200, { templates: [] }]);
});
