import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PAIRING_CODE_MS } from '#shared/limits.ts';
import { createKey, findKey, listKeys, revokeKey } from '../../../server/leads/api-keys.ts';
import { createList, deleteList, listLists, renameList } from '../../../server/leads/lists.ts';
import { listMembers } from '../../../server/leads/members.ts';
import { answerOnce } from '../../../server/leads/once.ts';
import { createPairingCode, isBrowserPaired, pair } from '../../../server/leads/pairing.ts';
import { createCustomField, getWorkspace, listCustomFields } from '../../../server/leads/settings.ts';
import { openTestServer, type TestServer } from '../store/open-test-store.ts';

let server: TestServer;
beforeEach(async () => {
  server = await openTestServer();
});
afterEach(() => server.end());

const holder = () => ({ workspace: server.actor.workspace, member: server.actor.member ?? 0 });
const expiresAt = null;

test('the first start makes a workspace, its admin, a default list and a key; a second start only finds them', async () => {
  expect(server.adminKey).toMatch(/^ll_[\w-]{43}$/);
  expect(await getWorkspace(server.backend, server.actor)).toMatchObject({
    plan: 'premium',
    defaultCountry: 'US',
    require: 'complete',
    role: 'admin',
  });
  expect(await listMembers(server.backend, server.actor)).toMatchObject({ members: [{ email: 'ann@example.com', role: 'admin' }] });
  server = await server.reopen();
  expect(server.adminKey).toBe('');
  expect(await listLists(server.backend, server.actor)).toMatchObject({ lists: [{ name: 'Default list', isDefault: true, leadCount: 0 }] });
});

describe('a key', () => {
  test('opens the workspace with its role, after a restart too', async () => {
    const { key } = await createKey(server.backend, holder(), { name: 'zapier', role: 'viewer', expiresAt });
    server = await server.reopen();
    expect(await findKey(server.backend, key)).toMatchObject({
      actor: { workspace: server.actor.workspace, role: 'viewer' },
      origin: null,
    });
  });

  test.each([
    ['is mistyped', (key: string) => `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`],
    ['is too short', (key: string) => key.slice(0, -1)],
    ['is none at all', () => 'Bearer'],
    ['is empty', () => ''],
  ])('that %s opens nothing', async (_, change) => {
    expect(await findKey(server.backend, change(server.adminKey))).toBeNull();
  });

  test('that was revoked opens nothing from then on', async () => {
    const made = await createKey(server.backend, holder(), { name: 'old', role: 'admin', expiresAt });
    expect(await revokeKey(server.backend, server.actor, made.id)).toMatchObject({ ok: true });
    expect(await findKey(server.backend, made.key)).toBeNull();
    expect(await revokeKey(server.backend, server.actor, made.id)).toEqual({ ok: false, error: { code: 'NOT_FOUND' } });
  });

  test('ends when it should', async () => {
    const made = await createKey(server.backend, holder(), { name: 'short', role: 'admin', expiresAt: server.clock.now + 1_000 });
    expect(await findKey(server.backend, made.key)).not.toBeNull();
    server.clock.now += 1_000;
    expect(await findKey(server.backend, made.key)).toBeNull();
  });

  test('shows when it was last used, and never itself', async () => {
    await findKey(server.backend, server.adminKey);
    const { keys } = await listKeys(server.backend, server.actor);
    expect(keys).toMatchObject([
      { role: 'admin', lastFour: server.adminKey.slice(-4), lastUsedAt: new Date(server.clock.now).toISOString() },
    ]);
    expect(JSON.stringify(keys)).not.toContain(server.adminKey);
  });
});

