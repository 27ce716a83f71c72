import type { Layout } from './score-layouts.ts';

type Renaming = (header: string, column: number, layout: Layout) => string;
/** A way in which another program would have written the same file. */
export type Variation = { readonly name: string; readonly vary: (layout: Layout) => Layout };

const JUNK = [
  'Row',
  'Batch',
  'Import hash',
  'xref_7',
  'Last sync',
  'Region code',
  'Zuletzt geändert',
  '登録番号',
  'Utm campaign',
  'Segment',
];

/** Ways to write a layout anew, each the same at every run. */
export const VARIATIONS: readonly Variation[] = [
  { name: 'upper case', vary: renamed((header) => header.toUpperCase()) },
  { name: 'lower case', vary: renamed((header) => (hasCamelCase(header) ? header : header.toLowerCase())) },
  { name: 'underscores', vary: renamed((header) => header.trim().replace(/[\s-]+/g, '_')) },
  { name: 'hyphens', vary: renamed((header) => header.trim().replace(/[\s_]+/g, '-')) },
  { name: 'dots', vary: renamed((header) => header.trim().replace(/[\s_]+/g, '.')) },
  { name: 'camelCase', vary: renamed(toCamelCase) },
  { name: 'blanks around, and two inside', vary: renamed((header) => `  ${header.replace(/ /g, '  ')} `) },
  { name: 'no-break blanks', vary: renamed((header) => header.replace(/ /g, '\u00a0')) },
  { name: 'asterisks for required', vary: renamed((header, column) => (column % 2 === 0 ? `*${header}` : `${header} *`)) },
  { name: 'quotes', vary: renamed((header) => `"${header}"`) },
  { name: 'colons', vary: renamed((header) => `${header}:`) },
  {
    name: 'wide letters',
    vary: renamed((header) => header.replace(/[A-Za-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0))),
  },
  { name: 'accents as marks of their own', vary: renamed((header) => header.normalize('NFD')) },
  { name: 'brackets of a form', vary: renamed((header) => `contact[${header.trim().replace(/\s+/g, '_')}]`) },
  { name: 'a word for the person in front', vary: renamed((header) => `Contact: ${header}`) },
  { name: 'a word for the person in front, dotted', vary: renamed((header) => `lead.${header}`) },
  { name: 'required behind', vary: renamed((header) => `${header} (required)`) },
  { name: 'junk columns between', vary: withJunk },
  { name: 'blank columns behind', vary: withBlanks },
  { name: 'another order, alternates after their main ones', vary: shuffled },
];

function renamed(rename: Renaming): Variation['vary'] {
  return (layout) => ({
    ...layout,
    headers: layout.headers.map((header, i) => (header.trim() === '' ? header : rename(header, i, layout))),
  });
}

function hasCamelCase(header: string): boolean {
  return /\p{Ll}\p{Lu}/u.test(header);
}

function toCamelCase(header: string): string {
  const words = header.trim().split(/[\s_]+/);
  if (words.length < 2 || words.some(hasCamelCase)) return header;
  return words.map((word, i) => (i === 0 ? word.toLowerCase() : word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase())).join('');
}

/** Takes columns by their old positions; null makes a new one. */
function arranged(layout: Layout, order: readonly (number | { readonly header: string; readonly cell: string })[]): Layout {
  const cell = (row: readonly string[], place: (typeof order)[number]) => (typeof place === 'number' ? (row[place] ?? '') : place.cell);
  const kept = <T>(pick: (old: number) => T | undefined): readonly (readonly [number, T])[] =>
    order.flatMap((place, i) => {
      const found = typeof place === 'number' ? pick(place) : undefined;
      return found === undefined ? [] : [[i, found] as const];
    });
  return {
    id: layout.id,
    headers: order.map((place) => (typeof place === 'number' ? (layout.headers[place] ?? '') : place.header)),
    sample: layout.sample.map((row) => order.map((place) => cell(row, place))),
    expected: order.map((place) => (typeof place === 'number' ? (layout.expected[place] ?? 'custom') : 'custom')),
    optional: new Set(kept((old) => (layout.optional.has(old) ? true : undefined)).map(([i]) => i)),
    accepted: new Map(kept((old) => layout.accepted.get(old))),
  };
}

function withJunk(layout: Layout): Layout {
  const order = layout.headers.flatMap((_, i) => {
    const junk = { header: JUNK[i % JUNK.length] ?? '', cell: `x${i}` };
    return i % 3 === 0 ? [junk, i] : [i];
  });
  return arranged(layout, order);
}

function withBlanks(layout: Layout): Layout {
  const blank = { header: '', cell: '' };
  return arranged(layout, [...layout.headers.keys(), blank, blank, blank]);
}

/** Turns the file round in strides; columns whose order among themselves decides keep it. */
function shuffled(layout: Layout): Layout {
  const places = [...layout.headers.keys()];
  const isRanked = (i: number) =>
    /phone|email/i.test(layout.expected[i] ?? '') ||
    layout.headers.indexOf(layout.headers[i] ?? '') !== layout.headers.lastIndexOf(layout.headers[i] ?? '');
  const moving = places.filter((i) => !isRanked(i)).reverse();
  return arranged(
    layout,
    places.map((i) => (isRanked(i) ? i : (moving.shift() ?? i))),
  );
}
