import { counted, number } from './en-words.ts';

/** The buckets a receipt's plain lines speak of; what is absent counts as none. */
export type ReceiptCounts = {
  readonly created?: number;
  readonly addedToList?: number;
  readonly updated?: number;
  readonly duplicate?: number;
  readonly review?: number;
  readonly suppressed?: number;
  readonly rejected?: number;
  readonly cancelled?: number;
  /** `created`: this import made the list, so nobody was in it before. */
  readonly list?: { readonly name?: string | null; readonly created?: boolean } | null;
};

/**
 * The plain lines of a receipt, first how many leads came into the list: "2,295 leads saved to Q4 Webinar.", "46
 * updated.", "58 invalid records skipped." … Lines about nothing are left out, the first one is always there.
 */
export function receiptLines(counts: ReceiptCounts, listName: string | null | undefined = counts.list?.name): readonly string[] {
  const { created = 0, addedToList = 0, updated = 0 } = counts;
  const saved = created + addedToList;
  const place = listName ? ` to ${listName}` : '';
  const first = saved === 0 ? unsaved(updated, 'No leads were saved.', 'updated') : `${counted(saved, 'lead')} saved${place}.`;
  const lines: readonly (readonly [number | undefined, (count: number) => string])[] = [
    [saved === 0 ? 0 : updated, (count) => `${number(count)} updated.`],
    [counts.rejected, (count) => `${counted(count, 'invalid record')} skipped.`],
    [counts.duplicate, (count) => duplicateLine(count, counts.list?.created === true)],
    [counts.suppressed, (count) => `${number(count)} ${count === 1 ? 'has' : 'have'} opted out.`],
    [counts.review, (count) => `${number(count)} ${count === 1 ? 'waits' : 'wait'} for your decision.`],
    [counts.cancelled, (count) => `${counted(count, 'row')} ${count === 1 ? 'was' : 'were'} not imported: you cancelled.`],
  ];
  return [first, ...lines.flatMap(([count, say]) => (count ? [say(count)] : []))];
}

/** The first line where nobody came into the list: who is only changed may be in another one. */
function unsaved(updated: number, none: string, done: string): string {
  return updated === 0 ? none : `${counted(updated, 'lead')} ${done}.`;
}

/** Nobody can have been in a list that was just made: its duplicates came twice in the file, or stand elsewhere in the workspace. */
function duplicateLine(count: number, isNewList: boolean): string {
  if (isNewList) return `${counted(count, 'duplicate')} left out.`;
  return `${number(count)} ${count === 1 ? 'was' : 'were'} already there.`;
}

/** The plain lines of a receipt there would be. `isNewList`: the list would be made, so that nobody is in it. */
export function dryRunLines(counts: ReceiptCounts, listName: string, isNewList: boolean): readonly string[] {
  const { created = 0, addedToList = 0, updated = 0, rejected = 0, duplicate = 0, suppressed = 0, review = 0 } = counts;
  const saved = created + addedToList;
  const known = isNewList
    ? `${counted(duplicate, 'duplicate')} would be left out.`
    : `${number(duplicate)} ${isOrAre(duplicate)} already there.`;
  const lines: readonly (readonly [number, string])[] = [
    [saved === 0 ? 0 : updated, `${number(updated)} would be updated.`],
    [rejected, `${counted(rejected, 'invalid record')} would be skipped.`],
    [duplicate, known],
    [suppressed, `${number(suppressed)} ${suppressed === 1 ? 'has' : 'have'} opted out.`],
    [review, `${number(review)} would wait for your decision.`],
  ];
  const none = unsaved(updated, 'No leads would be saved.', 'would be updated');
  const first = saved === 0 ? none : `${counted(saved, 'lead')} would be saved to ${listName}.`;
  return [first, ...lines.flatMap(([count, line]) => (count > 0 ? [line] : []))];
}

function isOrAre(count: number): string {
  return count === 1 ? 'is' : 'are';
}

/** What an undo came to. */
export type UndoCounts = {
  readonly removed: number;
  readonly restored: number;
  readonly keptCount: number;
  /** Of those removed, records that we had made in a CRM. */
  readonly inCrmCount?: number;
};

/** The plain lines of an import that was undone: "Import undone.", "3,980 leads removed.", "120 as they were before." … */
export function undoneLines({ removed, restored, keptCount, inCrmCount = 0 }: UndoCounts): readonly string[] {
  const lines: readonly (readonly [number, string])[] = [
    [removed, `${counted(removed, 'lead')} removed.`],
    [restored, `${number(restored)} ${restored === 1 ? 'is' : 'are'} as before the import.`],
    [keptCount, `${number(keptCount)} kept: somebody has worked on ${keptCount === 1 ? 'it' : 'them'} since, or opted out.`],
    [inCrmCount, `${counted(inCrmCount, 'record')} made in a CRM ${inCrmCount === 1 ? 'stays' : 'stay'} there.`],
  ];
  const told = lines.flatMap(([count, line]) => (count > 0 ? [line] : []));
  return ['Import undone.', ...(told.length > 0 ? told : ['There was nothing to take back.'])];
}

/** The same before it is done: "3,980 leads would be removed.", "120 would be as before the import." … */
export function undoTrialLines({ removed, restored, keptCount, inCrmCount = 0 }: UndoCounts): readonly string[] {
  const lines: readonly (readonly [number, string])[] = [
    [removed, `${counted(removed, 'lead')} would be removed.`],
    [restored, `${number(restored)} would be as before the import.`],
    [keptCount, `${number(keptCount)} would be kept: somebody has worked on ${keptCount === 1 ? 'it' : 'them'} since, or opted out.`],
    [inCrmCount, `${counted(inCrmCount, 'record')} made in a CRM would stay there.`],
  ];
  const told = lines.flatMap(([count, line]) => (count > 0 ? [line] : []));
  return told.length > 0 ? told : ['There would be nothing to take back.'];
}

/** Counts of `POST /api/leads`. */
export type SavedCounts = {
  readonly savedCount: number;
  readonly updatedCount: number;
  readonly duplicateCount: number;
  readonly reviewCount: number;
  readonly suppressedCount: number;
  readonly invalidCount: number;
};

/**
 * The `message` of `POST /api/leads`: "1 lead saved", "2 leads saved, 1 updated, 3 already there". A dry run says what
 * would be.
 */
export function savedLine(counts: SavedCounts, dryRun: boolean): string {
  const { savedCount, updatedCount, duplicateCount, reviewCount, suppressedCount, invalidCount } = counts;
  const parts: readonly (readonly [number, string])[] = [
    [updatedCount, 'updated'],
    [duplicateCount, 'already there'],
    [reviewCount, reviewCount === 1 ? 'waits for a decision' : 'wait for a decision'],
    [suppressedCount, 'opted out'],
    [invalidCount, 'invalid'],
  ];
  const first = `${counted(savedCount, 'lead')} ${dryRun ? 'would be saved' : 'saved'}`;
  return [first, ...parts.filter(([count]) => count > 0).map(([count, word]) => `${number(count)} ${word}`)].join(', ');
}
