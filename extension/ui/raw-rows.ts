import type { SkippedKind } from '#shared/table/table.ts';
import type { TableView } from '../flow/draft.ts';
import { isBlank } from './read-options.ts';

/** A line of the raw table, in the order of the file. */
export type RawRow =
  | { readonly kind: 'row'; readonly line: number; readonly cells: readonly string[]; readonly mark: 'mended' | 'hidden' | null }
  | { readonly kind: 'header'; readonly line: number; readonly cells: readonly string[] }
  | { readonly kind: 'skipped'; readonly line: number; readonly cells: readonly string[]; readonly why: string }
  | { readonly kind: 'more'; readonly rows: number };

/** Lines shown above the header and below the table. */
const LINES_ABOVE = 6;
const LINES_BELOW = 3;

/** The first lines of the file as they are, and its last ones where they are no rows. */
export function rawRows({
  facts,
  headers,
  firstRows,
  firstLines,
  skipped = [],
  hiddenLines = [],
  mendedLines = [],
}: TableView): readonly RawRow[] {
  const lastShown = firstLines.at(-1) ?? 0;
  const rows = firstRows.map((cells, index): RawRow & { readonly line: number } => {
    const line = firstLines[index] ?? 0;
    const mark = hiddenLines.includes(line) ? 'hidden' : mendedLines.includes(line) ? 'mended' : null;
    return { kind: 'row', line, cells, mark };
  });
  const header = facts.headerRow > 0 ? [{ kind: 'header' as const, line: facts.headerRow, cells: headers }] : [];
  const left = skipped.map(({ line, kind, cells }) => ({
    kind: 'skipped' as const,
    line,
    cells,
    why: isBlank(cells) ? 'Blank' : WHY[kind],
  }));
  const first = Math.min(facts.headerRow || lastShown, firstLines[0] ?? lastShown);
  const above = left.filter(({ line }) => line < first).slice(-LINES_ABOVE);
  const between = left.filter(({ line }) => line > first && line < lastShown);
  const below = left.filter(({ line, why }) => line > lastShown && why !== 'Blank').slice(-LINES_BELOW);
  const more = facts.rowCount - firstRows.length;
  const shown = [...above, ...header, ...rows, ...between].sort((a, b) => a.line - b.line);
  return [...shown, ...(more > 0 ? [{ kind: 'more' as const, rows: more }] : []), ...below];
}

const WHY: { readonly [K in SkippedKind]: string } = {
  preamble: 'Note',
  footer: 'Footer',
  total: 'Total',
  repeatedHeader: 'Header again',
  dummy: 'Test row',
};
