import type { ComponentChildren } from 'preact';
import type { Bucket, DuplicatePolicy } from '#shared/plan/plan.ts';
import { count, plural } from './numbers.ts';
import { BUCKET_MARKS } from './parts/leadline.tsx';

const UPDATED: { readonly [P in DuplicatePolicy]: string } = {
  skip: 'updated',
  fill: 'updated: blanks filled',
  overwrite: 'updated: chosen fields overwritten',
  create: 'updated',
};

type ReceiptBucketsProps = {
  /** How many rows are in each, and in all. */
  readonly receipt: { readonly [B in Bucket | 'total']: number };
  readonly rule: DuplicatePolicy;
  /** What was counted, and where: rows in the file unless given. */
  readonly what?: readonly [one: string, where: string] | undefined;
  /** The way to the rows of a bucket. */
  readonly action: (bucket: Bucket) => ComponentChildren;
};

/** Every row once, by what became of it; the sum is the file. */
export function ReceiptBuckets({ receipt, rule, what = ['row', 'in the file'], action }: ReceiptBucketsProps) {
  return (
    <section>
      <h2 class="sr">Every row</h2>
      <ul class="buckets">
        {BUCKET_MARKS.filter(([bucket]) => receipt[bucket] > 0).map(([bucket, , mark]) => (
          <li key={bucket}>
            <i class={`mark ${mark}`} />
            <span class="n">{count(receipt[bucket])}</span>
            <span>{wordsOf(bucket, receipt[bucket], rule)}</span>
            {action(bucket)}
          </li>
        ))}
      </ul>
      <p class="sum">
        <span />
        <span class="num">{count(receipt.total)}</span>
        <span>
          {plural(receipt.total, what[0])} {what[1]}, each counted once
        </span>
      </p>
    </section>
  );
}

function wordsOf(bucket: Bucket, rows: number, rule: DuplicatePolicy): string {
  const words: { readonly [B in Bucket]: string } = {
    created: plural(rows, 'new lead', 'new leads'),
    addedToList: 'already in the workspace, added to this list',
    updated: UPDATED[rule],
    duplicate: 'already there, or twice in the file',
    review: 'for you to decide, not written',
    suppressed: 'on the opt-out list, not written',
    rejected: 'invalid, not written',
    excluded: 'taken out by you',
    blank: plural(rows, 'blank row', 'blank rows'),
    cancelled: 'cancelled, not sent',
  };
  return words[bucket];
}
