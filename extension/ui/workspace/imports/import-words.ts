import type { ImportState } from '#shared/api/imports.ts';
import { receiptSentences, undoneSentences } from '#shared/sentences/en.ts';
import { count, day, moment, plural } from '../../numbers.ts';

/** An import in words. Moments are in ms. */

/** What came of it, as on its receipt; of one that was undone, what that came to. */
export function importSentences(found: ImportState): readonly string[] {
  const { state, counters, list, undo } = found;
  if (state === 'undone' && undo) return undoneSentences(undo);
  if (state === 'receiving') return [`${count(rowsHere(found))} of ${count(found.total)} rows have arrived.`];
  return receiptSentences({ ...counters, list });
}

/** Rows that are stored and counted. */
export function rowsHere({ counters }: Pick<ImportState, 'counters'>): number {
  return Object.values(counters).reduce((sum, rows) => sum + rows, 0);
}

/** The numbers in a line: "2,341 saved · 120 duplicates · 58 rejected". Of one that was undone, what had been saved. */
export function resultWords({ counters, state }: Pick<ImportState, 'counters' | 'state'>): string {
  const saved = counters.created + counters.addedToList + counters.updated;
  if (state === 'undone') return saved === 0 ? 'undone: nothing had been saved' : `undone: ${count(saved)} had been saved`;
  const parts: readonly (readonly [number, string])[] = [
    [saved, 'saved'],
    [counters.duplicate, plural(counters.duplicate, 'duplicate')],
    [counters.review, 'to decide'],
    [counters.suppressed, 'opted out'],
    [counters.rejected, 'rejected'],
    [counters.cancelled, 'cancelled'],
  ];
  const told = parts.filter(([rows], index) => rows > 0 || index === 0).map(([rows, word]) => `${count(rows)} ${word}`);
  return told.join(' · ');
}

/** Who made it. */
export function makerOf({ by }: Pick<ImportState, 'by'>): string {
  if (!by) return 'Somebody who is no longer a member';
  return by.isYou ? 'You' : by.name || by.email || 'A member';
}

/** Where it stands, beside its name; null for one that is simply complete. */
export function stateWords(found: ImportState, now: number): { readonly tone?: 'accent' | 'warn'; readonly words: string } | null {
  const { state, undo } = found;
  if (state === 'receiving') return { tone: 'accent', words: 'Receiving' };
  if (undo && undo.undoneAt === null) return { tone: 'warn', words: 'Undo not finished' };
  if (state === 'undone') {
    const when = undo?.undoneAt ? `, ${moment(Date.parse(undo.undoneAt), now)}` : '';
    return { words: `Undone by ${undo?.by?.name || undo?.by?.email || 'a member'}${when}` };
  }
  return state === 'cancelled' ? { words: 'Cancelled' } : null;
}

/** The last day of undo and decisions. */
export function untilWords(undoableUntil: string): string {
  return `Until ${day(Date.parse(undoableUntil), 0)}`;
}
