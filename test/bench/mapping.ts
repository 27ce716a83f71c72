import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { profileValues } from '#shared/mapping/column-profile.ts';
import { type Column, readColumns } from '#shared/mapping/mapping-column.ts';
import { type HeaderReading, readHeader } from '#shared/mapping/read-header.ts';
import { suggestForColumns, suggestMapping } from '#shared/mapping/suggest-mapping.ts';
import { ENGLISH } from '#shared/mapping/synonyms/en.data.ts';
import { indexVocabularies } from '#shared/mapping/vocabulary-index.ts';
import type { RawTable } from '#shared/table/table.ts';
import { EXPORT_LAYOUTS } from '../fixtures/export-layouts.data.ts';
import { LAST_EXPORT_LAYOUTS } from '../fixtures/export-layouts-last.data.ts';
import { MORE_EXPORT_LAYOUTS } from '../fixtures/export-layouts-more.data.ts';
import { layoutsOf } from '../shared/mapping/invented.ts';
import { type Layout, readLayouts, scoreLayouts } from '../shared/mapping/score-layouts.ts';
import { VARIATIONS } from '../shared/mapping/vary-layouts.ts';
import { tableOf } from '../support/table-of.ts';

/**
 * Prints which part of the matcher contributes how much when it alone is switched off, and what suggesting a mapping
 * costs: `node test/bench/mapping.ts`.
 */

type Part = { readonly name: string; readonly off: (columns: readonly Column[]) => readonly Column[] };

const english = indexVocabularies([ENGLISH]);

const PARTS: readonly Part[] = [
  { name: 'nothing', off: (columns) => columns },
  { name: 'words (only the fields’ own names and values)', off: (columns) => columns.map((column) => ({ ...column, reading: null })) },
  {
    name: 'other languages than English',
    off: (columns) => columns.map((column) => ({ ...column, reading: readHeader(column.header, english) })),
  },
  {
    name: 'structure (whose, which person, weak and half read headers)',
    off: reread((reading) => ({ ...reading, whose: 'person', personNumber: null, weak: false, partial: false })),
  },
  { name: 'ranks (roles and numbers)', off: reread((reading) => ({ ...reading, role: null, number: null })) },
  { name: 'values', off: (columns) => columns.map((column) => ({ ...column, profile: profileValues([]) })) },
];

function reread(change: (reading: HeaderReading) => HeaderReading): Part['off'] {
  return (columns) => columns.map((column) => ({ ...column, reading: column.reading && change(column.reading) }));
}

const real = readLayouts(readFileSync(join(import.meta.dirname, '../fixtures/dialects.json'), 'utf8'));
const SETS: readonly (readonly [name: string, layouts: readonly Layout[]])[] = [
  ['real', real],
  ['real, rewritten', real.map((layout, i) => (VARIATIONS[i % VARIATIONS.length] ?? VARIATIONS[0])?.vary(layout) ?? layout)],
  ['invented', layoutsOf()],
  ['exports', layoutsOf([...EXPORT_LAYOUTS, ...MORE_EXPORT_LAYOUTS, ...LAST_EXPORT_LAYOUTS])],
];

const WIDE = 200;
const DEEP = 100;
const RUNS = 15;
const VALUES = [
  'Maya Okafor',
  'maya@example.com',
  '+1 202 555 0143',
  '',
  'Head of Operations',
  '2026-05-04',
  'https://www.linkedin.com/in/maya',
  '123.50',
  'yes',
];

/** The first run, which makes the index of words, and the middle one of those after it, in milliseconds. */
function time(table: RawTable): string {
  const runs = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    suggestMapping(table);
    return performance.now() - start;
  });
  const [first = 0, ...rest] = runs;
  const middle = rest.sort((a, b) => a - b)[Math.floor(rest.length / 2)] ?? 0;
  return `${middle.toFixed(1)} ms; ${first.toFixed(1)} ms the first time`;
}

const headers = real.flatMap((layout) => layout.headers).slice(0, WIDE);
const rows = Array.from({ length: DEEP }, (_, row) => headers.map((_, column) => VALUES[(row * 7 + column) % VALUES.length] ?? ''));
console.log(`Suggesting for ${WIDE} columns and ${DEEP} rows: ${time(tableOf(headers, rows))}\n`);

console.log(`| switched off | ${SETS.map(([name, layouts]) => `${name} (${layouts.length}): right | wrong`).join(' | ')} |`);
console.log(`|---|${'---|---|'.repeat(SETS.length)}`);
for (const { name, off } of PARTS) {
  const cells = SETS.map(([, layouts]) => {
    const score = scoreLayouts(layouts, (table) => suggestForColumns(table, off(readColumns(table))));
    return `${((100 * score.right) / score.fields).toFixed(1)} % | ${score.wrong.length}`;
  });
  console.log(`| ${name} | ${cells.join(' | ')} |`);
}
