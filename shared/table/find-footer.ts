import { countFilled, shapeOf } from './cell-shape.ts';
import type { Records } from './find-header.ts';

/** Lines that reports put below their rows, by how they begin. A line alone in its row and at the end is one for sure. */
const FOOTER_STARTS = [
  // English
  String.raw`(?:strictly )?confidential\b|copyright\b|\(c\) ?\d{4}|©|all rights reserved|do not distribute`,
  String.raw`(?:report |list |file )?(?:generated|created|exported|printed|downloaded|produced) (?:by|on|at|from|with)\b`,
  String.raw`report (?:name|date|generated|run|created)\b|run (?:by|on|date)\b|(?:data )?as of \S*\d|last (?:updated|refreshed)\b`,
  String.raw`(?:applied )?filter(?:s|ed by)\b|page \d+(?: of \d+)?$|-*\s*end of (?:report|file|list|export|data)\b|powered by\b`,
  String.raw`\d[\d.,]* (?:records?|rows?|contacts?|leads?|results?|entries)(?: (?:found|exported|returned|listed|selected|in total|total))?\.?$`,
  String.raw`(?:total |number of )?(?:records?|rows?|contacts?|leads?|results?|entries)(?: count| found| exported)?\s*[:=]\s*\d`,
  // German, French, Spanish, Portuguese, Italian, Dutch, Polish
  String.raw`(?:streng )?vertraulich\b|alle rechte vorbehalten|(?:erstellt|exportiert|gedruckt|erzeugt) (?:am|von|durch)\b|stand:? \d|seite \d+`,
  String.raw`confidentiel\b|tous droits réservés|(?:généré|exporté|édité|créé|imprimé) (?:le|par)\b|nombre de \p{L}+\s*:\s*\d`,
  String.raw`confidencial\b|(?:todos los derechos|todos os direitos) reservados|(?:generado|exportado|creado|gerado|criado) (?:el|por|em)\b`,
  String.raw`riservato\b|tutti i diritti riservati|(?:generato|esportato|creato|stampato) (?:il|da)\b`,
  String.raw`vertrouwelijk\b|alle rechten voorbehouden|(?:gegenereerd|geëxporteerd|aangemaakt|gemaakt) (?:op|door)\b`,
  String.raw`poufne\b|wszelkie prawa zastrzeżone|wygenerowano\b|stan na\b`,
  // Japanese, Chinese, Korean
  String.raw`以上$|社外秘|出力日|作成日|印刷日|無断転載|版权所有|版權所有|机密|機密|导出时间|匯出時間|共\s*\d+\s*[条條筆]|대외비|출력일|작성일|무단`,
];
const FOOTER = new RegExp(`^["'*\\s]*(?:${FOOTER_STARTS.join('|')})`, 'iu');

/** The word for a sum alone in its cell, perhaps with how many there are: "Grand Totals (12 records)". */
const TOTAL =
  /^(?:(?:grand |sub-?|sum )?totals?|total général|sous-total|totale|totaal|subtotaal|(?:gesamt|zwischen|end)?summe|gesamt|insgesamt|suma|razem|ogółem|soma|celkem|spolu|yhteensä|summa|totalt|i alt|összesen|toplam|genel toplam|итого|всего|всього|разом|σύνολο|合計|総計|小計|总计|合计|小计|總計|합계|총계|소계)(?:\s*(?:records?|rows?|count))?\s*(?:[:=]?\s*[\d.,]+|[(（]\s*[\d.,]+\s*\p{L}*\s*[)）])?\s*[:：]?$/iu;
const COUNT = /^[(（]?\d[\d.,]*\s*\p{L}{0,12}[)）]?$/u;

/** Rows of a footer; a longer one would be a table. */
const MAX_FOOTER = 20;

/** Says whether a row is a sum: the word for it, otherwise nothing but numbers. */
export function isTotalRow(row: readonly string[]): boolean {
  let hasWord = false;
  for (const cell of row) {
    const text = cell.trim();
    if (text === '') continue;
    if (!hasWord) {
      if (!TOTAL.test(text)) return false;
      hasWord = true;
    } else if (shapeOf(text) !== 'number' && !(COUNT.test(text) && shapeOf(text) === 'text')) return false;
  }
  return hasWord;
}

/**
 * Index of the record where the footer of a report begins, `end` when there is none. From there to `end` stand only
 * blank rows, sums, and lines of one cell, the first of which is a sum or a line that reports end with. A title of
 * the report between a blank row and such a line belongs to it. Tables of one column have no footer we could be sure of.
 */
export function findFooter(records: Records, first: number, end: number): number {
  let start = end;
  for (let at = end - 1; at >= first && end - at <= MAX_FOOTER; at--) {
    const row = records[at] ?? [];
    const filled = countFilled(row);
    if (filled === 0) continue;
    const text = row.find((cell) => cell.trim() !== '')?.trim() ?? '';
    const isLine = filled === 1 && mayEndReport(text);
    if (isTotalRow(row) || (isLine && FOOTER.test(text))) start = at;
    else if (!isLine) break;
    else if (start < end && isBlank(records[at - 1])) start = at;
  }
  return start < end && fillTwo(records, first, start) ? start : end;
}

/** A line that nobody would import: no email, phone or link. */
function mayEndReport(text: string): boolean {
  const shape = shapeOf(text);
  return shape === 'text' || shape === 'prose' || shape === 'date' || shape === 'number';
}

function isBlank(row: readonly string[] | undefined): boolean {
  return row !== undefined && countFilled(row) === 0;
}

/** Most of the rows above fill two cells at least, so that a line of one stands out. */
function fillTwo(records: Records, first: number, end: number): boolean {
  const rows = records
    .slice(Math.max(first, end - MAX_FOOTER), end)
    .map(countFilled)
    .filter((filled) => filled > 0);
  return rows.filter((filled) => filled >= 2).length > rows.length * 0.6;
}
