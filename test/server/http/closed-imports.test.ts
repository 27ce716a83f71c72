import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answered, ID, MOMENT } from '../../support/bodies.ts';
import { person } from '../../support/sample-requests.ts';
import { startServer, type TestServer } from '../../support/start-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.stop());

const post = async (path: string, body: object, init = {}) => answered(await server.send('POST', path, body, init));
const get = async (path: string) => (await answered(await server.ask(path)))[1];

/** Announces, sends and completes an import of these rows; gives its path. */
async function importRows(rows: readonly object[], rest: object = {}): Promise<string> {
  const path = `/api/imports/${randomUUID()}`;
  const announced = { source: 'csv', list: { name: 'Fair' }, total: rows.length, chunkCount: 1, ...rest };
  expect((await server.send('PUT', path, announced)).status).toBe(201);
  expect((await server.send('PUT', `${path}/chunks/0`, { rows })).status).toBe(200);
  expect((await server.send('POST', `${path}/complete`, {})).status).toBe(200);
  return path;
}
const create = (name: string, line: number) => ({ line, decision: 'create', lead: { ...person(name), phone: `+1${person(name).phone}` } });

describe('deciding', () => {
  test('moves a row from review, as the contract writes it down', async () => {
    const [, { leadId }] = await post('/api/leads', { leads: [person('ann')] });
    const lead = { ...person('bob'), phone: `+1${person('ann').phone}` };
    const problems = [{ code: 'review_phone', severity: 'note', data: { leadId } }];
    const path = await importRows([{ line: 7, decision: 'review', leadId, lead, problems, raw: ['bob'] }]);
    expect((await get(`${path}/rows?bucket=review`)).rows).toEqual([
      {
        line: 7,
        bucket: 'review',
        leadId,
        problems,
        raw: ['bob'],
        changed: false,
        lead: { name: 'Ann Lee bob', email: lead.email },
        values: lead,
        candidates: [leadId],
      },
    ]);
    const [status, receipt] = await post(`${path}/decide`, { decisions: [{ line: 7, as: 'same', leadId }] });
    expect([status, receipt]).toEqual([200, expect.objectContaining({ state: 'complete', addedToList: 1, review: 0, total: 1 })]);
    expect((await get(`/api/leads?listId=${receipt.list.id}`)).leads).toMatchObject([{ id: leadId }]);
    expect(await post(`${path}/decide`, { decisions: [{ line: 7, as: 'create' }] })).toEqual([
      409,
      {
        error: 'Line 7 was decided otherwise before. Nothing was decided.',
        code: 'CONFLICT',
        details: [{ line: 7, reason: 'decided_otherwise' }],
        requestId: expect.any(String),
      },
    ]);
  });

  test('an import says whether it is the asking member’s own', async () => {
    const path = await importRows([create('ann', 2)]);
    expect((await get(path)).by).toMatchObject({ isYou: true });
    const [, { text }] = await post('/api/invites', { role: 'member' });
    const [, { key }] = await post('/pair', { code: text, name: 'Kim’s browser' });
    const seen = await (await server.ask(path, { key })).json();
    expect(seen.by).toMatchObject({ isYou: false });
  });

  test.each([
    ['neither decisions nor all', {}],
    ['no decision', { decisions: [] }],
    ['more than 1,000', { decisions: Array.from({ length: 1_001 }, (_, line) => ({ line, as: 'skip' })) }],
    ['a word that is none', { all: { as: 'maybe' } }],
  ])('takes no %s', async (_, body) => {
    const path = await importRows([create('ann', 2)]);
    expect((await post(`${path}/decide`, body))[0]).toBe(400);
  });
});

