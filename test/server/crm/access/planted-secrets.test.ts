import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLog } from '../../../../server/log.ts';
import { HUBSPOT_APP } from '../../../support/hubspot/hubspot-oauth.ts';
import { comeBack } from '../../../support/sample-requests.ts';
import { startServer, type TestServer } from '../../../support/start-server.ts';

const ROUNDS = 170;
const TOKEN = 'POST /oauth/2026-03/token';

/** As text, and as it would look inside other things. */
const shapesOf = (secret: string) => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  Buffer.from(secret).toString('base64url'),
  Buffer.from(secret).toString('hex'),
  JSON.stringify(secret).slice(1, -1),
];

const WINDOW = 16;

/** Secrets of which the beginning stands in a text, in any of their shapes; in one pass, however many there are. */
function findSecrets(text: string, secrets: ReadonlySet<string>): readonly string[] {
  const starts = new Map<string, string>();
  for (const secret of secrets) for (const shape of shapesOf(secret)) starts.set(shape.slice(0, WINDOW), secret);
  const found = new Set<string>();
  for (let at = 0; at < text.length; at++) {
    const secret = starts.get(text.slice(at, at + WINDOW));
    if (secret !== undefined) found.add(secret);
  }
  return [...found];
}

test('a thousand secrets that went through the server are nowhere in what it keeps, logs or answers', async () => {
  const clock = { now: Date.UTC(2026, 4, 1, 12) };
  const lines: string[] = [];
  const server = await startServer({ now: () => clock.now, log: createLog('trace', { write: (line: string) => lines.push(line) }) });
  const { oauth, faults } = server.hubspot;
  oauth.habits.rotates = true;
  const secrets = new Set<string>([HUBSPOT_APP.clientSecret]);
  const answers: string[] = [];
  const ask = async (path: string, init: Parameters<TestServer['ask']>[1] = {}) => {
    const answer = await server.ask(path, init);
    const text = await answer.text();
    answers.push(text, JSON.stringify([...answer.headers]));
    return { status: answer.status, text };
  };
  const send = (method: string, path: string, body: object) =>
    ask(path, {
      method,
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },
    });

  // Sign-ins at an account of its own each, some of which go wrong in ways that quote what was sent.
  for (let round = 0; round < ROUNDS; round++) {
    oauth.habits.portalId = 10_000 + round;
    const query = await comeBack(server);
    for (const secret of new URLSearchParams(query).values()) secrets.add(secret);
    if (round % 10 === 3) faults.answer(TOKEN, 400, { error: 'invalid_grant', error_description: query, status: query, message: query });
    if (round % 10 === 4) faults.answer(TOKEN, 500, `<p>${query}`);
    if (round % 10 === 5) faults.loseReply(TOKEN);
    await ask(`/oauth/hubspot/callback?${query}`, { key: null });
    await ask(`/oauth/hubspot/callback?${query}&error=${encodeURIComponent(query)}`, { key: null });
  }
  for (let key = 0; key < 20; key++) {
    const secret = oauth.serviceKey();
    secrets.add(secret);
    if (key % 5 === 1) faults.answer('account-info', 403, { message: secret, category: secret });
    await send('POST', '/api/connections/hubspot/service-key', { key: secret });
    await send('POST', '/api/connections/hubspot/service-key', { key: `${secret}\n` });
    await send('POST', `/api/connections/${secret}/authorize`, { connectionId: secret, loginHost: secret });
  }
  // Every token is replaced once; some refreshes go wrong, and one bug quotes a token.
  clock.now += 30 * 60_000;
  const all = await server.backend.store.listAllConnections();
  expect(all.length).toBeGreaterThan(100);
  const deps = { sessions: all.map(({ workspace, number }) => server.crm.broker.sessionOf(workspace, number)) };
  for (const [index, session] of deps.sessions.entries()) {
    if (index % 20 === 7) faults.answer(TOKEN, 400, { error: [...secrets][index] ?? '', message: [...secrets].slice(0, 9).join() });
    const got = await session();
    answers.push(JSON.stringify(got.ok ? null : got.error));
  }
  for (const { body } of server.hubspot.requests)
    for (const [name, value] of new URLSearchParams(body)) if (/^(code|code_verifier|token|refresh_token)$/.test(name)) secrets.add(value);
  for (const token of [...oauth.accessTokens.keys(), ...oauth.refreshTokens.keys()]) secrets.add(token);
  const read = server.backend.store.listConnections;
  Object.assign(server.backend.store, {
    listConnections: () => Promise.reject(new Error(`cannot use ${[...secrets].slice(0, 5).join()}`)),
  });
  expect((await ask('/api/connections')).status).toBe(500);
  Object.assign(server.backend.store, { listConnections: read });

  const { connections } = JSON.parse((await ask('/api/connections')).text);
  for (const { id } of connections.slice(0, 40)) await ask(`/api/connections/${id}`, { method: 'DELETE' });
  for (const path of ['/api/connections', '/api/audit?limit=500', '/metrics', '/api/workspace']) await ask(path);

  expect(secrets.size).toBeGreaterThan(1_000);
  const files = () => readdirSync(server.dataDir).map((name) => readFileSync(join(server.dataDir, name)).toString('latin1'));
  const everything = [...files(), lines.join('\n'), answers.join('\n')].join('\n');
  expect(everything.length).toBeGreaterThan(500_000);
  expect(connections.length).toBeGreaterThan(100);
  expect(findSecrets(everything, secrets)).toEqual([]);
  // One that is there would be seen.
  expect(findSecrets(`${lines.join('')}${Buffer.from([...secrets][500] ?? '').toString('hex')}`, secrets)).toEqual([[...secrets][500]]);
  await server.backend.store.checkpoint();
  expect(findSecrets(files().join('\n'), secrets)).toEqual([]);
  await server.stop();
});
