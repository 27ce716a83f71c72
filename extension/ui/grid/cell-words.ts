import { sentenceForProblem } from '#shared/sentences/en.ts';
import type { GridRow } from '../../flow/view.ts';
import { count } from '../numbers.ts';
import { cellProblems, cellTexts, type GridColumn } from './grid-columns.ts';

/** What was found about a cell, in words; empty where nothing was. */
export function problemWords(row: GridRow, column: GridColumn): string {
  return cellProblems(row, column)
    .map((one) => sentenceForProblem(one))
    .join(' ');
}

/** What a row itself is about: why it is no new lead. */
export function rowWords({ problems = [] }: GridRow): string {
  return [
    ...new Set(problems.filter((one) => one.column === undefined || one.severity === 'note').map((one) => sentenceForProblem(one))),
  ].join(' ');
}

/** A cell with both its texts and what was found, for the line below the grid. */
export function cellWords(row: GridRow, column: GridColumn): string {
  const { was, now, will } = cellTexts(row, column);
  const parts = [
    was === now ? `In your file: ${shown(now)}.` : `In your file: ${shown(was)}, changed to ${shown(now)}.`,
    will === null || will === now ? '' : `Will be stored: ${will}.`,
    problemWords(row, column),
  ];
  return `${column.target}, line ${count(row.line)}. ${parts.filter(Boolean).join(' ')}`;
}

/** Which rows are one person, and which of them will be stored; null where a row stands alone. */
export function groupWords({ group, line }: GridRow): string | null {
  if (!group || group.length < 2) return null;
  const stored = group.filter((one) => one.stored).map((one) => one.line);
  const others = group.filter((one) => one.line !== line).map((one) => one.line);
  const kept = stored.length === 0 ? 'None of them will be stored' : `Line ${listed(stored)} will be stored`;
  return `Shares an email, phone or profile with line ${listed(others)}. ${kept}.`;
}

const MOST_LINES = 5;

function listed(lines: readonly number[]): string {
  const words = lines.slice(0, MOST_LINES).map(count);
  const more = lines.length - words.length;
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(more > 0 ? [...words, `${count(more)} more`] : words);
}

function shown(text: string): string {
  return text.trim() === '' ? 'blank' : `“${text}”`;
}
