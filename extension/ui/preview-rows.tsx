import { sentenceForProblem } from '#shared/sentences/en.ts';
import type { PlanView } from '../flow/draft.ts';
import type { ImportFlow } from '../flow/import-flow.ts';
import type { GridRow } from '../flow/view.ts';
import { personWords, RowsFailed } from './check-review.tsx';
import { groupWords } from './grid/cell-words.ts';
import { count, countOf } from './numbers.ts';
import { Button, LinkButton } from './parts/button.tsx';
import { Skeleton } from './parts/skeleton.tsx';
import { RowChanges } from './preview-changes.tsx';
import type { PlanPart } from './preview-plan.tsx';
import { useRowList } from './use-row-list.ts';

type PreviewRowsProps = {
  readonly flow: ImportFlow;
  readonly plan: PlanView;
  readonly part: PlanPart;
  readonly onClose: () => void;
};

/** The rows of one count: who, why, and what changes in the stored lead. */
export function PreviewRows({ flow, plan, part, onClose }: PreviewRowsProps) {
  const list = useRowList(flow, plan, { decisions: part.decisions });
  return (
    <section class="sect" aria-label={part.label}>
      <header>
        <h2>{part.label}</h2>
        {list.kind === 'here' && <span class="count num">{count(list.page.total)}</span>}
        <span class="push" />
        <LinkButton onClick={onClose}>Back to the first records</LinkButton>
      </header>
      {list.kind === 'waiting' && <Skeleton rows={5} columns={3} />}
      {list.kind === 'failed' && <RowsFailed onAgain={list.again} />}
      {list.kind === 'here' && (
        <>
          <ul class="ruled-list">
            {list.page.rows.map((row) => (
              <PlanRow key={row.line} row={row} />
            ))}
          </ul>
          {list.more && (
            <p>
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

function PlanRow({ row }: { readonly row: GridRow }) {
  const { line, lead, cells, changes = [] } = row;
  const group = row.decision === 'duplicate' ? groupWords(row) : null;
  const who = lead ? personWords(lead) : cells.filter((cell) => cell.trim() !== '').join(', ') || 'Blank';
  return (
    <li class="stack stack-1">
      <p>
        <span class="strong">{who}</span> <span class="faint small">line {count(line)}</span>
      </p>
      {reasons(row).map((reason) => (
        <p key={reason} class="small dim">
          {reason}
        </p>
      ))}
      {group !== null && <p class="small faint">{group}</p>}
      <RowChanges changes={changes} />
    </li>
  );
}

/** Why a row is where it is: of a rejected one its errors, of another what is known of its person. */
function reasons({ problems = [], decision }: GridRow): readonly string[] {
  const severity = decision === 'reject' ? 'error' : 'note';
  return [...new Set(problems.filter((one) => one.severity === severity).map((one) => sentenceForProblem(one)))];
}
