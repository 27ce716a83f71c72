import { readEmailCell } from '../lead/email.ts';
import { foldText } from '../lead/text.ts';
import { plainText } from './repair-cell.ts';

/** A column whose values the workspace has a list of: the choices of a custom field, or the emails of its members. */
export type ChoiceColumn = { readonly column: number; readonly kind: 'choice' | 'owner'; readonly known: readonly string[] };

/**
 * A value no entry of the list is. `suggestion`: the entry that is the same but for case and accents. One step
 * `{kind: 'replaceValue', column, from: value, to}` maps it in all its rows.
 */
export type UnknownValue = { readonly value: string; readonly count: number; readonly suggestion?: string };
export type UnknownValues = { readonly column: number; readonly values: readonly UnknownValue[] };

/** The different values of choice columns that are not in their lists, the most frequent first; a column without any is left out. */
export function findUnknownValues(rows: Iterable<readonly string[]>, columns: readonly ChoiceColumn[]): readonly UnknownValues[] {
  const counts = columns.map(() => new Map<string, number>());
  for (const cells of rows) {
    for (const [index, { column }] of columns.entries()) {
      const value = plainText(cells[column] ?? '');
      const counted = counts[index];
      if (value !== '') counted?.set(value, (counted.get(value) ?? 0) + 1);
    }
  }
  return columns.flatMap((column, index) => {
    const values = unknownOf(column, counts[index] ?? new Map());
    return values.length === 0 ? [] : [{ column: column.column, values }];
  });
}

function unknownOf({ kind, known }: ChoiceColumn, counted: ReadonlyMap<string, number>): readonly UnknownValue[] {
  const isKnown = kind === 'owner' ? ownerTest(known) : choiceTest(known);
  const byFolded = new Map(known.map((value) => [foldText(value), value]));
  const unknown: UnknownValue[] = [];
  for (const [value, count] of counted) {
    if (isKnown(value)) continue;
    const suggestion = byFolded.get(foldText(value));
    unknown.push(suggestion === undefined ? { value, count } : { value, count, suggestion });
  }
  return unknown.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

/** A choice is a text: another case is another choice, and suggested. */
function choiceTest(known: readonly string[]): (value: string) => boolean {
  const choices = new Set(known);
  return (value) => choices.has(value);
}

/** A cell of owners is read as any email is; one that says nothing leaves the lead to nobody. */
function ownerTest(known: readonly string[]): (value: string) => boolean {
  const members = new Set(known.map((email) => email.toLowerCase()));
  return (value) => {
    const { good, bad } = readEmailCell(value);
    const [first] = good;
    return first ? members.has(first.email) : bad.length === 0;
  };
}
