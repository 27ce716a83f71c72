import type { Provider, RecordType } from '#shared/crm/record.ts';
import type { ReviewAnswer } from '#shared/plan/answer-review.ts';
import type { Act } from './act.ts';
import type { ImportRecord, KeptLead, ReviewDecision, Undecidable } from './records.ts';

/**
 * What can be done with an import after its receipt. `notBefore`: what was closed earlier (ms since 1970) stays as it is.
 */
export type ClosedImportStore = {
  /** Decides review rows, all of them or, where one cannot be decided so, none. The same decision again changes nothing. */
  decideRows(
    act: Act,
    importId: string,
    decisions: readonly ReviewDecision[],
    notBefore: number,
  ): Promise<Decided | { readonly kind: 'refused'; readonly lines: readonly Undecidable[] }>;
  /**
   * Decides the next review rows alike, in the file's order; `next` is where to go on, null at the end. Rows that cannot
   * be decided so stay in review: a `same` where there is not exactly one candidate.
   */
  decideAlike(
    act: Act,
    importId: string,
    page: { readonly as: ReviewAnswer; readonly after: string | null; readonly limit: number },
    notBefore: number,
  ): Promise<Decided>;
  /**
   * Takes back what some more rows of an import did, at most `rows` of them, in one transaction. `kept` is the first of
   * what was left as it is, `inCrm` of what stays in CRMs. An undo that is done gives the same again.
   */
  undoStep(act: Act, importId: string, step: { readonly rows: number; readonly kept: number }, notBefore: number): Promise<Undone>;
  /**
   * The same without writing: what taking back the next rows would come to. `after` is where the last call `reached`,
   * null at first, and then `kept` begins with what an undo that was broken off has left as it is.
   */
  tryUndo(
    act: Act,
    importId: string,
    trial: { readonly rows: number; readonly kept: number; readonly after: number | null },
    notBefore: number,
  ): Promise<TriedUndo>;
};

/**
 * `open`: rows are still coming · `undone`: it was taken back, or is being so · `too_late`: it was closed before
 * `notBefore`, or its originals are forgotten · `list_not_found`: the list its rows go to was deleted.
 */
export type Decided =
  | { readonly kind: 'decided'; readonly import: ImportRecord; readonly next: string | null }
  | { readonly kind: 'not_found' | 'open' | 'undone' | 'too_late' | 'list_not_found' };

/** A record that we made in a CRM of a lead which an undo took away: it stays there. `name` is null once it is forgotten. */
export type LeftInCrm = {
  readonly name: string | null;
  /** The public id. */
  readonly connectionId: string;
  readonly provider: Provider;
  readonly type: RecordType;
  readonly remoteId: string;
};
type InCrm = { readonly inCrm: readonly LeftInCrm[]; readonly inCrmCount: number };

export type Undone =
  | { readonly kind: 'more' | 'not_found' | 'open' | 'too_late' }
  | ({ readonly kind: 'undone'; readonly import: ImportRecord; readonly kept: readonly KeptLead[] } & InCrm);

export type TriedUndo =
  | { readonly kind: 'end' | 'not_found' | 'open' | 'too_late' }
  | ({
      readonly kind: 'more';
      readonly reached: number;
      readonly removed: number;
      readonly restored: number;
      readonly keptCount: number;
      readonly kept: readonly KeptLead[];
    } & InCrm);
