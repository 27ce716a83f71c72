import { useState } from 'preact/hooks';
import type { ProblemCount } from '#shared/plan/plan.ts';
import type { RepairStep } from '#shared/plan/repair.ts';
import type { PlanView, TableDraft } from '../flow/draft.ts';
import type { ImportFlow } from '../flow/import-flow.ts';
import { CheckChosen } from './check-chosen.tsx';
import { CheckFixes } from './check-fixes.tsx';
import { RowsFailed } from './check-review.tsx';
import { ANYWHERE, CheckTools, type Narrowing } from './check-tools.tsx';
import { CheckGrid } from './grid/check-grid.tsx';
import type { RowPages } from './grid/row-pages.ts';
import { type RowFilter, useRowPages } from './grid/use-row-pages.ts';
import { Skeleton } from './parts/skeleton.tsx';
import type { FilterEntry } from './problem-filter.tsx';

type CheckRowsProps = {
  readonly draft: TableDraft;
  readonly plan: PlanView;
  readonly labels: ReadonlyMap<number, string>;
  readonly chosen: FilterEntry;
  readonly flow: ImportFlow;
  readonly onFix: (step: RepairStep, problem?: ProblemCount) => void;
};

/** The rows of what is chosen: the fix for all of them above, search and column, and the grid. */
export function CheckRows({ draft, plan, labels, chosen, flow, onFix }: CheckRowsProps) {
  const [narrowing, setNarrowing] = useState<Narrowing>(ANYWHERE);
  const [lines, setLines] = useState<ReadonlySet<number>>(new Set());
  const { problem } = chosen;
  const filter = narrowed(chosen.filter, narrowing);
  const pages = useRowPages(flow, plan, filter);
  const total = pages.total();
  const cause = chosen.filter.column ?? (narrowing.column < 0 ? undefined : narrowing.column);
  return (
    <>
      {problem && (
        <CheckFixes plan={plan} problem={problem} sample={sampleOf(pages, problem)} flow={flow} onFix={(step) => onFix(step, problem)} />
      )}
      <CheckTools
        draft={draft}
        plan={plan}
        labels={labels}
        narrowing={narrowing}
        hasColumn={chosen.filter.column !== undefined}
        found={total}
        onNarrow={setNarrowing}
        onFix={onFix}
      />
      {pages.failed() ? (
        <RowsFailed onAgain={() => pages.retry()} />
      ) : total === null ? (
        <Waiting pages={pages} />
      ) : total === 0 ? (
        <p class="dim pad">{narrowing === ANYWHERE ? 'No rows here.' : 'No row of these matches.'}</p>
      ) : (
        <CheckGrid
          draft={draft}
          pages={pages}
          total={total}
          cause={cause}
          name={chosen.label}
          chosen={lines}
          onChoose={setLines}
          onEdit={(line, column, value) => void flow.repair({ kind: 'edit', line, column, value })}
          wholeCell={(line, column) => flow.cell(line, column)}
          onUndo={() => void flow.undoRepair()}
          onRedo={() => void flow.redoRepair()}
        />
      )}
      <CheckChosen chosen={lines} onFix={onFix} onNone={() => setLines(new Set())} />
    </>
  );
}

/** The first rows are asked for before there is a grid that says what is in view. */
function Waiting({ pages }: { readonly pages: RowPages }) {
  pages.show(0, 0);
  return <Skeleton rows={8} columns={5} />;
}

function narrowed(filter: RowFilter, { text, column }: Narrowing): RowFilter {
  return { ...filter, ...(column < 0 || filter.column !== undefined ? {} : { column }), ...(text.trim() === '' ? {} : { text }) };
}

function sampleOf(pages: RowPages, { code, column }: ProblemCount) {
  return pages.at(0)?.problems?.find((one) => one.code === code && one.column === column);
}
