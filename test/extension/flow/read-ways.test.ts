// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { NO_REPAIR } from '#shared/plan/repair.ts';
import type { ReadOptions } from '#shared/table/table.ts';
import type { ReadJob } from '../../../extension/flow/planner.ts';
import { createEngine } from '../../../extension/flow/planner-engine.ts';
import { addImport, clearChunks } from '../../../extension/storage/outbox.ts';
import { prepareImport } from '../../../extension/storage/prepare-import.ts';
import { makeWorkbook, type SheetSource } from '../../fixtures/make-workbook.ts';
import { freshDatabase, ORDER } from '../background/sealed-import.ts';
import { MAPPING, POLICY } from './draft-states.ts';

const HEADER = ['First Name', 'Last Name', 'Email', 'Phone'];
const person = (name: string) => [
  name,
  'Lee',
  `${name.toLowerCase()}@example.com`,
  `+1202555${String(name.charCodeAt(0) * 100 + name.length).padStart(4, '0')}`,
];
const PEOPLE: SheetSource['rows'] = [HEADER, person('Ann'), { hidden: true, cells: person('Bob') }, person('Cy')];
const WORKBOOK = makeWorkbook({
  sheets: [
    { name: 'Notes', rows: [['Made in spring']] },
    { name: 'Old', state: 'hidden', rows: [HEADER, person('Zoe')] },
    { name: 'Fair', rows: PEOPLE },
  ],
});

async function engineWith(content: string | Uint8Array) {
  const database = freshDatabase();
  await database.files.put({
    draft: 'd',
    blob: new Blob([Uint8Array.from(typeof content === 'string' ? new TextEncoder().encode(content) : content)]),
  });
  return { database, planner: createEngine(database, async () => null) };
}
const jobOf = (read: ReadOptions): ReadJob => ({ draft: 'd', chosenAt: 1, read });
const planOf = (read: ReadOptions) => ({
  ...jobOf(read),
  mapping: MAPPING,
  policy: POLICY,
  repair: NO_REPAIR,
  ground: JSON.stringify(read),
  workspace: null,
});

describe('a workbook', () => {
  test('opens at the first sheet with a table, and offers the others', async () => {
    const { planner } = await engineWith(WORKBOOK);
    expect(await planner.read(jobOf({}))).toMatchObject({
      ok: true,
      value: {
        sheet: 'Fair',
        sheets: [
          { name: 'Notes', hidden: false },
          { name: 'Old', hidden: true },
          { name: 'Fair', hidden: false },
        ],
        headers: HEADER,
        hiddenRows: 1,
      },
    });
    expect(await planner.read(jobOf({ sheet: 'Old' }))).toMatchObject({
      value: { sheet: 'Old', firstRows: [person('Zoe')], hiddenRows: 0 },
    });
    expect(await planner.read(jobOf({ sheet: 'New' }))).toMatchObject({ ok: false, error: { code: 'sheet_unknown' } });
  });

  test('rows that a filter hides are left out and counted, unless they are wanted', async () => {
    const { planner } = await engineWith(WORKBOOK);
    expect((await planner.plan(planOf({}), () => {}))?.summary).toMatchObject({ total: 3, valid: 2, excluded: 1 });
    const { rows } = await planner.rows(planOf({}), { show: 'all', offset: 0, limit: 10 });
    expect(rows.map(({ line, decision }) => [line, decision])).toEqual([
      [2, 'auto'],
      [3, 'exclude'],
      [4, 'auto'],
    ]);
    expect((await planner.plan(planOf({ includeHidden: true }), () => {}))?.summary).toMatchObject({ total: 3, valid: 3, excluded: 0 });
  });

  test.each<readonly [string, ReadOptions]>([
    ['as it opens', {}],
    ['with its hidden rows', { includeHidden: true }],
    ['another sheet', { sheet: 'Old' }],
  ])('planned again by the background it gives the same chunks: %s', async (_what, read) => {
    const { database, planner } = await engineWith(WORKBOOK);
    await addImport(database, 'i', 'd', { ...ORDER, read, mapping: MAPPING, policy: POLICY }, 0);
    await planner.seal(planOf(read), 'i', () => {});
    const chunks = await database.chunks.toArray();
    const sealed = await database.imports.get('i');
    expect(sealed?.stage).toBe('sealed');
    await clearChunks(database, 'i');
    await database.imports.update('i', { stage: 'planning', body: null });
    await prepareImport(database, 'i');
    expect(await database.chunks.toArray()).toEqual(chunks);
    expect((await database.imports.get('i'))?.body).toEqual(sealed?.body);
  });

  test('one of the old kind is refused by name', async () => {
    const { planner } = await engineWith(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0));
    expect(await planner.read(jobOf({}))).toMatchObject({ error: { code: 'file_wrong_type', data: { refused: 'xls' } } });
  });

  test('one that holds more text than a file may have is refused', async () => {
    const rows = [HEADER, ...Array.from({ length: 60 }, () => person('x'.repeat(2_000)))];
    const { planner } = await engineWith(makeWorkbook({ sheets: [{ name: 'S', rows }] }));
    expect(await planner.read(jobOf({ maxBytes: 100_000 }))).toMatchObject({ error: { code: 'file_too_large' } });
  });
});

