import { afterAll, expect, test } from 'vitest';
import { startHubspot } from '../support/hubspot/start-hubspot.ts';
import { hubspotEnv, makeDataFolder, spawnServer } from '../support/start-server.ts';

const PATIENCE_MS = 60_000; // real processes on a machine that has other things to do
const folder = makeDataFolder();
afterAll(() => folder.remove());

test('calls of the last seconds are still counted when the server is told to stop', { timeout: PATIENCE_MS }, async () => {
  const hubspot = await startHubspot();
  const start = { dataDir: folder.path, env: hubspotEnv(hubspot) };
  let server = await spawnServer(start);
  const headers = { Authorization: `Bearer ${server.apiKey}`, 'Content-Type': 'application/json' };
  try {
    const body = JSON.stringify({ key: hubspot.oauth.serviceKey() });
    const made = await fetch(`${server.url}/api/connections/hubspot/service-key`, { method: 'POST', headers, body });
    expect(made.status).toBe(201);
    const { id } = await made.json();
    expect((await fetch(`${server.url}/api/connections/${id}/fields`, { headers })).status).toBe(200);
    expect(await server.stop()).toBe(0);
    server = await spawnServer(start);
    const [connection] = (await (await fetch(`${server.url}/api/connections`, { headers })).json()).connections;
    expect(hubspot.requests.length).toBeGreaterThan(4);
    expect(connection.health.calls).toMatchObject({ usedToday: hubspot.requests.length, account: { limit: 250_000 } });
  } finally {
    await server.stop();
    await hubspot.close();
  }
});
