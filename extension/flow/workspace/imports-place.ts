import type { AnswerOf } from '#shared/api/contract.ts';
import type { ImportState } from '#shared/api/imports.ts';
import { BUCKETS, type Bucket } from '#shared/plan/plan.ts';
import { hrefOf } from './address.ts';

export type ImportRow = AnswerOf<'importRows'>['rows'][number];

/** The address of an import's receipt, or of the rows of one of its buckets. */
export function importHref(importId: string, bucket?: Bucket): string {
  return hrefOf('imports', bucket === undefined ? [importId] : [importId, bucket]);
}

/** The address of an import's receipt with the question whether to undo it. */
export function undoHref(importId: string): string {
  return hrefOf('imports', [importId], new URLSearchParams({ undo: '1' }));
}

/** The bucket a part of an address names; null for one there is not. */
export function readBucket(part: string | undefined): Bucket | null {
  return BUCKETS.find((bucket) => bucket === part) ?? null;
}

/** What somebody may do with an import now. */
export type Closing = {
  /** Undo it, or go on with an undo that was broken off. */
  readonly canUndo: boolean;
  readonly canDecide: boolean;
  /** Only others may undo it. */
  readonly why: 'withheld' | 'notYours' | null;
};

/** Who may do what until when, as the server has it. `now` in ms. */
export function closingOf(
  found: Pick<ImportState, 'state' | 'undoableUntil' | 'by'>,
  { role, membersMay }: { readonly role: string; readonly membersMay: { readonly undo: boolean } },
  canEdit: boolean,
  now: number,
): Closing {
  const isOpen = found.undoableUntil != null && Date.parse(found.undoableUntil) > now;
  if (!canEdit || !isOpen) return { canUndo: false, canDecide: false, why: null };
  const why = role === 'admin' ? null : !membersMay.undo ? 'withheld' : found.by?.isYou ? null : 'notYours';
  return { canUndo: why === null, canDecide: true, why };
}
