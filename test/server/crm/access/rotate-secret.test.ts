import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { vaultSentence } from '#shared/sentences/vault-trouble.ts';
import { checkVault, rotateSecret } from '../../../../server/crm/access/rotate-secret.ts';
import { openTokens } from '../../../../server/crm/access/seal-tokens.ts';
import { createVault, type TokenVault } from '../../../../server/crm/access/token-vault.ts';
import type { SecretPlaces } from '../../../../server/crm/access/vault-key.ts';
import { openTestServer, type TestServer } from '../../store/open-test-store.ts';
import { addConnection } from '../open-connections.ts';

const COUNT = 6;
let server: TestServer;
let places: SecretPlaces;
beforeEach(async () => {
  server = await openTestServer();
  places = { secret: null, oldSecret: null, file: join(server.folder, 'x.key') };
});
afterEach(() => server.end());

const vaultOf = (of = places): TokenVault => {
  const vault = createVault(of, randomBytes);
  if (!vault.ok) throw new Error(vault.error.code);
  return vault.value;
};
const fill = async (of = places) => {
  const vault = vaultOf(of);
  for (let n = 0; n < COUNT; n++)
    await addConnection(server, vault, { access: `access ${n}`, refresh: n === 0 ? null : `refresh ${n}`, expiresAt: null });
};
const all = Array.from({ length: COUNT }, (_, n) => ({ access: `access ${n}`, refresh: n === 0 ? null : `refresh ${n}` }));
/** Everything as a server that starts now would open it. */
const opened = async (of = places) => {
  const vault = vaultOf(of);
  const records = await server.store.listSealedOtherwise('', 0, 100);
  return records.map((record) => {
    const tokens = openTokens(vault, record);
    return tokens.ok ? tokens.value : null;
  });
};
const rotate = (of = places, store: Parameters<typeof rotateSecret>[0] = server.store) => rotateSecret(store, of, randomBytes);
const check = async (of = places) => {
  const trouble = await checkVault(server.store, vaultOf(of), of.file);
  return trouble ? vaultSentence(trouble) : null;
};

describe('a new secret', () => {
  test('takes the place of the old one, and opens everything', async () => {
    await fill();
    const before = readFileSync(places.file, 'utf8');
    expect(await rotate()).toEqual({ ok: true, value: { sealed: COUNT } });
    const after = readFileSync(places.file, 'utf8');
    expect(after).not.toBe(before);
    expect(statSync(places.file).mode & 0o777).toBe(0o600);
    expect(existsSync(`${places.file}.new`)).toBe(false);
    expect(await opened()).toEqual(all);
    writeFileSync(places.file, before);
    expect(await opened()).toEqual(all.map(() => null));
  });

  test('out of the environment: the old one is named until nothing needs it', async () => {
    const old = { ...places, secret: 'the old one' };
    const both = { ...places, secret: 'the new one', oldSecret: 'the old one' };
    await fill(old);
    expect(await opened(both)).toEqual(all);
    expect(await rotate(both)).toEqual({ ok: true, value: { sealed: COUNT } });
    expect(await opened({ ...both, oldSecret: null })).toEqual(all);
    expect(existsSync(places.file)).toBe(false);
  });

  test.each<[string, Partial<SecretPlaces>, Partial<SecretPlaces>]>([
    ['from the file into the environment', {}, { secret: 'the new one' }],
    ['from the environment into the file', { secret: 'the old one' }, { oldSecret: 'the old one' }],
  ])('can move %s', async (_, from, to) => {
    await fill({ ...places, ...from });
    expect(await rotate({ ...places, ...to })).toEqual({ ok: true, value: { sealed: COUNT } });
    if (to.secret) rmSync(places.file);
    expect(await opened({ ...places, ...to, oldSecret: null })).toEqual(all);
  });

  test('is not made before there is one to replace', async () => {
    expect(await rotate()).toEqual({ ok: false, error: { code: 'nothing_to_rotate' } });
  });

  test.each(Array.from({ length: 2 * COUNT + 3 }, (_, call) => call))(
    'dying at step %i loses nothing, and the next run brings it to its end',
    async (dies) => {
      await fill();
      let call = 0;
      const step =
        <A extends unknown[], T>(work: (...args: A) => Promise<T>) =>
        async (...args: A) => {
          if (call++ === dies) throw new Error('killed before');
          const done = await work(...args);
          if (call++ === dies) throw new Error('killed after');
          return done;
        };
      const { listSealedOtherwise, resealTokens, listSealingKeys } = server.store;
      const dying = { listSealingKeys, listSealedOtherwise: step(listSealedOtherwise), resealTokens: step(resealTokens) };
      await rotate(places, dying).catch(() => null);
      expect(await check()).toBeNull();
      expect(await opened()).toEqual(all);
      // What a server seals meanwhile is not lost either.
      await addConnection(server, vaultOf(), { access: 'new', refresh: null, expiresAt: null });
      expect(await rotate()).toMatchObject({ ok: true });
      expect(existsSync(`${places.file}.new`)).toBe(false);
      expect(await opened()).toEqual([...all, { access: 'new', refresh: null }]);
      expect(await server.store.listSealingKeys()).toEqual([vaultOf().keyIds()[0]]);
    },
  );
});

describe('a server', () => {
  test('starts without a secret as long as nothing is sealed', async () => {
    expect(await check()).toBeNull();
    expect(existsSync(places.file)).toBe(false);
  });

  test('does not start when the file is gone, and says what helps', async () => {
    await fill();
    rmSync(places.file);
    expect(await check()).toMatch(/put the file .*x\.key back, or set LEADLINE_SECRET.*forget-tokens/);
  });

  test('does not start with another secret', async () => {
    await fill();
    writeFileSync(places.file, 'another', { mode: 0o600 });
    expect(await check()).toContain('sealed with another key');
    expect(await check({ ...places, secret: 'another still' })).toContain('sealed with another key');
  });

  test('starts again when what nobody can open was forgotten; the connections wait for a person', async () => {
    await fill();
    rmSync(places.file);
    expect(await server.store.forgetTokens(vaultOf().keyIds())).toBe(COUNT);
    expect(await check()).toBeNull();
    const states = (await server.store.listConnections(server.actor.workspace)).map(({ state }) => state);
    expect(states).toEqual(Array(COUNT).fill('needs_reconnect'));
  });

  test('is told of sealed tokens that were tampered with; the others are sealed anew', async () => {
    await fill();
    const [first] = await server.store.listSealedOtherwise('', 0, 1);
    if (!first) throw new Error('nothing sealed');
    await server.store.resealTokens(first, { ...first, access: randomBytes(40) });
    const done = await rotate();
    expect(done.ok ? '' : vaultSentence(done.error)).toMatch(/^1 sign-ins? cannot be opened/);
    expect((await opened()).filter((tokens) => tokens !== null)).toHaveLength(COUNT - 1);
  });
});
