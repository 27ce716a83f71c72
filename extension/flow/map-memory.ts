import { compareMappings, type MappingDifference } from '#shared/mapping/compare-mappings.ts';
import { followHeaders, keepUnnamed } from '#shared/mapping/follow-headers.ts';
import { ownColumns } from '#shared/mapping/header-signature.ts';
import { isColumnMapping, type Mapping, type MappingTarget } from '#shared/mapping/mapping.ts';
import { withProvenOrders } from '#shared/mapping/prove-date-orders.ts';
import { suggestionsToMapping } from '#shared/mapping/suggest-mapping.ts';
import type { Found, TableView } from './table-view.ts';

/** What is remembered of earlier files is offered, never applied unasked. Pure: who asks and keeps is elsewhere. */

type Columns = Pick<TableView, 'headers' | 'suggestions'>;
export type Mapped = { readonly table: TableView; readonly mapping: Mapping };

export type MemoryEvent =
  | { readonly kind: 'recalled'; readonly found: Found }
  | { readonly kind: 'memoryAnswered'; readonly use: boolean }
  | { readonly kind: 'templateUsed'; readonly found: Found };

/** Table and mapping after an event; null when it changes nothing. */
export function afterMemory({ table, mapping }: Mapped, event: MemoryEvent): Mapped | null {
  const known = table.remembered;
  switch (event.kind) {
    case 'recalled': {
      const isAnswered = known?.answer === 'used' || known?.answer === 'kept';
      if (isAnswered || (known && isSame(known, event.found))) return null;
      const answer = differencesTo(table, mapping, event.found.mapping).length === 0 ? 'same' : 'open';
      return { table: { ...table, remembered: { ...event.found, answer } }, mapping };
    }
    case 'templateUsed':
      return { table: { ...table, remembered: { ...event.found, answer: 'used' } }, mapping: event.found.mapping };
    case 'memoryAnswered':
      if (!known) return null;
      if (event.use) return { table: { ...table, remembered: { ...known, answer: 'used' } }, mapping: known.mapping };
      return {
        table: { ...table, remembered: { ...known, answer: 'kept' } },
        mapping: known.answer === 'used' ? suggestionsToMapping(table.suggestions) : mapping,
      };
  }
}

/** The mapping on the screen started from a remembered one, be it because both are the same: nothing is left to ask. */
export function isFromMemory({ remembered }: Pick<TableView, 'remembered'>): boolean {
  return remembered?.answer === 'used' || remembered?.answer === 'same';
}

/** Where a mapping of this table differs from another one. */
export function differencesTo(table: Columns, before: Mapping, after: Mapping): readonly MappingDifference[] {
  return compareMappings(before, after, labelsOf(table));
}

/** Columns that are as remembered and not as suggested: what is marked, once the memory is used. */
export function columnsAsRemembered(table: TableView, mapping: Mapping): ReadonlySet<number> {
  if (table.remembered?.answer !== 'used') return new Set();
  const asSuggested = differencesTo(table, suggestionsToMapping(table.suggestions), table.remembered.mapping);
  const changedSince = new Set(differencesTo(table, table.remembered.mapping, mapping).map(columnOf));
  return new Set(asSuggested.map(columnOf).filter((column) => column !== null && !changedSince.has(column))) as ReadonlySet<number>; // nulls are filtered out
}

function columnOf(difference: MappingDifference): number | null {
  return difference.kind === 'column' ? difference.column : null;
}

/** The mapping of a file with the same headers for this one: columns that we add to rejected rows stay as suggested. */
export function fitToTable(mapping: Mapping, table: Columns): Mapping {
  const own = ownColumns(table.headers);
  const kept = mapping.filter((entry) => !isColumnMapping(entry) || entry.column < own);
  const added = suggestionsToMapping(table.suggestions).filter((entry) => isColumnMapping(entry) && entry.column >= own);
  return withProvenOrders([...keepUnnamed(kept, labelsOf(table).slice(0, own)), ...added], table.suggestions);
}

/**
 * A template's mapping for this table: columns are found by their headers, those that the template does not know stay
 * as suggested, unless it feeds their field from another place.
 */
export function fitTemplate(template: { readonly headers: readonly string[]; readonly mapping: Mapping }, table: Columns): Mapping {
  const { headers, mapping } = template;
  const followed = headers.length === 0 ? mapping : followHeaders(mapping, headers, table.headers);
  const inFile = followed.filter((entry) => !isColumnMapping(entry) || entry.column < table.suggestions.length);
  const named = new Set(inFile.filter(isColumnMapping).map(({ column }) => column));
  const fed: ReadonlySet<MappingTarget> = new Set(
    inFile.map(({ field }) => field).filter((field) => field !== 'custom' && field !== 'ignore' && field !== 'tags'),
  );
  const rest = suggestionsToMapping(table.suggestions).filter(
    (entry) => isColumnMapping(entry) && !named.has(entry.column) && !fed.has(entry.field),
  );
  return withProvenOrders(keepUnnamed([...inFile, ...rest], labelsOf(table)), table.suggestions);
}

/** The newest one; null of none. */
export function newestOf(found: readonly Found[]): Found | null {
  return found.reduce<Found | null>((newest, one) => (newest && newest.source.at >= one.source.at ? newest : one), null);
}

function labelsOf({ suggestions }: Columns): readonly string[] {
  return suggestions.map(({ label }) => label);
}

function isSame(a: Found, b: Found): boolean {
  return JSON.stringify([a.source, a.mapping]) === JSON.stringify([b.source, b.mapping]);
}
