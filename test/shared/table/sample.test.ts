import { expect, test } from 'vitest';
import { readTable } from '#shared/table/read-csv.ts';
import { SAMPLE_CSV } from '#shared/table/sample.data.ts';
import { utf8 } from '../../fixtures/encode-text.ts';

const sample = readTable(utf8(SAMPLE_CSV));
const headers: readonly string[] = sample.ok ? sample.value.headers : [];
const rows: readonly (readonly string[])[] = sample.ok ? sample.value.rows : [];
const column = (header: string) => rows.map((row) => row[headers.indexOf(header)] ?? '');

test('the sample file has 60 rows, one of them blank, and none ragged', () => {
  expect(sample).toMatchObject({ ok: true, value: { facts: { rowCount: 60, columnCount: 13, headerRow: 1, delimiter: ',' } } });
  expect(rows.filter((row) => row.length === 0)).toHaveLength(1);
  expect(rows.every((row) => row.length === 0 || row.length === headers.length)).toBe(true);
});

test('nobody in it can be written to: all domains are reserved', () => {
  const domains = [...SAMPLE_CSV.matchAll(/@([\w.-]+)/g)].map((match) => match[1] ?? '');
  expect(domains.length).toBeGreaterThan(50);
  for (const domain of domains) expect(domain).toMatch(/^(?:example(?:\.(?:com|org|net))?|[\w-]+\.example|example\.co\.test)$/i);
});

test('nobody in it can be called: all numbers are kept for fiction', () => {
  const fictional =
    /555.?01\d\d|7700.?900.?\d{3}|20 7946 0\d{3}|30 23125.?\d{3}|1 99 00 \d\d \d\d|6 39 98 \d\d \d\d|20 910 \d{4}|70 174 06 \d\d|491 570 156|4\.15555E\+09/;
  for (const phone of [...column('Phone Number'), ...column('Other Phone')]) {
    if (!/\d/.test(phone)) continue;
    expect(
      phone
        .normalize('NFKC')
        .replaceAll(/[^\d +.E]/g, ' ')
        .replaceAll(/ +/g, ' '),
    ).toMatch(fictional);
  }
});

test.each([
  ['capital letters in addresses', /,[A-Z.]+@EXAMPLE/],
  ['an address with "at"', /\w at example\.com/],
  ['an extension', / x\d+| ext\. /],
  ['two numbers in a cell', /\d \/ \d|:::/],
  ['full-width digits', /[０-９]/],
  ['names in other scripts', /山田[\s\S]*Мария|Мария[\s\S]*山田/],
  ['quotes in notes', /""/],
  ['line breaks in notes', /"[^",]*\n[^"]*"/],
  ['a number a spreadsheet has cut', /E\+09/],
  ['a company page instead of a person', /linkedin\.com\/company\//],
])('it has %s', (_what, pattern) => {
  expect(SAMPLE_CSV).toMatch(pattern);
});
