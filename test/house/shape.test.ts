import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isIgnored, projectFiles, ROOT } from './project-files.ts';
import { judgeLength, judgeName, judgeTopLevel } from './shape-law.ts';

const files = projectFiles();

describe('the house as it is', () => {
  test('the top level holds the four rooms and what tools force to be there', () => {
    expect(files.map(judgeTopLevel).filter(Boolean)).toEqual([]);
    expect(files.length).toBeGreaterThan(50);
  });
  test('files are named in kebab-case after what they do', () => {
    expect(files.map(judgeName).filter(Boolean)).toEqual([]);
  });
  test('no file has more than 300 lines', () => {
    expect(files.map((path) => judgeLength(path, readFileSync(join(ROOT, path), 'utf8'))).filter(Boolean)).toEqual([]);
  });
});

describe('the law refuses', () => {
  test.each([
    ['a document at the top', 'NOTES.md'],
    ['a folder at the top', 'docs/guide.md'],
    ['tool configuration at the top', 'vitest.config.ts'],
  ])('%s', (_, path) => expect(judgeTopLevel(path)).not.toBeNull());

  test.each([
    ['capitals', 'shared/lead/checkLead.ts'],
    ['underscores', 'shared/lead/check_lead.ts'],
    ['a component named in capitals', 'extension/ui/ImportScreen.tsx'],
    ['a folder in capitals', 'extension/UI/screen.tsx'],
    ['a name that says nothing', 'shared/lead/utils.ts'],
    ['a name that ends in nothing', 'server/http/request-helpers.ts'],
    ['a drawer for everything', 'server/common/dates.ts'],
    ['a barrel', 'shared/lead/index.ts'],
  ])('%s', (_, path) => expect(judgeName(path)).not.toBeNull());

  test('the 301st line', () => {
    expect(judgeLength('shared/lead/x.ts', 'a\n'.repeat(300))).toBeNull();
    expect(judgeLength('shared/lead/x.ts', 'a\n'.repeat(301))).not.toBeNull();
    expect(judgeLength('shared/lead/x.ts', `${'a\n'.repeat(300)}a`)).not.toBeNull();
    expect(judgeLength('extension/ui/x.css', 'a\n'.repeat(301))).not.toBeNull();
  });
});

describe('the law lets pass', () => {
  test.each([
    'server/README.md',
    'extension/sources/index.ts',
    'extension/entrypoints/popup/index.html',
    'extension/flow/planner.worker.ts',
    'test/shared/table/read-csv.test.ts',
    'server/store/sqlite/migrations/0000_first.sql',
    '.github/CONTRIBUTING.md',
    'extension/public/icon/16.png',
  ])('%s', (path) => {
    expect(judgeTopLevel(path)).toBeNull();
    expect(judgeName(path)).toBeNull();
  });
  test('tables and generated code of any length', () => {
    expect(judgeLength('shared/mapping/synonyms.data.ts', 'a\n'.repeat(999))).toBeNull();
    expect(judgeLength('shared/lead/area-codes.generated.ts', 'a\n'.repeat(999))).toBeNull();
  });
});

test('what is never committed is not looked at', () => {
  const lines = ['node_modules', '/data', '*.log'];
  expect(isIgnored('server/node_modules', lines)).toBe(true);
  expect(isIgnored('data', lines)).toBe(true);
  expect(isIgnored('shared/data', lines)).toBe(false);
  expect(isIgnored('server/start.log', lines)).toBe(true);
  expect(isIgnored('server/catalog.ts', lines)).toBe(false);
  expect(isIgnored('.git', [])).toBe(true);
});
