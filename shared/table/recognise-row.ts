import { isTotalRow } from './find-footer.ts';
import type { Records } from './find-header.ts';
import { isSameHeader } from './find-sections.ts';
import { type RowLooks, toSmall } from './row-looks.ts';
import type { SkippedKind } from './table.ts';
import { isTestRow } from './test-rows.ts';

/** Sums between rows; a mere "Total" there may be the company. */
const SUBTOTAL = /^(?:(?:sub-?|grand )totals?\b|sous-total|zwischensumme|小計|小计|소계)/i;
const SUBTOTAL_BEGINS = ['s', 'g', 'z'];
/** What a printed report puts between its pages. */
const PAGE =
  /^[-\s]*(?:page|seite|p[áa]gina|strona|sida|side|стр\.?|страница)\s+\d{1,6}(?:\s*(?:of|von|sur|de|di|van|z|av|af|из|\/)\s*\d{1,6})?[-\s]*$/iu;

/**
 * Recognises the rows between the data that nobody would import, as far as that is sure: the header once more and the
 * title of a group above it, the numbers of pages, sums, test rows. The function takes the index of a record.
 */
export function recogniserFor(
  records: Records,
  { filled, begins }: RowLooks,
  headers: readonly string[],
  mayHaveTests: boolean,
): (at: number) => SkippedKind | null {
  const isHeader = (at: number) => headers.length > 0 && isSameHeader(records[at] ?? [], headers);
  const worthALook = new Uint8Array(0x80);
  for (const begin of [headers[0] ?? '', ...SUBTOTAL_BEGINS]) {
    const code = begin.charCodeAt(0);
    worthALook[code > 0x20 && code < 0x80 ? toSmall(code) : 0] = 1;
  }
  worthALook[0] = 1;
  return (at) => {
    if (filled[at] === 1 && filled[at - 1] === 0 && isHeader(at + 1)) return 'repeatedHeader'; // the title above it
    if (filled[at] === 1 && headers.length > 1 && PAGE.test(textOf(records[at]))) return 'footer';
    if (worthALook[begins[at] ?? 0] === 1) {
      if (isHeader(at)) return 'repeatedHeader';
      const row = records[at] ?? [];
      if (SUBTOTAL.test(row[0] ?? '') && isTotalRow(row)) return 'total';
    }
    return mayHaveTests && isTestRow(records[at] ?? []) ? 'dummy' : null;
  };
}

/** The text of a row of one cell. */
function textOf(row: readonly string[] = []): string {
  return row.find((cell) => cell.trim() !== '') ?? '';
}
