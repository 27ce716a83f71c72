import { describe, expect, test } from 'vitest';
import { findCycle, judgeFileImport, judgePackageImports, roomOf } from './law.ts';
import { productSources } from './project-files.ts';
import { type Import, readImports } from './read-imports.ts';

const sources = productSources();
const imports = sources.flatMap(({ path, code }) => readImports(path, code));

describe('the house as it is', () => {
  test('every file lies in a room that the law knows', () => {
    expect(sources.map(({ path }) => path).filter((path) => roomOf(path) === null || path.split('/').length < 2)).toEqual([]);
    expect(sources.length).toBeGreaterThan(20);
  });
  test('rooms know only those the law lets them know', () => {
    expect(imports.map(judgeFileImport).filter(Boolean)).toEqual([]);
  });
  test('every package has one owner', () => {
    expect(judgePackageImports(imports)).toEqual([]);
  });
  test('no file imports itself by a detour', () => {
    expect(findCycle(imports)).toBeNull();
  });
});

describe('every way to name another file is seen', () => {
  test.each([
    ['an import', `import { ok } from '#shared/result.ts';`, 'shared/result.ts'],
    ['an import of types', `import type { Lead } from '../lead/lead.ts';`, 'shared/lead/lead.ts'],
    ['an import over several lines', `import {\n  ok,\n  fail,\n} from './x.ts';`, 'shared/table/x.ts'],
    ['an import for its effect', `import './x.css';`, 'shared/table/x.css'],
    ['a re-export', `export { ok } from './x.ts';`, 'shared/table/x.ts'],
    ['a re-export of everything', `export * from './x.ts';`, 'shared/table/x.ts'],
    ['a lazy import', `const x = await import('./x.ts');`, 'shared/table/x.ts'],
    ['the type of a module', `let x: import('./x.ts').X;`, 'shared/table/x.ts'],
    ['a worker', `new Worker(new URL('./x.worker.ts', import.meta.url), { type: 'module' });`, 'shared/table/x.worker.ts'],
  ])('%s', (_, code, path) => {
    expect(readImports('shared/table/read.ts', code).map(({ target }) => target)).toEqual([{ kind: 'file', path }]);
  });
  test.each([
    ['in a comment', `// import { ok } from './x.ts';\n/* import './y.ts' */`],
    ['in a text', 'const a = "import \'./x.ts\'"; const b = `import "./y.ts"`;'],
    ['a folder beside the file is no module', `new URL('./migrations', import.meta.url);`],
  ])('but not %s', (_, code) => {
    expect(readImports('shared/table/read.ts', code)).toEqual([]);
  });
});

describe('the law refuses', () => {
  test.each([
    ['reading a lead in the table room', 'shared/table/x.ts', `import '../lead/lead.ts';`, 'shared/table may not know shared/lead'],
    ['a root file that needs another', 'shared/problems.ts', `import './limits.ts';`, 'shared may not know shared'],
    ['sentences in the core', 'shared/plan/x.ts', `import '../sentences/en.ts';`, 'shared/plan may not know shared/sentences'],
    ['the server in the extension', 'extension/flow/x.ts', `import '../../server/app.ts';`, 'extension/flow may not know server/app.ts'],
    ['the extension in the server', 'server/http/x.ts', `import '../../extension/ui/x.ts';`, 'server/http may not know extension/ui'],
    ['storage on a screen', 'extension/ui/x.tsx', `import '../storage/drafts.ts';`, 'extension/ui may not know extension/storage'],
    ['the store in a route', 'server/http/x.ts', `import '../store/store.ts';`, 'server/http may not know server/store'],
    [
      'an engine behind the interface',
      'server/leads/x.ts',
      `import '../store/sqlite/open.ts';`,
      'server/leads may not know server/store/sqlite',
    ],
    ['the types of a module too', 'server/http/x.ts', `let a: import('../store/store.ts').Store;`, 'server/http may not know server/store'],
    ['Node in shared', 'shared/table/x.ts', `import 'node:fs';`, 'only the server knows Node'],
    ['Node in the extension', 'extension/ui/x.ts', `import 'node:fs';`, 'only the server knows Node'],
    ['shared by a long way round', 'server/http/x.ts', `import '../../shared/result.ts';`, 'write #shared/'],
    ['a computed import', 'server/main.ts', `await import(name);`, 'nobody can tell what'],
    ['a room without a name', 'server/misc/x.ts', `import '../store/store.ts';`, 'lies in no room'],
    ['the way to a room without a name', 'server/http/x.ts', `import '../misc/x.ts';`, 'lies in no room'],
  ])('%s', (_, path, code, complaint) => {
    expect(readImports(path, code).map(judgeFileImport).join()).toContain(complaint);
  });

  test.each([
    ['a package without an owner', 'server/http/x.ts', `import 'lodash';`, 'give the package an owner'],
    ['a Node module without its prefix', 'server/http/x.ts', `import 'fs';`, 'give the package an owner'],
    ['a screen library in the core', 'shared/plan/x.ts', `import 'preact/hooks';`, 'it belongs to extension/ui'],
    ['the browser outside the platform', 'extension/ui/x.ts', `import 'wxt/browser';`, 'it belongs to extension/platform'],
    ['phones read in two places', 'shared/lead/name.ts', `import 'libphonenumber-js/min';`, 'it belongs to shared/lead/phone.ts'],
    ['the driver outside its engine', 'server/store/store.ts', `import 'better-sqlite3';`, 'it belongs to server/store/sqlite'],
    ['the whole of zod', 'shared/api/x.ts', `import 'zod';`, 'only /^zod'],
    ['all of Google', 'server/imports/x.ts', `import 'googleapis';`, 'may be imported'],
  ])('%s', (_, path, code, complaint) => {
    expect(judgePackageImports(readImports(path, code)).join()).toContain(complaint);
  });

  test('a second owner of a package that belongs to one file', () => {
    const files = ['shared/table/a.ts', 'shared/table/b.ts'];
    const complaints = judgePackageImports(files.flatMap((path) => readImports(path, `import Papa from 'papaparse';`)));
    expect(complaints).toEqual(['shared/table/b.ts:1 imports papaparse: it belongs to shared/table/a.ts alone']);
  });

  test('a circle of three files, also when only types go round', () => {
    const circle: readonly Import[] = [
      ...readImports('shared/lead/a.ts', `import './b.ts';`),
      ...readImports('shared/lead/b.ts', `import type { C } from './c.ts';`),
      ...readImports('shared/lead/c.ts', `export * from './a.ts';`),
    ];
    expect(findCycle(circle)).toEqual(['shared/lead/a.ts', 'shared/lead/b.ts', 'shared/lead/c.ts', 'shared/lead/a.ts']);
  });
});
