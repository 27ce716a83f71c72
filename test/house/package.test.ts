import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findUnlocked, judgePackage, type Lock, type Package } from './package-law.ts';
import { productSources, ROOT } from './project-files.ts';
import { readImports } from './read-imports.ts';

const project: Package = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const imports = productSources().flatMap(({ path, code }) => readImports(path, code));
const used = new Set(imports.flatMap(({ target }) => (target.kind === 'package' ? [target.name] : [])));

test('package.json keeps its promises', () => {
  expect(judgePackage(project, used)).toEqual([]);
});

test('everything that is asked for is locked, for every kind of machine', () => {
  const lock: Lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  expect(findUnlocked(lock)).toEqual([]);
});

test('packages install alike everywhere: no script of theirs runs, and no host gets into the lock file', () => {
  const lines = readFileSync(join(ROOT, '.npmrc'), 'utf8').trim().split('\n').sort();
  expect(lines).toEqual([
    'audit=false',
    'fund=false',
    'ignore-scripts=true',
    'omit-lockfile-registry-resolved=true',
    'update-notifier=false',
  ]);
});

describe('the law refuses', () => {
  const good: Package = { scripts: { start: '' }, dependencies: { hono: '^4.0.0' }, allowScripts: { esbuild: false }, private: true };
  const scripts = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`script-${index}`, '']));
  test.each([
    ['a ninth script', { ...good, scripts }, 'at most 8 scripts'],
    ['a package nobody imports', { ...good, dependencies: { hono: '^4.0.0', lodash: '^4.0.0' } }, 'lodash is imported nowhere'],
    ['a package that may run scripts', { ...good, allowScripts: { esbuild: true } }, 'esbuild may run scripts'],
    ['being published by accident', { ...good, private: false }, 'private'],
  ])('%s', (_, made, complaint) => expect(judgePackage(made, new Set(['hono'])).join()).toContain(complaint));

  test.each([
    ['a package that is not locked', { '': { dependencies: { hono: '^4' } } }, 'the project asks for hono'],
    [
      'a binary for another machine that is not locked',
      { '': {}, 'node_modules/a': { optionalDependencies: { 'a-mac': '1' } } },
      'node_modules/a asks for a-mac',
    ],
    [
      'one that lies where nobody looks',
      { '': {}, 'node_modules/a': { dependencies: { b: '1' } }, 'node_modules/c/node_modules/b': {} },
      'node_modules/a asks for b',
    ],
  ])('%s', (_, packages, complaint) => expect(findUnlocked({ packages }).join()).toContain(complaint));

  test('nothing about packages inside packages', () => {
    const packages = {
      '': { dependencies: { a: '1' } },
      'node_modules/a': { dependencies: { b: '1', c: '1' } },
      'node_modules/a/node_modules/b': { dependencies: { c: '1' } },
      'node_modules/c': {},
    };
    expect(findUnlocked({ packages })).toEqual([]);
  });

  test('nothing about a package that is in order', () => expect(judgePackage(good, new Set(['hono']))).toEqual([]));
});
