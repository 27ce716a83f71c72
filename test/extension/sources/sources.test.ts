// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { readFile } from '#shared/table/read-file.ts';
import { writeSheetFile } from '#shared/table/read-sheet-file.ts';
import { csvFile } from '../../../extension/sources/csv-file.ts';
import { SOURCES, sourceById } from '../../../extension/sources/index.ts';
import { proposeListName } from '../../../extension/sources/list-name.ts';
import { paste } from '../../../extension/sources/paste.ts';
import type { Given } from '../../../extension/sources/source.ts';

const NOTHING: Given = { kind: 'nothing' };
const ORIGIN = { spreadsheetId: 'abc', gid: 0, title: 'Webinar', tab: 'Leads' };
const CELLS = writeSheetFile(ORIGIN, {
  firstRow: 1,
  rows: [
    ['Name', 'Email'],
    ['Ann', 'ann@example.com'],
  ],
  hidden: [],
  errors: [],
  mergedCells: 0,
});
const SHEET: Given = { kind: 'sheet', name: 'Webinar - Leads', bytes: 27, blob: CELLS, sheet: ORIGIN };
const GIVEN = new Map<string, Given>([
  ['csv-file', { kind: 'file', file: new File(['a,b\n1,2\n'], 'leads.csv') }],
  ['csv-link', { kind: 'fetched', file: { name: 'leads.csv', bytes: 8, blob: new Blob(['a,b\n1,2\n']), from: 'https://a.example/x' } }],
  ['google-sheet', SHEET],
  ['paste', { kind: 'text', text: 'a\tb\r\n1\t"2\n3"\r\n' }],
]);

/** Every source keeps these. */
describe.each(SOURCES)('the source $id', (source) => {
  const given = GIVEN.get(source.id) ?? NOTHING;
  test('is found by its id, and no other has it', () => {
    expect(sourceById(source.id)).toBe(source);
    expect(SOURCES.filter((other) => other.id === source.id)).toHaveLength(1);
  });
  test('gives bytes and a name that fits the server', async () => {
    const opened = await source.open(given);
    // The cells of a sheet are kept with what is between them.
    expect(opened.bytes).toBeLessThanOrEqual(opened.blob.size);
    expect(opened.bytes).toBeGreaterThan(0);
    expect(opened.name.length).toBeGreaterThan(0);
    expect(opened.name.length).toBeLessThanOrEqual(300);
    expect(source.origin.length).toBeLessThanOrEqual(40);
  });
  test('what it gives reads as a table, now and whenever it is read again', async () => {
    const { blob } = await source.open(given);
    const first = await readFile(new Uint8Array(await blob.arrayBuffer()));
    expect(first).toMatchObject({ ok: true });
    expect(await readFile(new Uint8Array(await blob.arrayBuffer()))).toEqual(first);
  });
  test('takes nothing but what it is for', async () => {
    const others = [NOTHING, ...GIVEN.values()].filter(({ kind }) => kind !== given.kind);
    for (const other of given.kind === 'nothing' ? [] : others) await expect(source.open(other)).rejects.toThrow();
  });
});

describe('a pasted range keeps its cells', () => {
  const pastes = [
    ['with tabs', 'Name\tEmail\nAnn\tann@example.com', ['Ann', 'ann@example.com'], 'as Excel and Sheets copy it'],
    ['with a line break in a cell', 'Name\tAddress\r\nAnn\t"Main St 1\nCork"\r\n', ['Ann', 'Main St 1\nCork'], 'quoted by the spreadsheet'],
    [
      'with quotes in a cell',
      'Name\tNote\r\nAnn\t"says ""hi""\nand goes"\r\n',
      ['Ann', 'says "hi"\nand goes'],
      'doubled by the spreadsheet',
    ],
    ['with letters of any script', 'Name\tCity\nZoë 山田\t東京', ['Zoë 山田', '東京'], 'kept as UTF-8'],
    ['of one column', 'Email\nann@example.com', ['ann@example.com'], 'no tab at all'],
    ['with commas in cells', 'Name\tNote\nAnn\tone, two, three', ['Ann', 'one, two, three'], 'the tabs part it'],
  ] as const;
  test.each(pastes)('%s', async (_what, text, row) => {
    const { blob, name } = await paste.open({ kind: 'text', text });
    const table = await readFile(new Uint8Array(await blob.arrayBuffer()));
    expect(table.ok && table.value.rows).toEqual([row]);
    expect(proposeListName(name, new Date(2026, 10, 22, 9).getTime())).toBe('Pasted rows, 22 Nov 2026');
  });
});

test('of a file only its own name is kept, never a path', async () => {
  const opened = await csvFile.open({ kind: 'file', file: new File(['a'], 'C:\\Users\\ann\\leads.csv') });
  expect(opened.name).toBe('leads.csv');
});

test('a source that a newer version no longer has is not found', () => {
  expect(sourceById('carrier-pigeon')).toBeNull();
});

describe('a new list is named after file and day', () => {
  const now = new Date(2026, 4, 4, 9).getTime();
  const names = [
    ['webinar_attendees-q4 (2).csv', 'Webinar attendees q4, 4 May 2026', 'as a person would write it'],
    ['Leads.CSV', 'Leads, 4 May 2026', 'the ending goes'],
    ['.csv', 'Leads, 4 May 2026', 'a name is always there'],
    ['v1.2 export.csv', 'V1.2 export, 4 May 2026', 'dots inside stay'],
  ] as const;
  test.each(names)('%s: %s (%s)', (file, name) => {
    expect(proposeListName(file, now)).toBe(name);
  });
  test('however long the file’s name, the list’s fits the server', () => {
    expect(proposeListName(`${'x'.repeat(400)}.csv`, now).length).toBeLessThanOrEqual(200);
  });
});
