import type { Lead } from '#shared/lead/lead.ts';
import type { ProblemCount } from '#shared/plan/plan.ts';
import type { Answer, RepairStep } from '#shared/plan/repair.ts';
import { sentenceForProblem } from '#shared/sentences/en.ts';
import type { PlanView } from '../flow/draft.ts';
import type { ImportFlow } from '../flow/import-flow.ts';
import type { Candidate, GridRow } from '../flow/view.ts';
import { displayName } from './display-name.ts';
import { groupWords } from './grid/cell-words.ts';
import type { RowFilter } from './grid/use-row-pages.ts';
import { count, countOf } from './numbers.ts';
import { Button, LinkButton } from './parts/button.tsx';
import { Skeleton } from './parts/skeleton.tsx';
import { PROBLEM_TITLES } from './problem-titles.ts';
import { useRowList } from './use-row-list.ts';

const ANSWERS: readonly (readonly [Answer['as'], string, string])[] = [
  ['same', 'Same person', 'All the same person'],
  ['create', 'Another person', 'All other people'],
  ['skip', 'Leave out', 'Leave all out'],
];

type CheckReviewProps = {
  readonly flow: ImportFlow;
  readonly plan: PlanView;
  readonly filter: RowFilter;
  /** These are the rows of one reason among several; null or absent = all that wait. */
  readonly part?: ReviewPart | null;
  readonly onFix: (step: RepairStep) => void;
};
export type ReviewPart = { readonly problem: ProblemCount; readonly onAll: () => void };

/** Rows that may be somebody there already: each with its reason, decided one by one; where all are listed, all alike. */
export function CheckReview({ flow, plan, filter, part = null, onFix }: CheckReviewProps) {
  const list = useRowList(flow, plan, filter);
  const waiting = plan.summary.decisions.review;
  return (
    <section class="review" aria-label="Rows to decide">
      <div class="fixbar" data-tone="ask">
        <div class="fix-words">
          <h2>
            {part
              ? `${PROBLEM_TITLES[part.problem.code]}: ${countOf(part.problem.count, 'row')}`
              : `${countOf(waiting, 'row')} ${waiting === 1 ? 'waits' : 'wait'} for your decision`}
          </h2>
          <p class="dim">Undecided rows are not written. You can still decide for 30 days, from the receipt.</p>
        </div>
        {part && waiting > 0 && <LinkButton onClick={part.onAll}>Decide all {countOf(waiting, 'row')} alike</LinkButton>}
        {!part &&
          waiting > 0 &&
          ANSWERS.map(([as, , all]) => (
            <Button key={as} small onClick={() => onFix({ kind: 'decide', lines: 'all', as })}>
              {all}
            </Button>
          ))}
      </div>
      {list.kind === 'waiting' && <Skeleton rows={4} columns={3} />}
      {list.kind === 'failed' && <RowsFailed onAgain={list.again} />}
      {list.kind === 'here' && (
        <>
          {list.page.total === 0 && <p class="dim pad">Nothing is left to decide.</p>}
          <ul class="ruled-list">
            {list.page.rows.map((row) => (
              <ReviewRow key={row.line} row={row} onFix={onFix} />
            ))}
          </ul>
          {list.more && (
            <p class="pad">
              <Button small onClick={list.more}>
                Show more of {countOf(list.page.total, 'row')}
              </Button>
            </p>
          )}
        </>
      )}
    </section>
  );
}

function ReviewRow({ row, onFix }: { readonly row: GridRow; readonly onFix: (step: RepairStep) => void }) {
  const { line, lead, candidates = [], answer } = row;
  const reason = (row.problems ?? []).filter((one) => one.code.startsWith('review'));
  const decide = (as: Answer['as'], leadId?: string) =>
    onFix({ kind: 'decide', lines: [line], as, ...(leadId === undefined ? {} : { leadId }) });
  const group = groupWords(row);
  const isOneOfSeveral = candidates.length > 1;
  return (
    <li class="review-row">
      <div class="stack stack-1">
        <p>
          <span class="strong">{personWords(lead)}</span> <span class="faint small">line {count(line)}</span>
        </p>
        {reason.map((one) => (
          <p key={one.code} class="small dim">
            {sentenceForProblem(one)}
          </p>
        ))}
        {candidates.map((candidate) => (
          <CandidateLine key={candidate.id} candidate={candidate} onSame={isOneOfSeveral ? () => decide('same', candidate.id) : null} />
        ))}
        {group !== null && <p class="small faint">{group}</p>}
      </div>
      <fieldset class="row wrap" aria-label={`Decide line ${count(line)}`}>
        {ANSWERS.filter(([as]) => as !== 'same' || !isOneOfSeveral).map(([as, name]) => (
          <button
            key={as}
            type="button"
            class="btn small"
            aria-pressed={answer?.as === as || row.answered === as ? 'true' : 'false'}
            onClick={() => decide(as)}
          >
            {name}
          </button>
        ))}
      </fieldset>
    </li>
  );
}

function CandidateLine({ candidate, onSame }: { readonly candidate: Candidate; readonly onSame: (() => void) | null }) {
  return (
    <p class="small row wrap">
      <span class="faint">Stored:</span> {personWords(candidate.lead)}
      {candidate.inList && <span class="badge">In the list</span>}
      {onSame && <LinkButton onClick={onSame}>This is the same person</LinkButton>}
    </p>
  );
}

/** Rows cannot be had; what was counted still holds. */
export function RowsFailed({ onAgain }: { readonly onAgain: () => void }) {
  return (
    <p class="dim pad" role="alert">
      These rows can’t be shown. The counts hold. <LinkButton onClick={onAgain}>Try again</LinkButton>
    </p>
  );
}

/** A person in a line: name, address, number, company, as far as they are there. */
export function personWords(lead: Lead | undefined): string {
  const name = displayName(lead?.firstName, lead?.lastName);
  return [name, lead?.email, lead?.phone, lead?.companyName].filter(Boolean).join(', ') || 'Without a name';
}