describe('a pairing code', () => {
  const origin = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop';

  test('is easy to type, in whatever way', async () => {
    const { code } = await createPairingCode(server.backend, holder());
    expect(code).toMatch(/^[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$/);
    const paired = await pair(server.backend, { code: ` ${code.toLowerCase().replace('-', ' ')}`, name: 'Chrome', origin });
    expect(paired).toMatchObject({ ok: true, value: { key: expect.stringMatching(/^ll_/), workspace: { role: 'admin' } } });
    expect(paired.ok && (await findKey(server.backend, paired.value.key))?.origin).toBe(origin);
  });

  test('works once', async () => {
    const { code } = await createPairingCode(server.backend, holder());
    const both = await Promise.all([1, 2].map(() => pair(server.backend, { code, name: 'Chrome', origin })));
    expect(both.filter((one) => one.ok)).toHaveLength(1);
    expect(both.find((one) => !one.ok)).toEqual({ ok: false, error: { code: 'UNAUTHORIZED' } });
  });

  test('is over after five minutes', async () => {
    const { code, expiresAt } = await createPairingCode(server.backend, holder());
    expect(expiresAt).toBe(server.clock.now + PAIRING_CODE_MS);
    server.clock.now = expiresAt;
    expect(await pair(server.backend, { code, name: 'Chrome', origin })).toMatchObject({ ok: false });
  });

  test('of nobody is refused', async () => {
    expect(await pair(server.backend, { code: 'AAAA-AAAA', name: 'Chrome', origin })).toMatchObject({ ok: false });
  });

  test('is offered until a browser is paired', async () => {
    expect(await isBrowserPaired(server.backend, server.actor.workspace)).toBe(false);
    const { code } = await createPairingCode(server.backend, holder());
    await pair(server.backend, { code, name: 'Chrome', origin });
    expect(await isBrowserPaired(server.backend, server.actor.workspace)).toBe(true);
  });
});

describe('a list', () => {
  test('is made once per name, in whatever case', async () => {
    expect(await createList(server.backend, server.actor, { name: ' Q4  Webinar ' })).toMatchObject({
      ok: true,
      value: { name: 'Q4  Webinar', isDefault: false },
    });
    const again = await createList(server.backend, server.actor, { name: 'q4 WEBINAR' });
    expect(again).toMatchObject({ ok: false, error: { code: 'CONFLICT', about: 'list_name_taken' } });
  });

  test('can be renamed, not to the name of another', async () => {
    const made = await createList(server.backend, server.actor, { name: 'Fair' });
    const id = made.ok ? made.value.id : '';
    expect(await renameList(server.backend, server.actor, id, { name: 'FAIR' })).toMatchObject({ ok: true, value: { name: 'FAIR' } });
    expect(await renameList(server.backend, server.actor, id, { name: 'default LIST' })).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT' },
    });
    expect(await renameList(server.backend, server.actor, 'nope', { name: 'x' })).toEqual({ ok: false, error: { code: 'LIST_NOT_FOUND' } });
  });

  test('can be deleted unless it is the default one', async () => {
    const made = await createList(server.backend, server.actor, { name: 'Fair' });
    expect(await deleteList(server.backend, server.actor, made.ok ? made.value.id : '')).toMatchObject({ ok: true });
    const { lists } = await listLists(server.backend, server.actor);
    expect(await deleteList(server.backend, server.actor, lists[0]?.id ?? '')).toMatchObject({
      ok: false,
      error: { about: 'default_list_stays' },
    });
  });
});

test('custom fields keep their order, labels are unique', async () => {
  const add = (label: string) => createCustomField(server.backend, server.actor, { label, type: 'choice', choices: ['S', 'L'] });
  await add('Size');
  await add('__proto__');
  for (const same of ['Size', 'SIZE', ' size '])
    expect(await add(same)).toMatchObject({ ok: false, error: { code: 'CONFLICT', about: 'label_taken', data: { label: 'Size' } } });
  const { customFields } = await listCustomFields(server.backend, server.actor);
  expect(customFields).toMatchObject([{ label: 'Size', type: 'choice', choices: ['S', 'L'] }, { label: '__proto__' }]);
});

describe('a request that carries an Idempotency-Key', () => {
  const once = { key: 'k', request: 'POST /api/lists', sha256: 'a' };
  const answer = { status: 201, body: '{"id":"1"}' };
  const ask = (work: () => Promise<typeof answer>, what = once) => answerOnce(server.backend, server.actor, what, work);

  test('is worked on once and answered the same after a restart', async () => {
    let times = 0;
    const work = async () => {
      times++;
      return answer;
    };
    await ask(work);
    server = await server.reopen();
    expect(await ask(work)).toEqual({ ok: true, value: { ...answer, replayed: true } });
    expect(times).toBe(1);
    expect(await ask(work, { ...once, sha256: 'b' })).toEqual({ ok: false, error: { code: 'IDEMPOTENCY_MISMATCH' } });
    expect(await ask(work, { ...once, request: 'POST /api/keys' })).toEqual({ ok: false, error: { code: 'IDEMPOTENCY_MISMATCH' } });
  });

  test('is told to wait while the first one runs', async () => {
    const first = ask(async () => {
      expect(await ask(async () => answer)).toEqual({ ok: false, error: { code: 'IN_PROGRESS' } });
      return answer;
    });
    expect(await first).toMatchObject({ ok: true });
  });

  test('can be tried again when the work failed, or when the server died over it', async () => {
    await expect(ask(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await server.store.claimAnswer({ workspace: server.actor.workspace, member: null, at: 1 }, { ...once, key: 'l' });
    server = await server.reopen();
    expect(await ask(async () => answer)).toMatchObject({ ok: true, value: { replayed: false } });
    expect(await ask(async () => answer, { ...once, key: 'l' })).toMatchObject({ ok: true, value: { replayed: false } });
  });
});
