import type { MappingDifference } from '#shared/mapping/compare-mappings.ts';
import type { ColumnMapping, ConstantMapping, Suggestion } from '#shared/mapping/mapping.ts';
import type { MemorySource, Who } from '../flow/table-view.ts';
import { LOCALE } from './locale.ts';
import { targetLabel, typeLabel } from './map-choices.ts';
import { countOf, day } from './numbers.ts';

/** What is remembered, in words. Moments are in ms. */

const TIME = new Intl.DateTimeFormat(LOCALE, { hour: 'numeric', minute: '2-digit' });

/** "your import of 4 May", "Ann’s import of 9:41 today", "the template “Fair”": to stand inside a sentence. */
export function sourceWords(source: MemorySource, now: number): string {
  if (source.kind === 'template') return `the template “${source.name}”`;
  const when = isSameDay(source.at, now) ? `${TIME.format(source.at)} today` : day(source.at, now);
  if (source.by === null) return `an import of ${when}`;
  return `${source.by === 'you' ? 'your' : `${source.by.name}’s`} import of ${when}`;
}

/** Who saved something and when: "Ann, 4 May". */
export function savedWords(by: Who, at: number, now: number): string {
  const when = isSameDay(at, now) ? TIME.format(at) : day(at, now);
  return by === null ? when : `${by === 'you' ? 'You' : by.name}, ${when}`;
}

/** "2 columns", "1 column and 1 fixed value": how much differs. */
export function differWords(differences: readonly MappingDifference[]): string {
  const columns = differences.filter(({ kind }) => kind === 'column').length;
  const fixed = differences.length - columns;
  const parts = [...(columns > 0 ? [countOf(columns, 'column')] : []), ...(fixed > 0 ? [countOf(fixed, 'fixed value')] : [])];
  return parts.join(' and ');
}

export type DifferenceWords = { readonly name: string; readonly before: string; readonly after: string };

/** One difference: what it is about, where that goes now, and where it would go. */
export function differenceWords(difference: MappingDifference, suggestions: readonly Suggestion[]): DifferenceWords {
  if (difference.kind === 'constant') {
    const { before, after } = difference;
    return { name: constantName(before ?? after), before: valueWords(before), after: valueWords(after) };
  }
  const label = suggestions.find(({ index }) => index === difference.column)?.label ?? '';
  return { name: label, before: placesWords(difference.before, label), after: placesWords(difference.after, label) };
}

function placesWords(places: readonly ColumnMapping[], column: string): string {
  return places.map((place) => placeWords(place, column)).join(' and ');
}

const ORDERS = { dmy: 'day first', mdy: 'month first', ymd: 'year first' } as const;

function placeWords({ field, label, type = 'text', dateOrder }: ColumnMapping, column: string): string {
  if (field !== 'custom') return targetLabel(field);
  const name = label === undefined || label === column ? '' : ` “${label}”`;
  return `Custom field${name}: ${typeLabel(type)}${dateOrder ? `, ${ORDERS[dateOrder]}` : ''}`;
}

function constantName(constant: ConstantMapping | null): string {
  const what = constant?.field === 'custom' ? (constant.label ?? 'custom field') : constant ? targetLabel(constant.field) : '';
  return `Fixed value for ${what}`;
}

function valueWords(constant: ConstantMapping | null): string {
  return constant === null ? 'none' : `“${constant.value}”`;
}

function isSameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}
