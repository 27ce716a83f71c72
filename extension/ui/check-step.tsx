import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { PlanView, TableDraft } from '../flow/draft.ts';
import type { ImportFlow } from '../flow/import-flow.ts';
import type { ImportView, UnknownColumn } from '../flow/view.ts';
import { CheckHistory } from './check-history.tsx';
import { CheckReview } from './check-review.tsx';
import { CheckRows } from './check-rows.tsx';
import { CheckValues } from './check-values.tsx';
import type { Host } from './host.ts';
import { count, countOf, plural } from './numbers.ts';
import { OptOutNote } from './opt-out-note.tsx';
import { Button } from './parts/button.tsx';
import { Foot } from './parts/foot.tsx';
import { SaveButton } from './parts/save-button.tsx';
import { Planning } from './planning.tsx';
import { ALL_REVIEW, filterGroups, hasAllReview, ProblemFilter } from './problem-filter.tsx';
import { useFixes } from './use-fixes.ts';
import { useHistoryKeys } from './use-history-keys.ts';
import { Toast } from './workspace/toast.tsx';

type CheckStepProps = {
  readonly draft: TableDraft;
  readonly view: ImportView;
  readonly flow: ImportFlow;
  readonly host: Host;
  readonly onSay: (text: string) => void;
};

/** What the check found over the whole file, and the place to mend it: counts by reason, the rows, their fixes. */
export function CheckStep({ draft, view, flow, host, onSay }: CheckStepProps) {
  const back = (
    <Button look="quiet" onClick={() => void flow.send({ kind: 'wentTo', step: 'map' })}>
      Back
    </Button>
  );
  const lastPlan = useRef<PlanView | null>(null); // stays in sight while a fix is worked in
  lastPlan.current = draft.plan ?? lastPlan.current;
  if (!lastPlan.current) return <Planning title="Check" draft={draft} view={view} back={back} />;
  return <Findings draft={draft} plan={lastPlan.current} isOld={!draft.plan} flow={flow} host={host} onSay={onSay} back={back} />;
}

type FindingsProps = Pick<CheckStepProps, 'draft' | 'flow' | 'host' | 'onSay'> & {
  readonly plan: PlanView;
  /** A newer plan is being made. */
  readonly isOld: boolean;
  readonly back: preact.ComponentChildren;
};

function Findings({ draft, plan, isOld, flow, host, onSay, back }: FindingsProps) {
  const { summary } = plan;
  const labels = useMemo(() => new Map(draft.table.suggestions.map((one) => [one.index, one.label])), [draft.table]);
  const unknown = useUnknownValues(flow, plan);
  const groups = useMemo(() => filterGroups(plan, labels, unknown), [plan, labels, unknown]);
  const entries = groups.flatMap((group) => group.entries);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const chosen = entries.find((entry) => entry.id === chosenId) ?? entries.find((entry) => entry.problem) ?? entries[0];
  const { fix, toast, close } = useFixes(flow, plan, labels, onSay);
  useHistoryKeys(flow);
  const isReview = chosen?.id === ALL_REVIEW || (chosen?.problem?.code.startsWith('review') ?? false);
  const part = isReview && chosen?.problem && hasAllReview(plan) ? { problem: chosen.problem, onAll: () => setChosenId(ALL_REVIEW) } : null;
  return (
    <>
      <main class="work findings" aria-busy={isOld ? 'true' : undefined}>
        <div class="beside">
          <aside aria-label="Filter rows">
            <div class="row">
              <h1>{summary.invalid === 0 ? 'No row is invalid' : 'Check'}</h1>
              <CheckHistory draft={draft} labels={labels} flow={flow} />
            </div>
            <ProblemFilter groups={groups} chosen={chosen?.id ?? ''} onChoose={setChosenId} />
            {summary.invalid > 0 && (
              <div class="aside-foot">
                <SaveButton
                  small
                  make={() => flow.rejectedFile()}
                  save={host.saveFile}
                  failed="The file could not be made. Nothing is lost: try again."
                >
                  Download {countOf(summary.invalid, 'invalid row')}
                </SaveButton>
                <span class="small faint">to mend {plural(summary.invalid, 'it', 'them')} in a spreadsheet</span>
              </div>
            )}
          </aside>
          <div class="found">
            <OptOutNote optOuts={plan.optOuts} flow={flow} />
            {chosen?.values ? (
              <CheckValues key={chosen.id} unknown={chosen.values} onFix={fix} />
            ) : chosen && isReview ? (
              <CheckReview key={chosen.id} flow={flow} plan={plan} filter={chosen.filter} part={part} onFix={fix} />
            ) : (
              chosen && <CheckRows key={chosen.id} draft={draft} plan={plan} labels={labels} chosen={chosen} flow={flow} onFix={fix} />
            )}
            {toast && <Toast toast={toast} onClose={close} />}
          </div>
        </div>
      </main>
      <Foot tally={<Tally plan={plan} />}>
        {back}
        <Button look="primary" after="arrow" busy={isOld} onClick={() => void flow.send({ kind: 'wentTo', step: 'preview' })}>
          Preview
        </Button>
      </Foot>
    </>
  );
}

/** Asked anew with every plan; until then what is known stays. */
function useUnknownValues(flow: ImportFlow, plan: PlanView): readonly UnknownColumn[] {
  const [unknown, setUnknown] = useState<readonly UnknownColumn[]>([]);
  useEffect(() => {
    let isCurrent = true;
    const take = (found: readonly UnknownColumn[]) => {
      if (isCurrent) setUnknown(found);
    };
    // A worker that died says so on the screen itself; the list comes with the next plan.
    flow.unknownValues().then(take, () => {});
    return () => {
      isCurrent = false;
    };
  }, [flow, plan]);
  return unknown;
}

function Tally({ plan: { summary } }: { readonly plan: PlanView }) {
  return (
    <>
      <span>
        <b class="num">{count(summary.valid)}</b> valid
      </span>
      {summary.warnings > 0 && (
        <span class="warn">
          <b class="num">{count(summary.warnings)}</b> <span class="wide-only">of them with </span>warnings
        </span>
      )}
      {summary.invalid > 0 && (
        <span class="bad">
          <b class="num">{count(summary.invalid)}</b> invalid
        </span>
      )}
      {summary.duplicatesInFile > 0 && (
        <span>
          <b class="num">{count(summary.duplicatesInFile)}</b> twice<span class="wide-only"> in the file</span>
        </span>
      )}
      {summary.excluded > 0 && (
        <span>
          <b class="num">{count(summary.excluded)}</b> taken out
        </span>
      )}
    </>
  );
}
