import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Lead } from '#shared/lead/lead.ts';
import type { Suggestion } from '#shared/mapping/mapping.ts';
import { suggestionsToMapping, suggestMapping } from '#shared/mapping/suggest-mapping.ts';
import { buildPlan } from '#shared/plan/build-plan.ts';
import type { ImportPolicy, PlannedRow } from '#shared/plan/plan.ts';
import { decodeText } from '#shared/table/decode-text.ts';
import { readTable } from '#shared/table/read-csv.ts';
import { encodeLegacy, LEGACY, leadFileIn } from '../../fixtures/encode-legacy.ts';
import { utf8 } from '../../fixtures/encode-text.ts';
import { EXPORT_LAYOUTS } from '../../fixtures/export-layouts.data.ts';
import { MORE_EXPORT_LAYOUTS } from '../../fixtures/export-layouts-more.data.ts';
import { INVENTED_LAYOUTS } from '../../fixtures/invented-layouts.data.ts';
import { readSlowly } from '../../fixtures/read-slowly.ts';
import { makeLeadFile } from '../../support/make-leads.ts';
import { layoutsOf } from '../mapping/invented.ts';
import { type Layout, readLayouts } from '../mapping/score-layouts.ts';

const POLICY: ImportPolicy = { require: 'any', defaultCountry: 'US', onDuplicate: 'create', scope: 'list', overwriteFields: [] };

type File = readonly [name: string, bytes: Uint8Array];

/** What the whole way from bytes to plan makes of a file, against what a reader of one character at a time finds in it. */
function expectAccounted([name, bytes]: File): void {
  const table = readTable(bytes);
  const text = decodeText(bytes);
  if (!table.ok || !text.ok) {
    expect(['file_empty', 'file_header_only', 'file_no_table', 'quote_never_closed'], name).toContain(!table.ok && table.error.code);
    return;
  }
  const { facts } = table.value;
  const suggestions = suggestMapping(table.value);
  const { summary, rows } = buildPlan({ table: table.value, mapping: suggestionsToMapping(suggestions), policy: POLICY });
  const inPlan = summary.valid + summary.invalid + summary.blank + summary.excluded;
  const set = facts.preambleRows + facts.footerRows + facts.totalRows + facts.repeatedHeaders + facts.dummyRows;
  const header = facts.headerRow > 0 ? 1 : 0;
  expect(inPlan + set + header, name).toBe(readSlowly(text.value.text, facts.delimiter)?.length);
  expect(
    suggestions.map(({ index }) => index),
    name,
  ).toEqual(Array.from({ length: facts.columnCount }, (_, column) => column));
  expect(new Set(suggestions.map(({ label }) => label)).size, name).toBe(facts.columnCount);
  for (const [i, row] of rows.entries()) expectCells(`${name}, line ${row.line}`, table.value.rows[i] ?? [], row, suggestions);
}

/** Every cell with text is in the lead, in the row as it was read, or nowhere because its column says nothing. */
function expectCells(where: string, cells: readonly string[], { lead, raw }: PlannedRow, suggestions: readonly Suggestion[]): void {
  if (raw) expect(raw, where).toEqual(cells);
  if (!lead || raw) return;
  for (const { index, field, label } of suggestions) {
    if (field === 'ignore' || !/[\p{L}\p{N}]/u.test(cells[index] ?? '')) continue;
    const isKept = field === 'custom' ? lead.customFields?.some((custom) => custom.label === label) : holds(lead, field);
    expect(isKept || isNothing(cells[index] ?? ''), `${where}: ${label} (${field}) of "${cells[index]}"`).toBe(true);
  }
}

function holds(lead: Lead, field: Exclude<Suggestion['field'], 'custom' | 'ignore'>): boolean {
  if (field === 'fullName') return lead.firstName !== undefined || lead.lastName !== undefined;
  if (lead[field] !== undefined) return true;
  // A second phone or email moves up into an empty slot before it; what a field cannot hold is kept as a custom field.
  const kind = /phone/i.test(field) ? 'phone' : /email/i.test(field) ? 'email' : null;
  return (kind !== null && lead[kind] !== undefined) || (lead.customFields ?? []).some(({ label }) => label.includes('(original)'));
}

/** Exports write words for nothing into their cells. */
function isNothing(cell: string): boolean {
  return /^(?:null|none|n\/?a|nil|undefined|unknown|nan)$/i.test(cell.trim());
}

const cell = (text: string) => (/[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const asCsv = ({ id, headers, sample }: Layout): File => [
  id,
  utf8([headers, ...sample, headers.map(() => ''), ...sample].map((row) => row.map(cell).join(',')).join('\r\n')),
];

const require = createRequire(import.meta.url);
const spectrum = join(dirname(require.resolve('csv-spectrum/package.json')), 'csvs');
const CORPORA: readonly (readonly [name: string, files: readonly File[]])[] = [
  ['the real layouts', readLayouts(readFileSync(join(import.meta.dirname, '../../fixtures/dialects.json'), 'utf8')).map(asCsv)],
  ['the layouts in the manner of many programs', layoutsOf([...INVENTED_LAYOUTS, ...EXPORT_LAYOUTS, ...MORE_EXPORT_LAYOUTS]).map(asCsv)],
  ['csv-spectrum', readdirSync(spectrum).map((file) => [file, readFileSync(join(spectrum, file))])],
  [
    'lead files in older encodings',
    LEGACY.flatMap(({ encoding, encoder, languages }) =>
      languages.map((language): File => {
        const shape = { rows: 20, seed: 3, ownHeaders: true, namesOnly: false, namedEmails: true };
        return [`${language} in ${encoding}`, encodeLegacy(leadFileIn(language, shape), encoder)];
      }),
    ),
  ],
  ['a generated lead file', [['leads', makeLeadFile({ maxBytes: 200_000 }).bytes]]],
];

describe('read = valid + invalid + blank + excluded + header + preamble + footer + totals + repeated headers + test rows', () => {
  test.each(CORPORA)('in %s, and no column is lost', (_name, files) => {
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expectAccounted(file);
  });

  const person = fc
    .tuple(
      fc.constantFrom('Ann', 'Bob', '', 'Dr. Eve'),
      fc.constantFrom('Lee', 'van Ray', ''),
      fc.constantFrom('a@example.com', 'x', ''),
      fc.nat(99),
    )
    .map((cells) => cells.join(';'));
  const line = fc.oneof(
    { weight: 3, arbitrary: person },
    fc.constantFrom(
      '',
      ';;;',
      'Notes:',
      'My report',
      'First Name;Last Name;Email;Score',
      'Name;Email;Phone',
      'Total;;;3',
      'Grand Totals (3 records)',
    ),
    fc.constantFrom(
      '<test lead: dummy data for email>;;;',
      '"two\nlines";x;y;1',
      'Confidential',
      '+49 30 901820;;;;;extra',
      'ZoÃ«;Brandt;zoe@example.com;1',
    ),
  );
  test('in files of any lines in any order', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 30 }), fc.constantFrom('\n', '\r\n', '\r'), (lines, end) => {
        expectAccounted(['generated', utf8(`First Name;Last Name;Email;Score${end}${lines.join(end)}`)]);
      }),
      { numRuns: 600 },
    );
  });
});
