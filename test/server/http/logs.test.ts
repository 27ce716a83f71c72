import { expect, test } from 'vitest';
import { ROUTE_IDS } from '#shared/api/contract.ts';
import { createLog } from '../../../server/log.ts';
import { makeSampleRequests } from '../../support/sample-requests.ts';
import { startServer } from '../../support/start-server.ts';

/** People who are nowhere but in the requests of this test. */
const PEOPLE = Array.from({ length: 100 }, (_, n) => ({
  firstName: `Canary${n}First`,
  lastName: `Canary${n}Last`,
  email: `canary${n}@birds.example.com`,
  phone: `+1212555${String(1000 + n)}`,
  notes: `canary${n} sings`,
}));
const CANARY = /canary|birds\.example|1212555|ll_[A-Za-z0-9_-]{20}/i;

test('logs hold no person and no key, at the most talkative level, on every route and every way to fail', async () => {
  const lines: string[] = [];
  const server = await startServer({ log: createLog('trace', { write: (line: string) => lines.push(line) }) });
  const json = { 'Content-Type': 'application/json' };

  await server.send('POST', '/api/leads', { leads: PEOPLE });
  await server.send('POST', '/api/leads', { leads: PEOPLE.map((person) => ({ ...person, email: 'canary-without-at' })) });
  const requests = await makeSampleRequests(server);
  for (const id of ROUTE_IDS) {
    const { path, ...request } = requests[id];
    for (const person of PEOPLE.slice(0, 3)) {
      const search = `${path.includes('?') ? '&' : '?'}search=${encodeURIComponent(person.email)}&fileName=${person.firstName}.csv`;
      await server.ask(`${path}${search}`, request);
      await server.ask(`${path}${search}`, { ...request, key: `ll_${person.firstName}` });
      await server.ask(`${path}/${person.email}${search}`, request);
      if (request.method === 'GET') continue;
      await server.ask(path, { ...request, body: `{"broken": "${person.email}`, headers: json });
      await server.ask(path, {
        ...request,
        body: JSON.stringify({ [person.email]: person, leads: [{ email: { a: person.email } }] }),
        headers: json,
      });
      await server.ask(path, { ...request, body: person.email, headers: { 'Content-Type': person.email } });
    }
  }
  for (const person of PEOPLE) {
    await server.ask(`/${person.email}`, { headers: { [person.firstName]: person.email, 'X-Leadline-Api': '1', Cookie: person.email } });
    await server.ask(`/api/leads?id=${person.email}&sort=${person.firstName}`);
    await server.ask('/api/leads', { headers: { Host: person.firstName } });
    await server.ask('/api/leads', { headers: { Origin: `https://${person.firstName}.test` } });
    await server.ask(`/api/leads/${person.firstName}/timeline`, { method: person.firstName });
  }
  // A bug that quotes what it was given, and a full disk.
  const bug = (error: Error) => () => {
    throw error;
  };
  Object.assign(server.backend.store, { listTags: bug(new Error(`cannot store canary1@birds.example.com\n at canary (1:1)`)) });
  expect((await server.ask('/api/tags')).status).toBe(500);
  Object.assign(server.backend.store, { listTags: bug(Object.assign(new Error('no room for Canary1First'), { code: 'STORAGE_FULL' })) });
  expect((await server.ask('/api/tags')).status).toBe(507);

  expect(lines.length).toBeGreaterThan(500);
  expect(lines.filter((line) => CANARY.test(line))).toEqual([]);
  const fields = new Set(lines.flatMap((line) => Object.keys(JSON.parse(line))));
  expect([...fields].sort()).toEqual([
    'code',
    'errorAt',
    'errorCode',
    'errorName',
    'level',
    'method',
    'ms',
    'msg',
    'requestId',
    'route',
    'status',
    'time',
  ]);
  await server.stop();
});