describe('what is no row is shown', () => {
  test('lines above and below the table, with their kind; of each kind at most fifty', async () => {
    const people = Array.from({ length: 130 }, (_, at) => [...person(`P${at}`), ''].join(','));
    const repeated = people.flatMap((row, at) => (at > 0 && at % 2 === 0 ? [HEADER.join(','), row] : [row]));
    const { planner } = await engineWith(['Report of spring,,,', '', HEADER.join(','), ...repeated, 'Confidential,,,'].join('\n'));
    const read = await planner.read(jobOf({}));
    if (!read.ok) throw new Error(read.error.code);
    const { skipped = [], facts } = read.value;
    expect(facts).toMatchObject({ repeatedHeaders: 64, preambleRows: 2, footerRows: 1, rowCount: 130 });
    expect(skipped.filter(({ kind }) => kind === 'repeatedHeader')).toHaveLength(50);
    expect(skipped[0]).toEqual({ line: 1, kind: 'preamble', cells: ['Report of spring', '', '', ''] });
    expect(skipped.at(-1)).toMatchObject({ kind: 'footer', cells: ['Confidential', '', '', ''] });
  });

  test('other tables of the file are offered, and can be chosen', async () => {
    const companies = ['Company,City', 'Fern,Cork', 'Moss,Kerry', 'Reed,Sligo'];
    const people = [HEADER.join(','), ...['Ann', 'Bob', 'Cy'].map((name) => person(name).join(','))];
    const { planner } = await engineWith([...people, '', '', ...companies].join('\n'));
    const read = await planner.read(jobOf({}));
    if (!read.ok) throw new Error(read.error.code);
    expect(read.value.headers).toEqual(HEADER);
    const [other] = read.value.otherTables ?? [];
    expect(other).toMatchObject({ headers: ['Company', 'City'], rows: 3 });
    if (!other) return;
    const chosen = await planner.read(jobOf({ headerRow: other.headerRow, lastRow: other.lastRow }));
    expect(chosen).toMatchObject({ value: { headers: ['Company', 'City'], facts: { rowCount: 3 } } });
  });
});

test('a phone column with numbers of another country says so, with its share', async () => {
  const phones = ['+49 30 901820', '+49 30 901821', '+44 20 7946 0018', '030 901822', '030 901823'];
  const rows = phones.map((phone, at) => [...person(`P${at}`).slice(0, 3), phone].join(','));
  const { planner } = await engineWith([HEADER.join(','), ...rows].join('\n'));
  expect((await planner.plan(planOf({}), () => {}))?.phoneCountries).toEqual([
    { column: 3, country: 'DE', count: 2, bare: 2, share: 2 / 3 },
  ]);
  const german = { ...planOf({}), policy: { ...POLICY, defaultCountry: 'DE' } };
  expect((await planner.plan(german, () => {}))?.phoneCountries).toEqual([]);
});

describe('what the read screen marks', () => {
  test('rows of the preview that are hidden or were mended', async () => {
    const book = await engineWith(WORKBOOK);
    expect(await book.planner.read(jobOf({}))).toMatchObject({ value: { hiddenLines: [3], mendedLines: [], encodings: [] } });
    const text = await engineWith('Name,Email\nAnn,ann@example.com\nJosÃ© GarcÃ­a,jose@example.com\n');
    expect(await text.planner.read(jobOf({}))).toMatchObject({ value: { hiddenLines: [], mendedLines: [3] } });
    expect(await text.planner.read(jobOf({ repair: false }))).toMatchObject({ value: { mendedLines: [] } });
  });

  test('the same cells in the likeliest encodings, until one is chosen', async () => {
    const { planner } = await engineWith(Buffer.from('Name;City\nNov\xe1k;Plze\xf2\nKov\xe1\xf8;Brno\n', 'latin1'));
    const unsure = await planner.read(jobOf({}));
    expect(unsure.ok && unsure.value.encodings?.map(({ encoding, cells }) => [encoding, cells.join(' ')]).slice(0, 2)).toEqual([
      ['windows-1250', 'Novák Plzeň Kovář'],
      ['windows-1252', 'Novák Plzeò Kováø'],
    ]);
    expect(await planner.read(jobOf({ encoding: 'windows-1250' }))).toMatchObject({
      value: { encodings: [], facts: { encodingSure: true } },
    });
  });
});
