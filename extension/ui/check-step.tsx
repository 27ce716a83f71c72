import { useMemo, useRef, useState } from 'preact/hooks';
import type { PlanView, TableDraft } from '../flow/draft.ts';
import type { ImportFlow } from '../flow/import-flow.ts';
import type { ImportView } from '../flow/view.ts';
import { CheckFixes } from './check-fixes.tsx';
import type { Host } from './host.ts';
import { count, countOf } from './numbers.ts';
import { Button } from './parts/button.tsx';
import { Foot } from './parts/foot.tsx';
import { SaveButton } from './parts/save-button.tsx';
import { Planning } from './planning.tsx';
import { filterGroups, ProblemFilter } from './problem-filter.tsx';
import { ProblemRows } from './problem-rows.tsx';
import { type FoundRows, useRows } from './use-rows.ts';

type CheckStepProps = { readonly draft: TableDraft; readonly view: ImportView; readonly flow: ImportFlow; readonly host: Host };

/** What the check found over the whole file: counts by reason, and rows of each. */
export function CheckStep({ draft, view, flow, host }: CheckStepProps) {
  const back = (
    <Button look="quiet" onClick={() => void flow.send({ kind: 'wentTo', step: 'map' })}>
      Back
    </Button>
  );
  const lastPlan = useRef<PlanView | null>(null); // stays in sight while a fix is worked in
  lastPlan.current = draft.plan ?? lastPlan.current;
  if (!lastPlan.current) return <Planning title="Check" draft={draft} view={view} back={back} />;
  return <Findings draft={draft} plan={lastPlan.current} isOld={!draft.plan} flow={flow} host={host} back={back} />;
}

type FindingsProps = Pick<CheckStepProps, 'draft' | 'flow' | 'host'> & {
  readonly plan: PlanView;
  /** A newer plan is being made. */
  readonly isOld: boolean;
  readonly back: preact.ComponentChildren;
};

function Findings({ draft, plan, isOld, flow, host, back }: FindingsProps) {
  const { summary } = plan;
  const labels = useMemo(() => new Map(draft.table.suggestions.map((one) => [one.index, one.label])), [draft.table]);
  const groups = useMemo(() => filterGroups(plan, labels), [plan, labels]);
  const entries = groups.flatMap((group) => group.entries);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const chosen = entries.find((entry) => entry.id === chosenId) ?? entries.find((entry) => entry.problem) ?? entries[0];
  const found = useRows(flow, plan, chosen);
  return (
    <>
      <main class="work findings" aria-busy={isOld ? 'true' : undefined}>
        <div class="beside">
          <aside aria-label="Filter rows">
            <h1>{summary.invalid === 0 ? 'No row is invalid' : 'Check'}</h1>
            <ProblemFilter groups={groups} blank={summary.blank} chosen={chosen?.id ?? ''} onChoose={setChosenId} />
          </aside>
          <div class="found">
            {chosen && <CheckFixes draft={draft} plan={plan} chosen={chosen} flow={flow} />}
            <div class="tools">
              <h2>{chosen?.label}</h2>
              <span class="push small faint">{chosen && listedWords(chosen.rows, found)}</span>
            </div>
            {chosen && <ProblemRows draft={draft} filter={chosen.filter} found={found} />}
            {summary.invalid > 0 && (
              <div class="row wrap pad">
                <SaveButton
                  small
                  make={() => flow.rejectedFile()}
                  save={host.saveFile}
                  failed="The file could not be made. Nothing is lost: try again."
                >
                  Download {countOf(summary.invalid, 'invalid row')}
                </SaveButton>
                <span class="small faint">to mend them in a spreadsheet and import them later</span>
              </div>
            )}
          </div>
        </div>
      </main>
      <Foot
        tally={
          <>
            <span>
              <b class="num">{count(summary.valid)}</b> valid
            </span>
            {summary.warnings > 0 && (
              <span class="warn">
                <b class="num">{count(summary.warnings)}</b> of them with warnings
              </span>
            )}
            {summary.invalid > 0 && (
              <span class="bad">
                <b class="num">{count(summary.invalid)}</b> invalid
              </span>
            )}
            {summary.duplicatesInFile > 0 && (
              <span>
                <b class="num">{count(summary.duplicatesInFile)}</b> twice in the file
              </span>
            )}
          </>
        }
      >
        {back}
        <Button look="primary" after="arrow" busy={isOld} onClick={() => void flow.send({ kind: 'wentTo', step: 'preview' })}>
          Preview
        </Button>
      </Foot>
    </>
  );
}

function listedWords(rows: number, found: FoundRows): string {
  if (found.kind !== 'here' || found.page.rows.length >= rows) return countOf(rows, 'row');
  return `first ${count(found.page.rows.length)} of ${countOf(rows, 'row')}`;
}