describe('undoing', () => {
  test('takes leads and list back, says so in receipt and history, and gives the same answer again', async () => {
    const path = await importRows([create('ann', 2), create('bob', 3)]);
    const [bob] = (await get('/api/leads?search=bob')).leads;
    await server.send('PATCH', `/api/leads/${bob.id}`, { companyName: 'Acme' });
    const answer = {
      state: 'undone',
      removed: 1,
      restored: 0,
      kept: [{ leadId: bob.id, reason: 'edited_since' }],
      keptCount: 1,
      message: 'Import undone. 1 lead removed. 1 kept: somebody has worked on it since, or opted out.',
    };
    expect(await post(`${path}/undo`, {})).toEqual([200, answer]);
    expect(await post(`${path}/undo`, {})).toEqual([200, answer]);
    const state = await get(path);
    expect(state).toMatchObject({ state: 'undone', undoableUntil: null, counters: { created: 2 } });
    expect(state.undo).toEqual({
      startedAt: MOMENT,
      undoneAt: MOMENT,
      by: expect.objectContaining({ id: ID }),
      removed: 1,
      restored: 0,
      keptCount: 1,
    });
    expect((await get('/api/imports')).imports).toMatchObject([{ state: 'undone', undo: { removed: 1 }, by: { id: ID } }]);
    expect((await post(`${path}/complete`, {}))[0]).toBe(409);
  });

  test('an import of somebody else is for admins alone', async () => {
    const path = await importRows([create('ann', 2)]);
    const key = await server.makeKey('viewer');
    expect((await post(`${path}/undo`, {}, { key }))[0]).toBe(403);
    expect((await post(`${path}/decide`, { all: { as: 'skip' } }, { key }))[0]).toBe(403);
  });
});

describe('rejected rows, mended and imported again', () => {
  test('go the same way as their first import, and the two know of each other', async () => {
    const mapping = [{ column: 0, field: 'email' }];
    const policy = { onDuplicate: 'fill', require: 'any' };
    const rejected = {
      line: 2,
      decision: 'reject',
      problems: [{ code: 'email_no_at', severity: 'error', field: 'email', column: 0 }],
      raw: ['=ann'],
    };
    const first = await importRows([rejected], { headers: ['Mail'], mapping, policy });
    const file = await (await server.ask(`${first}/rejected.csv`)).text();
    const importId = file.split('\r\n')[1]?.split(',')[1] ?? '';
    expect(first).toBe(`/api/imports/${importId}`);
    expect(file.split('\r\n')[1]).toMatch(/^'=ann,/);
    const facts = await get(first);
    expect(facts).toMatchObject({ mapping, headers: ['Mail'], policy, list: { id: ID, name: 'Fair' } });
    const { mapping: sameMapping, policy: samePolicy, list } = facts;
    const again = await importRows([{ line: 2, decision: 'create', lead: { email: 'ann@example.com' } }], {
      list: { id: list.id },
      mapping: sameMapping,
      policy: samePolicy,
      retryOf: importId,
    });
    expect(await get(again)).toMatchObject({ retryOf: importId, counters: { created: 1 } });
    expect(await get(first)).toMatchObject({ retriedBy: [again.split('/').at(-1)] });
  });

  test('of an import that is not of this workspace are not taken for it', async () => {
    const body = { source: 'csv', total: 0, chunkCount: 0, retryOf: randomUUID() };
    const [status, { code }] = await answered(await server.send('PUT', `/api/imports/${randomUUID()}`, body));
    expect([status, code]).toEqual([404, 'NOT_FOUND']);
  });
});

test('a suppressed row keeps nobody, and says which entry holds it since when', async () => {
  await post('/api/suppressions', { entries: [{ kind: 'domain', value: 'example.com' }] });
  const data = { entry: 'example.com', kind: 'domain', since: '2026-05-01T12:00:00.000Z' };
  const known = {
    line: 3,
    decision: 'suppress',
    problems: [{ code: 'suppressed', severity: 'note', text: 'bob', data: { ...data, more: 'bob' } }],
  };
  const path = await importRows([create('ann', 2), known]);
  const [first, second] = (await get(`${path}/rows?bucket=suppressed`)).rows;
  expect(first).toMatchObject({
    lead: null,
    leadId: null,
    raw: null,
    changed: true,
    problems: [{ code: 'suppressed', data: { ...data, since: MOMENT } }],
  });
  expect(second).toMatchObject({ lead: null, raw: null, changed: false, problems: [{ code: 'suppressed', severity: 'note', data }] });
  expect(JSON.stringify(second)).not.toContain('bob');
});
