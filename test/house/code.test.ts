import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findBrowserGlobals, findImpurities, findInjections } from './code-law.ts';
import { productSources, projectFiles, ROOT } from './project-files.ts';
import { findStrayNames, isText } from './text-law.ts';

const sources = productSources();

describe('the house as it is', () => {
  test('no text of a user can become markup or code', () => {
    expect(sources.flatMap(({ path, code }) => findInjections(path, code))).toEqual([]);
  });
  test('the core touches no browser, no Node, no clock, no chance and no network', () => {
    expect(sources.filter(({ path }) => path.startsWith('shared/')).flatMap(({ path, code }) => findImpurities(path, code))).toEqual([]);
  });
  test('only the platform knows which browser this is', () => {
    const others = sources.filter(({ path }) => path.startsWith('extension/') && !path.startsWith('extension/platform/'));
    expect(others.flatMap(({ path, code }) => findBrowserGlobals(path, code))).toEqual([]);
  });
  test('no file names a machine it was made on, or the host of a registry', () => {
    const texts = projectFiles().filter(isText);
    expect(texts.flatMap((path) => findStrayNames(path, readFileSync(join(ROOT, path), 'utf8')))).toEqual([]);
    expect(texts.length).toBeGreaterThan(50);
  });
});

describe('the law refuses', () => {
  test.each([
    ['markup written by hand', 'element.innerHTML = name;'],
    ['the same by its name in brackets', `element['outerHTML'] = name;`],
    ['markup through a component', 'const a = <p dangerouslySetInnerHTML={{ __html: name }} />;'],
    ['the same in spread properties', 'const a = { dangerouslySetInnerHTML: { __html: name } };'],
    ['text run as code', 'eval(name);'],
    ['text made a function', 'new Function(name)();'],
    ['markup beside an element', `element.insertAdjacentHTML('beforeend', name);`],
  ])('%s', (_, code) => expect(findInjections('extension/ui/x.tsx', code)).toHaveLength(1));

  test.each([
    ['the clock', 'const a = Date.now();'],
    ['the clock as a date', 'const a = new Date();'],
    ['chance', 'const a = Math.random();'],
    ['the network', `const a = fetch('/');`],
    ['the page', `const a = document.title;`],
    ['Node', 'const a = process.env.X;'],
    ['bytes as Node has them', `const a = Buffer.from('');`],
    ['waiting', 'setTimeout(f, 1);'],
  ])('%s in the core', (_, code) => expect(findImpurities('shared/lead/x.ts', code)).toHaveLength(1));

  test('the browser on a screen', () => {
    expect(findBrowserGlobals('extension/ui/x.tsx', 'chrome.tabs.create({ url });')).toHaveLength(1);
  });

  test.each([
    ['a folder of the machine', `const a = '/${'work'}/main/x';`],
    ['a temporary folder by name', `const a = '/${'tmp'}/x';`],
    ["somebody's home", `const a = '/${'home'}/ann/leadline';`],
    ['a registry', `https://registry.${'npmjs'}.org/hono`],
    ['a lock file with hosts', `"${'resolved'}": "https://example.com/hono.tgz"`],
  ])('%s', (_, text) => expect(findStrayNames('x.ts', text)).toHaveLength(1));
});

describe('the law lets pass', () => {
  test('a date that is handed in, and words about the clock', () => {
    expect(findImpurities('shared/lead/x.ts', 'const a = new Date(at); // not Date.now()\nconst b = "Date.now()";')).toEqual([]);
  });
  test('a text about innerHTML', () => {
    expect(findInjections('extension/ui/x.tsx', '// never innerHTML\nconst a = <p>eval(1)</p>;')).toEqual([]);
  });
  test('an address that only looks like a folder', () => {
    expect(findStrayNames('x.ts', `https://example.com/${'home'}/main`)).toEqual([]);
  });
});
