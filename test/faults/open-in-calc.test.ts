import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import type { Delimiter } from '#shared/table/detect-dialect.ts';
import { writeCsv } from '#shared/table/write-csv.ts';
import { PAYLOADS } from '../fixtures/formula-payloads.ts';
import { startServer } from '../support/start-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'leadline-calc-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hasOffice = spawnSync('soffice', ['--version'], { stdio: 'ignore' }).status === 0;
if (!hasOffice)
  console.log('LibreOffice is not installed, so no file of ours was opened in it: install libreoffice-calc and have soffice on the PATH.');

/** Opens CSV files in LibreOffice without a window and gives each as the XML of its cells. */
function openInCalc(files: readonly (readonly [name: string, text: string])[]): string[] {
  for (const [name, text] of files) writeFileSync(join(folder, `${name}.csv`), `\uFEFF${text}`);
  const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile'))}`;
  // Separator comma, quote, UTF-8, from line 1, detection of numbers and dates on: what somebody clicks through at worst.
  const filter = '--infilter=CSV:44,34,76,1,,0,false,true,false';
  const paths = files.map(([name]) => join(folder, `${name}.csv`));
  execFileSync('soffice', ['--headless', profile, filter, '--convert-to', 'fods', '--outdir', folder, ...paths], { stdio: 'ignore' });
  return files.map(([name]) => readFileSync(join(folder, `${name}.fods`), 'utf8'));
}
const formulas = (xml: string) => xml.match(/table:formula="[^"]*"/g) ?? [];

/** Six places a payload can stand in. */
const POSITIONS: readonly (readonly [string, (payload: string) => { readonly headers: string[]; readonly row: string[] }])[] = [
  ['first', (payload) => ({ headers: ['A', 'B', 'C'], row: [payload, 'b', 'c'] })],
  ['middle', (payload) => ({ headers: ['A', 'B', 'C'], row: ['a', payload, 'c'] })],
  ['last', (payload) => ({ headers: ['A', 'B', 'C'], row: ['a', 'b', payload] })],
  ['behind a quote', (payload) => ({ headers: ['A', 'B', 'C'], row: ['a "quoted", cell', payload, 'c'] })],
  ['behind a line break', (payload) => ({ headers: ['A', 'B', 'C'], row: ['a\r\nb', payload, `\n${payload}`] })],
  ['header', (payload) => ({ headers: [payload, 'B', payload], row: ['a', 'b', 'c'] })],
];

test.skipIf(!hasOffice)(
  'LibreOffice makes no formula of any of our files; the same payloads unguarded are some',
  { timeout: 300_000 },
  async () => {
    const tables = POSITIONS.map(([, place]) => PAYLOADS.map(place));
    const written = (guard: boolean) =>
      tables.map((places) =>
        places.map(({ headers, row }) => writeCsv(headers, [row], { guard, delimiter: ',' satisfies Delimiter })).join(''),
      );
    const server = await startServer();
    const leads = PAYLOADS.map((payload, index) => ({
      firstName: payload,
      lastName: payload,
      email: `p${index}@example.com`,
      phone: `+1202555${String(1_000 + index)}`,
      companyName: payload,
      notes: `"\r\n${payload}`,
      tags: [payload],
      customFields: [{ label: payload, value: payload }],
    }));
    expect((await server.send('POST', '/api/leads', { leads })).status).toBe(201);
    const headers = ['First name', 'Last name', 'Email', 'Phone', ...PAYLOADS.map((payload) => `${payload} `)];
    const bad = writeCsv(headers, [['=1+1', '@SUM(1)', 'none', '+44 20 7946 0018', ...PAYLOADS]]);
    const sent = await server.ask('/api/imports', { method: 'POST', body: bad, headers: { 'Content-Type': 'text/csv' } });
    const { importId, rejected } = await sent.json();
    expect(rejected).toBe(1);
    const got = await Promise.all(
      ['/api/leads/export', `/api/imports/${importId}/rejected.csv`, '/api/template.csv', '/sample.csv'].map(async (path) =>
        (await server.ask(path)).text(),
      ),
    );
    await server.stop();
    expect(got[0]).toContain('p0@example.com');

    const guarded = written(true).map((text, at) => [`guarded-${at}`, text] as const);
    const bare = written(false).map((text, at) => [`bare-${at}`, text] as const);
    const served = got.map((text, at) => [`served-${at}`, text] as const);
    const opened = openInCalc([...guarded, ...served, ...bare]);
    for (const [at, [name]] of [...guarded, ...served].entries()) {
      expect([name, formulas(opened[at] ?? '')]).toEqual([name, []]);
      expect(opened[at]).toContain('<table:table-cell');
    }
    // Proof that the eye sees: without the apostrophe it finds formulas in every position.
    for (const xml of opened.slice(guarded.length + served.length)) expect(formulas(xml).length).toBeGreaterThan(0);
  },
);
