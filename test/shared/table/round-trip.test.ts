import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DELIMITERS } from '#shared/table/detect-dialect.ts';
import { isBlankRow } from '#shared/table/find-table.ts';
import { readTable, readText } from '#shared/table/read-csv.ts';
import { csvLine, writeCsv } from '#shared/table/write-csv.ts';
import { utf8, utf8WithMark, utf16 } from '../../fixtures/encode-text.ts';
import { readSlowly } from '../../fixtures/read-slowly.ts';

/** Chance makes rows that look like a header, a sum, a wrong encoding: here only the reading itself is asked for. */
const AS_IT_IS = { headerRow: 1, keepRows: true, repair: false };
const RUNS = { numRuns: 400 };
/** Text of the characters that make files hard to read, and any other but NUL and lone halves of pairs. */
const hard = fc.string({ unit: fc.constantFrom('"', ',', ';', '\t', '|', '\n', '\r', ' ', "'", 'a', 'é', '\uFEFF', '山'), maxLength: 8 });
const any = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replaceAll('\0', ''));
/** Marked with a letter, so that no row is blank. */
const cell = fc.oneof(hard, any).map((text) => `${text}x`);
const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 2, maxLength: 8 });
const delimiter = fc.constantFrom(...DELIMITERS);
const lineEnd = fc.constantFrom('\n', '\r\n', '\r');

/** A cell that holds rows of its own may be one, or rows between two quotes that are text: that is asked for elsewhere. */
function withoutRowsInCells(rows: readonly (readonly string[])[], delimiter: string): string[][] {
  return rows.map((row) => row.map((cell) => (cell.includes(delimiter) ? cell.replace(/[\r\n]/g, ' ') : cell)));
}

test('what we write we read again, cell by cell, in every encoding and with every delimiter', () => {
  fc.assert(
    fc.property(table, delimiter, (made, chosen) => {
      const rows = withoutRowsInCells(made, chosen);
      const [headers = [], ...data] = rows;
      const text = writeCsv(headers, data, { delimiter: chosen });
      for (const bytes of [utf8(text), utf8WithMark(text), utf16(text, 'little', true), utf16(text, 'big', true)]) {
        expect(readTable(bytes, { delimiter: chosen, ...AS_IT_IS })).toMatchObject({ ok: true, value: { headers, rows: data } });
      }
    }),
    RUNS,
  );
});

test('each row may end in its own way, the last one in none, and every row is found on its line', () => {
  fc.assert(
    fc.property(table, delimiter, fc.array(lineEnd, { minLength: 8, maxLength: 8 }), fc.boolean(), (made, chosen, ends, isOpen) => {
      const rows = withoutRowsInCells(made, chosen);
      const lines: number[] = [];
      let text = '';
      for (const [at, row] of rows.entries()) {
        // A carriage return before a line feed would be one line end with it.
        const end = ends[at] === '\n' && text.endsWith('\r') ? '\r\n' : (ends[at] ?? '\n');
        lines.push(physicalLines(text) + 1);
        text += csvLine(row, { delimiter: chosen }).slice(0, -2) + (isOpen && at === rows.length - 1 ? '' : end);
      }
      const [headers = [], ...data] = rows;
      const read = readText(text, { delimiter: chosen, ...AS_IT_IS });
      expect(read).toMatchObject({ ok: true, value: { headers, rows: data } });
      expect(read.ok && Array.from(read.value.lines)).toEqual(lines.slice(1));
    }),
    RUNS,
  );
});

function physicalLines(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}

test('any text at all is read as a slow and obvious reader reads it, or refused: nothing is thrown, nothing lost', () => {
  const unit = fc.constantFrom('"', '"', '"', ',', ',', '\n', '\n', '\r', '\r\n', ' ', '\0', '\uFEFF', '\u00a0', 'a', 'b', ';', '\t');
  const counts = { tables: 0, unclosed: 0 };
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 60 }), fc.constantFrom(',' as const, ';' as const, '\t' as const), (text, chosen) => {
      const read = readText(text, { delimiter: chosen, headerRow: 0 });
      const slow = readSlowly(text.replace(/^[\0\uFEFF]+/, '').replaceAll('\0', ''), chosen);
      if (!slow) {
        counts.unclosed++;
        if (read.ok) expect(lettersOf(read.value.rows.flat().join(''))).toBe(lettersOf(text));
        else expect(['quote_never_closed', 'file_empty', 'file_no_table']).toContain(read.error.code);
      } else if (read.ok && slow.some(({ isDoubtful }) => isDoubtful))
        expect(lettersOf(read.value.rows.flat().join(''))).toBe(lettersOf(text));
      else if (read.ok) {
        counts.tables++;
        const expected = slow.map(({ cells }) => (isBlankRow(cells) ? [] : cells));
        expect(read.value.rows).toEqual(expected);
        expect(Array.from(read.value.lines)).toEqual(slow.map(({ line }) => line));
        expect(read.value.facts.rowCount).toBe(slow.length);
      }
    }),
    { numRuns: 5_000 },
  );
  expect(counts.tables).toBeGreaterThan(1_000);
  expect(counts.unclosed).toBeGreaterThan(100);
});

/** What no reading of quotes may lose. */
function lettersOf(text: string): string {
  return text.replace(/[^ab]/g, '');
}

test('every record of a file is a data row or counted in its facts', () => {
  const record = fc.constantFrom('a,b', '1,2', '', ' , ', '"x\ny",z', ',');
  fc.assert(
    fc.property(
      fc.array(record, { minLength: 1, maxLength: 12 }),
      fc.option(fc.nat({ max: 14 }), { nil: undefined }),
      (records, headerRow) => {
        const read = readText(`${records.join('\n')}\n`, { delimiter: ',', ...(headerRow === undefined ? {} : { headerRow }) });
        if (!read.ok) return;
        const { preambleRows, footerRows, totalRows, repeatedHeaders, dummyRows, rowCount } = read.value.facts;
        const header = read.value.facts.headerRow === 0 ? 0 : 1;
        expect(preambleRows + header + rowCount + footerRows + totalRows + repeatedHeaders + dummyRows).toBe(records.length);
      },
    ),
    RUNS,
  );
});
