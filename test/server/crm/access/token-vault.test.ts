import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { vaultSentence } from '#shared/sentences/vault-trouble.ts';
import { createVault, type SealPlace, type TokenVault } from '../../../../server/crm/access/token-vault.ts';
import type { SecretPlaces } from '../../../../server/crm/access/vault-key.ts';
import { makeDataFolder } from '../../../support/start-server.ts';

let folder: ReturnType<typeof makeDataFolder>;
beforeEach(() => {
  folder = makeDataFolder();
});
afterEach(() => folder.remove());

const PLACE: SealPlace = { workspace: 1, owner: 'connection-1', field: 'refresh' };
const TOKEN = 'na1-5f0e6c2a-1b1d-4a7e-9d43-5c1b6d1d2e3f';
const SECRET = 'x'.repeat(43);

function openVault(places: Partial<SecretPlaces> = {}): TokenVault {
  const vault = createVault({ secret: null, oldSecret: null, file: join(folder.path, 'x.key'), ...places }, randomBytes);
  if (!vault.ok) throw new Error(vaultSentence(vault.error));
  return vault.value;
}
function seal(vault: TokenVault, place = PLACE, text = TOKEN) {
  const sealed = vault.seal(place, text);
  if (!sealed.ok) throw new Error(vaultSentence(sealed.error));
  return sealed.value;
}

describe('what is sealed', () => {
  test('opens where it was sealed, also after a restart', () => {
    const sealed = seal(openVault());
    expect(openVault().open(PLACE, sealed)).toBe(TOKEN);
    expect(Buffer.from(sealed.bytes).includes(TOKEN)).toBe(false);
  });

  test('never looks the same twice, for every sealing draws a fresh number', () => {
    const vault = openVault({ secret: SECRET });
    const drawn = Array.from({ length: 200 }, () => Buffer.from(seal(vault).bytes.subarray(0, 12)).toString('hex'));
    expect(new Set(drawn).size).toBe(200);
  });

  test('does not open when any of its bits was changed: 1,024 of 1,024', () => {
    const vault = openVault({ secret: SECRET });
    const { bytes, keyId } = seal(vault, PLACE, 'x'.repeat(128 - 28)); // 12 bytes before it, 16 behind
    expect(bytes.length * 8).toBe(1_024);
    const opened = Array.from({ length: 1_024 }, (_, bit) => {
      const changed = Uint8Array.from(bytes);
      changed.set([(bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))], bit >> 3);
      return vault.open(PLACE, { bytes: changed, keyId });
    });
    expect(opened).toEqual(Array(1_024).fill(null));
    expect(vault.open(PLACE, { bytes, keyId })).toHaveLength(100);
  });

  test.each<[string, Partial<SealPlace>]>([
    ['another workspace', { workspace: 2 }],
    ['another connection', { owner: 'connection-2' }],
    ['another field of the same connection', { field: 'access' }],
    ['a sign-in', { owner: 'connection-1', field: 'verifier' }],
  ])('does not open when its row was swapped with that of %s', (_, other) => {
    const vault = openVault({ secret: SECRET });
    expect(vault.open({ ...PLACE, ...other }, seal(vault))).toBeNull();
  });

  test.each<[string, (bytes: Uint8Array) => Uint8Array]>([
    ['cut off', (bytes) => bytes.subarray(0, -1)],
    ['emptied', () => new Uint8Array()],
    ['lengthened', (bytes) => Buffer.concat([bytes, Buffer.of(0)])],
    ['without its text', (bytes) => Buffer.concat([bytes.subarray(0, 12), bytes.subarray(-16)])],
  ])('does not open when it was %s', (_, change) => {
    const vault = openVault({ secret: SECRET });
    const { bytes, keyId } = seal(vault);
    expect(vault.open(PLACE, { bytes: change(bytes), keyId })).toBeNull();
  });

  test('does not open under the name of another key that is there, nor with another secret', () => {
    const sealed = seal(openVault({ secret: 'old' }));
    const both = openVault({ secret: 'new', oldSecret: 'old' });
    const [newest = ''] = both.keyIds();
    expect(both.open(PLACE, sealed)).toBe(TOKEN);
    expect(both.open(PLACE, { ...sealed, keyId: newest })).toBeNull();
    expect(openVault({ secret: 'new' }).open(PLACE, sealed)).toBeNull();
  });
});

describe('the file of the secret', () => {
  const path = () => join(folder.path, 'x.key');

  test('is made on first use, for its owner alone', () => {
    const vault = openVault();
    expect(existsSync(path())).toBe(false);
    seal(vault);
    expect(statSync(path()).mode & 0o777).toBe(0o600);
    expect(readFileSync(path(), 'utf8')).toMatch(/^[\w-]{43}\n$/);
  });

  test('is taken as it is when another process made it in the meantime', () => {
    const one = openVault();
    const other = openVault();
    const sealed = seal(one);
    expect(other.open(PLACE, sealed)).toBeNull();
    expect(seal(other).keyId).toBe(sealed.keyId);
    expect(other.open(PLACE, sealed)).toBe(TOKEN);
  });

  test('an empty one, as a crash leaves it, is made anew', () => {
    writeFileSync(path(), '', { mode: 0o600 });
    seal(openVault());
    expect(readFileSync(path(), 'utf8')).toMatch(/^[\w-]{43}\n$/);
  });

  test.each([0o640, 0o604, 0o660, 0o644, 0o777])('is refused with mode %o, and the sentence says what mends it', (mode) => {
    writeFileSync(path(), 'a secret\n');
    chmodSync(path(), mode);
    const vault = createVault({ secret: null, oldSecret: null, file: path() }, randomBytes);
    expect(vault.ok ? '' : vaultSentence(vault.error)).toContain(`chmod 600 ${path()}`);
  });

  test('a folder in its place, or a place nobody can write to, is said', () => {
    mkdirSync(path());
    const vault = createVault({ secret: null, oldSecret: null, file: path() }, randomBytes);
    expect(vault.ok ? '' : vaultSentence(vault.error)).toContain('is no file');
    const nowhere = openVault({ file: join(folder.path, 'missing', 'x.key') }).seal(PLACE, TOKEN);
    expect(nowhere.ok ? '' : vaultSentence(nowhere.error)).toContain('cannot be made');
  });

  test('the environment goes before it, and makes none', () => {
    const sealed = seal(openVault({ secret: SECRET }));
    expect(existsSync(path())).toBe(false);
    expect(openVault({ secret: SECRET }).open(PLACE, sealed)).toBe(TOKEN);
  });
});
