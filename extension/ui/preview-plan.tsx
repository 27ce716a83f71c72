import type { Decision, PlanSummary } from '#shared/plan/plan.ts';
import { count } from './numbers.ts';
import { BUCKET_MARKS, Leadline, soundingsOfPlan } from './parts/leadline.tsx';

/** A part of the bar and the decisions whose rows it holds. */
export type PlanPart = { readonly id: string; readonly label: string; readonly decisions: readonly Decision[] };

const DECISIONS_OF = new Map<string, readonly Decision[]>([
  ['created', ['create', 'auto']],
  ['addedToList', ['add']],
  ['updated', ['update']],
  ['duplicate', ['duplicate']],
  ['review', ['review']],
  ['suppressed', ['suppress']],
  ['rejected', ['reject']],
  ['excluded', ['exclude']],
  ['blank', ['blank']],
]);

/** The part with this id, for its words and rows; null for one that no plan has. */
export function planPart(id: string | null): PlanPart | null {
  const [, label] = BUCKET_MARKS.find(([bucket]) => bucket === id) ?? [];
  const decisions = DECISIONS_OF.get(id ?? '');
  return id !== null && label !== undefined && decisions ? { id, label, decisions } : null;
}

type PreviewPlanProps = { readonly summary: PlanSummary; readonly open: string | null; readonly onOpen: (id: string | null) => void };

/** The plan over every row as one bar; each count opens its rows. */
export function PreviewPlan({ summary, open, onOpen }: PreviewPlanProps) {
  const soundings = soundingsOfPlan(summary);
  return (
    <>
      <Leadline soundings={soundings} />
      <ul class="keys keys-open">
        {soundings.map((part) => (
          <li key={part.id}>
            <button
              type="button"
              aria-pressed={part.id === open ? 'true' : 'false'}
              onClick={() => onOpen(part.id === open ? null : part.id)}
            >
              <i class={`mark ${part.mark}`} />
              {part.label}
              <b class="num">{count(part.rows)}</b>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
