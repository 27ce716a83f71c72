import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { allWorked, writeDemoPage } from '../demo/demo-page.ts';
import { firstSheet, nextSheet, tradeFairCsv } from '../demo/invented-accounts.ts';
import { DEMO_WORDS, markBuild } from '../demo/mark-build.ts';
import { inventPeople, PEOPLE_COUNT, SHARES } from '../demo/people.ts';
import { makeRecorder, type Step } from '../demo/record-steps.ts';

const ROOT = join(import.meta.dirname, '../..');
const STEP: Step = {
  part: 'A <file>',
  title: 'Import it & count',
  seconds: 1.25,
  seen: {
    receipt: {
      rows: new Map([
        ['new leads', 7],
        ['invalid, not written', 2],
      ]),
      total: 9,
    },
    said: '9 rows',
  },
  picture: 'step-01.png',
  trouble: null,
};
const pageOf = (...steps: readonly Step[]) => writeDemoPage({ steps, at: new Date('2026-05-04T09:30:00Z'), people: 300 });

test('npm run demo is a command of the launcher', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  expect(scripts.demo).toBe('exec node server/run.mjs demo');
});

test('the page tells each step with its seconds, its buckets and their sum, what the screen said, and its picture', () => {
  const page = pageOf(STEP);
  for (const fact of [
    DEMO_WORDS,
    '1 of 1 steps worked',
    '2026-05-04 09:30',
    '1.3 s',
    '<td>7<th>new leads',
    '<td>2<th>invalid, not written',
    '<td>9<th>rows in all',
    '“9 rows”',
    'src="step-01.png"',
  ])
    expect(page).toContain(fact);
});

test('what was read from a screen is text on the page, never markup', () => {
  expect(pageOf(STEP)).toContain('A &#60;file&#62;');
  expect(pageOf({ ...STEP, seen: { said: '<img src=x onerror=alert(1)>' } })).not.toContain('<img src=x');
});

test('a receipt whose buckets do not add up is told as such', () => {
  expect(pageOf({ ...STEP, seen: { receipt: { rows: new Map([['new leads', 7]]), total: 9 } } })).toContain('but the buckets hold 7');
});

test('the demo is a success only if something was tried and all of it worked', () => {
  expect(allWorked([STEP])).toBe(true);
  expect(allWorked([STEP, { ...STEP, trouble: 'no such button' }])).toBe(false);
  expect(allWorked([])).toBe(false);
  expect(pageOf(STEP, { ...STEP, trouble: 'no such button' })).toMatch(/1 of 2 steps worked[\s\S]*<pre>no such button/);
});

test('a step that fails ends its part and is told with its reason; the other parts go on', async () => {
  const recorder = makeRecorder('/nowhere', () => {});
  const page = { screenshot: async () => Promise.reject(new Error('no browser')) } as never; // the page is gone
  await recorder.part('One', async (take) => {
    await take('breaks', page, async () => {
      throw new Error('\u001b[2mno such button\u001b[22m');
    });
    await take('is not reached', page, async () => undefined);
  });
  await recorder.part('Two', async () => {
    throw new Error('nobody there');
  });
  await recorder.part('Three', (take) => take('works', page, async () => ({ said: 'done' })));
  expect(recorder.steps.map(({ part, title, trouble }) => [part, title, trouble])).toEqual([
    ['One', 'breaks', 'no such button'],
    ['Two', 'Between two steps', 'nobody there'],
    ['Three', 'works', null],
  ]);
});

test('three hundred people are invented, each once, the same every time', () => {
  const people = inventPeople();
  expect(PEOPLE_COUNT).toBe(300);
  for (const key of ['email', 'phone'] as const) expect(new Set(people.map((one) => one[key])).size).toBe(300);
  expect(new Set(people.map(({ firstName, lastName }) => `${firstName} ${lastName}`)).size).toBe(300);
  expect(people).toEqual(inventPeople());
  expect(people.every(({ email }) => /^[a-z]+\.[a-z]+@[a-z-]+\.example$/.test(email))).toBe(true);
  const held = new Set(Object.values(SHARES).flatMap(([from, to]) => people.slice(from, to)));
  expect(held.size).toBe(300);
});

test('sheet and file hold what the steps count on', () => {
  const people = inventPeople();
  expect(firstSheet(people)).toHaveLength(132);
  expect(nextSheet(people)).toHaveLength(133);
  expect(tradeFairCsv(people).split('\r\n')).toHaveLength(71);
});

test('every page of the copied extension says that this is a demo; the build does not', () => {
  const folder = mkdtempSync(join(tmpdir(), 'leadline-demo-mark-'));
  const build = join(folder, 'build');
  mkdirSync(join(build, 'assets'), { recursive: true });
  writeFileSync(join(build, 'assets/theme.css'), 'body { color: red }');
  cpSync(build, join(folder, 'unstyled'), { recursive: true });
  rmSync(join(folder, 'unstyled/assets/theme.css'));
  try {
    markBuild(build, join(folder, 'copy'));
    expect(readFileSync(join(folder, 'copy/assets/theme.css'), 'utf8')).toContain(`content: "${DEMO_WORDS}"`);
    expect(readFileSync(join(build, 'assets/theme.css'), 'utf8')).not.toContain(DEMO_WORDS);
    expect(() => markBuild(join(folder, 'unstyled'), join(folder, 'other'))).toThrow('no stylesheet');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
