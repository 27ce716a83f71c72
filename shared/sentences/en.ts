import type { FileError, Problem, ProblemCode, Reason } from '../problems.ts';
import { fileSentence } from './en-files.ts';
import { PROBLEM_SENTENCES } from './en-problems.ts';
import { reasonSentence } from './en-reasons.ts';
import {
  dryRunLines,
  type ReceiptCounts,
  receiptLines,
  type SavedCounts,
  savedLine,
  type UndoCounts,
  undoneLines,
  undoTrialLines,
} from './en-receipt.ts';

/** English. Sentence case, short, no blame; what happened, then what to do. */

/**
 * The sentence of a problem, with its data and the offending text where it has them. `fieldLabel` goes in front where
 * the sentence alone would not say which of several fields is meant ("Alternate phone 2: …").
 */
export function sentenceForProblem(problem: Problem, fieldLabel?: string): string {
  const sentence: string | ((problem: Problem) => string) = PROBLEM_SENTENCES[problem.code];
  const text = typeof sentence === 'string' ? sentence : sentence(problem);
  return fieldLabel ? `${fieldLabel}: ${text}` : text;
}

/** Why a column was given its field: a few words for beside it. */
export function sentenceForReason(reason: Reason): string {
  return reasonSentence(reason);
}

/** Why a file could not be read, and what to do. With its name, a wrong ending is named too. */
export function sentenceForFileError(error: FileError, fileName = ''): string {
  return fileSentence(error, fileName);
}

/** The plain lines of a receipt, for screen and API. The list's name is taken from the counts unless given. */
export function receiptSentences(counts: ReceiptCounts, listName?: string | null): readonly string[] {
  return listName === undefined ? receiptLines(counts) : receiptLines(counts, listName);
}

/** The plain lines of an import that was undone. */
export function undoneSentences(counts: UndoCounts): readonly string[] {
  return undoneLines(counts);
}

/** The plain lines of what an undo would come to. */
export function undoTrialSentences(counts: UndoCounts): readonly string[] {
  return undoTrialLines(counts);
}

/** The same for an import that was only tried: what would be. `isNewList`: the list does not exist yet. */
export function dryRunSentences(counts: ReceiptCounts, listName: string, isNewList: boolean): readonly string[] {
  return dryRunLines(counts, listName, isNewList);
}

/** The `message` of `POST /api/leads`: what was saved, or in a dry run what would be. */
export function savedSentence(counts: SavedCounts, dryRun = false): string {
  return savedLine(counts, dryRun);
}

type GapCode = Extract<
  ProblemCode,
  'first_name_missing' | 'last_name_missing' | 'email_missing' | 'phone_missing' | 'name_missing' | 'unreachable' | 'nobody'
>;
const GAPS = {
  first_name_missing: 'First name is required, and no column feeds it yet.',
  last_name_missing: 'Last name is required, and no column feeds it yet.',
  email_missing: 'Email is required, and no column feeds it yet.',
  phone_missing: 'Phone is required, and no column feeds it yet.',
  name_missing: 'A name is required, and no column feeds one yet.',
  unreachable: 'An email, a phone or a LinkedIn profile is required, and no column feeds one yet.',
  nobody: 'An email, a phone or a name is required, and no column feeds one yet.',
} as const satisfies Record<GapCode, string>;

/** What a mapping still lacks before any row can be valid (`findMappingGaps`). */
export function sentenceForGap(gap: GapCode): string {
  return GAPS[gap];
}
