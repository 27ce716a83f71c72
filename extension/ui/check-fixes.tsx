import { useEffect, useState } from 'preact/hooks';
import type { ProblemCount } from '#shared/plan/plan.ts';
import type { RepairStep } from '#shared/plan/repair.ts';
import type { Problem } from '#shared/problems.ts';
import type { PlanView } from '../flow/draft.ts';
import type { ImportFlow } from '../flow/import-flow.ts';
import { type Fix, fixesOf } from './check-fix-list.ts';
import { CALLING_CODES } from './countries.data.ts';
import { countryChoices } from './country-choices.ts';
import { count, countOf, plural } from './numbers.ts';
import { Button } from './parts/button.tsx';
import { Select } from './parts/select.tsx';
import { PROBLEM_TITLES } from './problem-titles.ts';

type CheckFixesProps = {
  readonly plan: PlanView;
  readonly problem: ProblemCount;
  /** Of a row that is in view. */
  readonly sample: Problem | undefined;
  readonly flow: ImportFlow;
  readonly onFix: (step: RepairStep) => void;
};

/** What mends many rows at once, above the rows it mends: the best fix as a sentence with its button, the others beside it. */
export function CheckFixes({ plan, problem, sample, flow, onFix }: CheckFixesProps) {
  const suggestion = sample?.data?.suggestion;
  const fixes = fixesOf(problem, plan, suggestion !== undefined);
  const [best] = fixes;
  if (!best) return null;
  const rows = problem.count;
  return (
    <div class="fixbar">
      <div class="fix-words">
        <h2>
          {PROBLEM_TITLES[problem.code]} in {countOf(rows, 'row')}
        </h2>
        <p class="dim">{wordsOf(best, sample)}</p>
      </div>
      {fixes.map((fix, index) =>
        fix.kind === 'country' ? (
          <CountryFix key={`${fix.column} ${fix.code}`} fix={fix} plan={plan} flow={flow} isBest={index === 0} onFix={onFix} />
        ) : (
          <Button
            key={fix.kind === 'step' ? fix.name : fix.kind}
            {...lookOf(fix, index)}
            onClick={() => {
              if (fix.kind === 'reachable') void flow.send({ kind: 'policyChanged', policy: { require: 'reachable' } });
              else onFix(fix.step);
            }}
          >
            {nameOf(fix, rows)}
          </Button>
        ),
      )}
    </div>
  );
}

function lookOf(fix: Fix, index: number): { readonly look?: 'quiet' | 'tonal' } {
  if (fix.kind === 'exclude') return { look: 'quiet' };
  return index === 0 ? { look: 'tonal' } : {};
}

type CountryFixProps = {
  readonly fix: Extract<Fix, { kind: 'country' }>;
  readonly plan: PlanView;
  readonly flow: ImportFlow;
  readonly isBest: boolean;
  readonly onFix: (step: RepairStep) => void;
};

const NONE_CHANGES = 'None of these phones becomes one there: each names its country, its row does, or its digits do not fit';
const UNCHOSEN = { value: '', label: 'Choose the country' };

function CountryFix({ fix, plan, flow, isBest, onFix }: CountryFixProps) {
  const [country, setCountry] = useState(fix.proposed?.country ?? '');
  const { column, code } = fix;
  const rows = useMendable(flow, plan, country === '' ? null : { kind: 'setCountry', column, country, code });
  return (
    <>
      <Select
        name="Country for these phones"
        value={country}
        choices={country === '' ? [UNCHOSEN, ...countryChoices()] : countryChoices()}
        open={country === ''}
        onChoose={setCountry}
      />
      <Button
        {...(isBest ? { look: 'tonal' } : {})}
        off={country === '' ? 'Choose the country first' : rows === 0 ? NONE_CHANGES : null}
        onClick={() => onFix({ kind: 'setCountry', column, country, code })}
      >
        {rows === null ? 'Fix rows' : `Fix ${countOf(rows, 'row')}`}
      </Button>
    </>
  );
}

/** How many rows a step would change, as the plan stands; null while it is counted. */
function useMendable(flow: ImportFlow, plan: PlanView, step: RepairStep | null): number | null {
  const [rows, setRows] = useState<number | null>(null);
  useEffect(() => {
    setRows(null);
    if (!step) return;
    let isGone = false;
    const show = (count: number | null) => !isGone && setRows(count);
    flow.wouldMend(step).then(show, () => show(null)); // without a count the button has none
    return () => {
      isGone = true;
    };
  }, [flow, plan, JSON.stringify(step)]);
  return rows;
}

function wordsOf(fix: Fix, sample: Problem | undefined): string {
  if (fix.kind === 'country') {
    if (!fix.proposed)
      return 'Which country are they from? Numbers that begin with + stay as they are, and rows that name a country keep theirs.';
    const calling = new Map(CALLING_CODES).get(fix.proposed.country);
    const others = fix.proposed.count;
    return `${count(others)} other ${plural(others, 'phone')} in this column ${others === 1 ? 'starts' : 'start'} with +${calling ?? ''}.`;
  }
  if (fix.kind === 'reachable') return '“Reachable” asks for no more than a name and one way to reach the person.';
  if (fix.kind === 'exclude') return 'Change the cells below, or leave these rows out.';
  if (fix.name === 'useFix') return sample ? `${sample.text ?? 'The first'} → ${String(sample.data?.suggestion)}` : '';
  return fix.name === 'dropAlternates'
    ? 'The first stays, the others would go to the alternates.'
    : 'The rest of the row is imported either way.';
}

function nameOf(fix: Exclude<Fix, { kind: 'country' }>, rows: number): string {
  if (fix.kind === 'reachable') return `Use Reachable: keeps ${countOf(fix.rows, 'row')}`;
  if (fix.kind === 'exclude') return `Exclude ${countOf(rows, 'row')}`;
  if (fix.name === 'useFix') return `Fix ${countOf(rows, 'row')}`;
  return fix.name === 'dropAlternates' ? `Keep the first in ${countOf(rows, 'row')}` : `Drop the value in ${countOf(rows, 'row')}`;
}
