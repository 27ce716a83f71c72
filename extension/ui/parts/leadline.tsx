import type { Bucket, PlanSummary } from '#shared/plan/plan.ts';
import { count } from '../numbers.ts';

/** One part of the bar: rows that share an outcome. */
export type Sounding = {
  readonly id: string;
  readonly label: string;
  /** Class of its colour; `hollow` for rows nobody lost. */
  readonly mark: string;
  readonly rows: number;
};

/** The ten buckets in the order they are drawn, with the word of each. */
export const BUCKET_MARKS = [
  ['created', 'New leads', 'b-created'],
  ['addedToList', 'Added to list', 'b-added'],
  ['updated', 'Updated', 'b-updated'],
  ['duplicate', 'Duplicates', 'b-duplicate'],
  ['review', 'For you to decide', 'b-review'],
  ['suppressed', 'Opted out', 'b-suppressed'],
  ['rejected', 'Rejected', 'b-rejected'],
  ['excluded', 'You took out', 'hollow'],
  ['blank', 'Blank', 'hollow'],
  ['cancelled', 'Cancelled', 'hollow'],
] as const satisfies readonly (readonly [Bucket, string, string])[];

/** What became of rows, for progress and receipt: buckets without rows are left out. */
export function soundingsOf(counters: ReadonlyArray<readonly [Bucket, number]>): readonly Sounding[] {
  const rowsByBucket = new Map(counters);
  return BUCKET_MARKS.map(([id, label, mark]) => ({ id, label, mark, rows: rowsByBucket.get(id) ?? 0 })).filter((part) => part.rows > 0);
}

/** What shall become of rows, for the plan. */
export function soundingsOfPlan({ decisions }: PlanSummary): readonly Sounding[] {
  return soundingsOf([
    // The server decides `auto` rows; until it does they stand with the new leads, which they are counted among.
    ['created', decisions.create + decisions.auto],
    ['addedToList', decisions.add],
    ['updated', decisions.update],
    ['duplicate', decisions.duplicate],
    ['review', decisions.review],
    ['suppressed', decisions.suppress],
    ['rejected', decisions.reject],
    ['excluded', decisions.exclude],
    ['blank', decisions.blank],
  ]);
}

type LeadlineProps = { readonly soundings: readonly Sounding[]; readonly rest?: number; readonly small?: boolean };

/** The bar in which every row of the file is once. `rest`: rows still to go. One image with a spoken list. */
export function Leadline({ soundings, rest = 0, small }: LeadlineProps) {
  const spoken = soundings.map((part) => `${part.label} ${count(part.rows)}`);
  if (rest > 0) spoken.push(`still to go ${count(rest)}`);
  return (
    <div class={small ? 'leadline' : 'leadline tall'} role="img" aria-label={spoken.join(', ')}>
      {soundings.map((part) => (
        <i key={part.id} class={part.mark} style={{ flexGrow: String(part.rows) }} />
      ))}
      {rest > 0 && <i key="rest" class="rest" style={{ flexGrow: String(rest) }} />}
    </div>
  );
}

/** The key beside the bar: the real text. */
export function LeadlineKeys({ soundings }: { readonly soundings: readonly Sounding[] }) {
  return (
    <ul class="keys">
      {soundings.map((part) => (
        <li key={part.id}>
          <i class={`mark ${part.mark}`} />
          {part.label}
          <b class="num">{count(part.rows)}</b>
        </li>
      ))}
    </ul>
  );
}
