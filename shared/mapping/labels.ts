import { unguardFormula } from '../lead/text.ts';

/** Longer headers are texts, not names; the wire takes labels of up to 1,000 characters. */
const MAX_LABEL = 300;

/**
 * One label per column, unique on screen and as a custom field: the apostrophe that guards a formula goes, blanks and
 * line breaks become one blank, an empty header is "Column 7" (from 1), a very long one is cut, a second "Country" is
 * "Country #2". `columns` is the number of columns when there are more than headers (a file without a header row).
 */
export function uniqueLabels(headers: readonly string[], columns: number = headers.length): readonly string[] {
  const labels: string[] = [];
  const taken = new Set<string>();
  // A header that is written "Country #2" or "Column 1" keeps its name: what we make up goes round it.
  const written = new Set(headers.map(tidy));
  for (let column = 0; column < Math.max(columns, headers.length); column++) {
    const own = tidy(headers[column] ?? '');
    const name = own || columnLabel(column);
    let label = name;
    for (let number = 2; taken.has(label) || (label !== own && written.has(label)); number++) label = `${name} #${number}`;
    taken.add(label);
    labels.push(label);
  }
  return labels;
}

/** The label of a column without a header. `column` counts from 0, the label from 1. */
export function columnLabel(column: number): string {
  return `Column ${column + 1}`;
}

function tidy(header: string): string {
  const label = unguardFormula(header.trimStart().slice(0, MAX_LABEL * 4))
    .replace(/\s+/g, ' ')
    .trim();
  if (label.length <= MAX_LABEL) return label;
  const last = label.charCodeAt(MAX_LABEL - 1);
  return `${label.slice(0, last >= 0xd800 && last < 0xdc00 ? MAX_LABEL - 1 : MAX_LABEL)}…`;
}
