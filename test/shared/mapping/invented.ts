import { INVENTED_LAYOUTS, type InventedLayout, SHORT_FIELDS } from '../../fixtures/invented-layouts.data.ts';
import type { Layout } from './score-layouts.ts';

const VALUES: ReadonlyMap<string, readonly string[]> = new Map([
  ['firstName', ['Maya', 'Derek']],
  ['lastName', ['Okafor', 'Lindqvist']],
  ['fullName', ['Maya Okafor', 'Derek Lindqvist']],
  ['companyName', ['Northwind Supply', 'Harborline Logistics']],
  ['jobTitle', ['Head of Operations', 'Buyer']],
  ['linkedinUrl', ['https://www.linkedin.com/in/maya-okafor', 'https://www.linkedin.com/in/derek-lindqvist']],
  ['notes', ['Met at the sample fair, call back', '']],
]);

/** The invented layouts with values of the kind each column has. */
export function layoutsOf(layouts: readonly InventedLayout[] = INVENTED_LAYOUTS): readonly Layout[] {
  return layouts.map(({ kind, columns, values }) => {
    const parts = columns
      .split('; ')
      .map((part) => /^(?<header>[^~]*?)(?:=(?<field>[a-z0-9]+)(?<optional>\?)?)?(?:~(?<cells>.*))?$/s.exec(part)?.groups ?? {});
    const headers = parts.map(({ header }) => header ?? '');
    const expected = parts.map(({ field }) => (field ? (SHORT_FIELDS[field] ?? '') : 'custom'));
    const written = parts.flatMap(({ header = '', cells }) => (cells === undefined ? [] : [[header, cells.split('~')] as const]));
    const own = new Map([...Object.entries(values ?? {}), ...written]);
    const sample = [0, 1].map((row) => headers.map((header, i) => (own.get(header) ?? valuesOf(expected[i] ?? '', i))[row] ?? ''));
    const optional = new Set(parts.flatMap(({ optional }, i) => (optional ? [i] : [])));
    return { id: kind, headers, sample, expected, optional, accepted: new Map() };
  });
}

function valuesOf(field: string, column: number): readonly string[] {
  if (/email/i.test(field)) return [`maya${column}@example.com`, `derek${column}@example.org`];
  if (/phone/i.test(field)) return [`+1 202 555 01${column + 10}`, `(202) 555-01${column + 20}`];
  return VALUES.get(field) ?? [];
}

/** The harvested layouts: one a line, its kind, " | ", then its columns. */
export function layoutsOfLines(lines: readonly string[]): readonly Layout[] {
  return layoutsOf(
    lines.map((line) => {
      const end = line.indexOf(' | ');
      return { kind: line.slice(0, end), columns: line.slice(end + 3) };
    }),
  );
}
