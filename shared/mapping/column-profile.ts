import { fitsCustomType } from '../lead/custom-value.ts';
import type { CustomFieldType } from '../lead/lead.ts';
import type { RawTable } from '../table/table.ts';
import { type DateOrder, guessDateOrder } from './date-order.ts';
import {
  looksLikeCode,
  looksLikeCompany,
  looksLikeDate,
  looksLikeEmail,
  looksLikeGivenName,
  looksLikeHonorific,
  looksLikeName,
  looksLikeNumber,
  looksLikePhone,
  looksLikeProfile,
  looksLikeSalesProfile,
} from './value-shapes.ts';

/** What a column's values look like. `filled` is a share of the rows looked at, the others of the filled cells. */
export type ColumnProfile = {
  readonly filledCells: number;
  readonly filled: number;
  readonly emails: number;
  readonly phones: number;
  readonly profiles: number;
  /** Addresses inside Sales Navigator or Recruiter. */
  readonly salesProfiles: number;
  readonly names: number;
  /** Names that begin with a common given name, or have one behind a comma. */
  readonly givenNames: number;
  readonly honorifics: number;
  /** Names with a company's legal form. */
  readonly companies: number;
  /** Numbers and signs only, or beginning with them: "#1001". */
  readonly codes: number;
  readonly type: CustomFieldType;
  /** Null where the column holds no dates, or writes their months as words. */
  readonly dateOrder: DateOrder | null;
  /** Up to three different values as read. */
  readonly samples: readonly string[];
};

/** Rows looked at: enough for shares good to a few percent, few enough that 500 columns stay instant. */
const SAMPLE_ROWS = 200;
/** A type is guessed from this many values up; below it a column is text. */
const MIN_TYPED_VALUES = 3;
const MAX_CHOICES = 12;
const MIN_CHOICE_VALUES = 20;
const SAMPLES = 3;
/** Longer samples say nothing more on screen. */
const MAX_SAMPLE_LENGTH = 200;

/** Profiles of every column over rows spread evenly over the file. */
export function profileColumns(table: RawTable, columns: number): readonly ColumnProfile[] {
  const rows = sampleRows(table.rows, SAMPLE_ROWS);
  return Array.from({ length: columns }, (_, column) => profileValues(rows.map((row) => row[column] ?? '')));
}

/** Up to `count` rows that are not blank, spread evenly, the first ones included. */
export function sampleRows(rows: RawTable['rows'], count: number): RawTable['rows'] {
  const filled = rows.length <= count * 4 ? rows.filter((row) => row.length > 0) : rows;
  if (filled.length <= count) return filled;
  const step = filled.length / count;
  const chosen = Array.from({ length: count }, (_, i) => filled[Math.floor(i * step)] ?? []);
  return chosen.filter((row) => row.length > 0);
}

/** Profile of a list of cells. */
export function profileValues(cells: readonly string[]): ColumnProfile {
  const values = cells.filter((cell) => cell.trim() !== '');
  const share = (test: (text: string) => boolean) => (values.length === 0 ? 0 : values.filter(test).length / values.length);
  const type = guessType(values);
  return {
    filledCells: values.length,
    filled: cells.length === 0 ? 0 : values.length / cells.length,
    emails: share(looksLikeEmail),
    phones: share(looksLikePhone),
    profiles: share(looksLikeProfile),
    salesProfiles: share(looksLikeSalesProfile),
    names: share(looksLikeName),
    givenNames: share(looksLikeGivenName),
    honorifics: share(looksLikeHonorific),
    companies: share(looksLikeCompany),
    codes: share(looksLikeCode),
    type,
    dateOrder: type === 'date' ? guessDateOrder(values) : null,
    samples: firstDifferent(values),
  };
}

/**
 * The type every value has; text unless all agree. A column of 0 and 1 is a number, not yes and no. Two dates are enough
 * where they prove their order. "1.234" is a thousand or one and a bit: a column that does not say which is text.
 */
export function guessType(values: readonly string[]): CustomFieldType {
  if (values.length < MIN_TYPED_VALUES) return values.length === MIN_TYPED_VALUES - 1 && areProvenDates(values) ? 'date' : 'text';
  if (values.some((value) => value.length > MAX_SAMPLE_LENGTH)) return 'text';
  const fits = (type: CustomFieldType) => values.every((value) => fitsCustomType(value.trim(), type));
  if (values.every(looksLikeNumber) && fits('number')) return provesDecimalMark(values) ? 'number' : 'text';
  if (!values.every((value) => value.trim().length === 1) && fits('yesNo')) return 'yesNo';
  if (values.every(looksLikeDate) && fits('date')) return 'date';
  const different = new Set(values.map((value) => value.trim()));
  const fewForMany = different.size > 1 && different.size <= MAX_CHOICES && different.size * 5 <= values.length;
  return values.length >= MIN_CHOICE_VALUES && fewForMany ? 'choice' : 'text';
}

function areProvenDates(values: readonly string[]): boolean {
  const order = guessDateOrder(values);
  return order !== null && order !== 'ambiguous' && values.every((value) => looksLikeDate(value) && fitsCustomType(value.trim(), 'date'));
}

/** No marks at all, or some value that can be read in one way only: "1.234,50", "2,5", "0.125", "1,234,567". */
function provesDecimalMark(values: readonly string[]): boolean {
  const marked = values.map((value) => value.trim()).filter((value) => /[.,]/.test(value));
  return marked.length === 0 || marked.some((value) => !/^[-+]?[1-9]\d{0,2}[.,]\d{3}$/.test(value));
}

function firstDifferent(values: readonly string[]): readonly string[] {
  const samples: string[] = [];
  for (const value of values) {
    const sample = value.slice(0, MAX_SAMPLE_LENGTH);
    if (!samples.includes(sample)) samples.push(sample);
    if (samples.length === SAMPLES) break;
  }
  return samples;
}
