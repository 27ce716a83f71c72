import type { ProblemCount } from '#shared/plan/plan.ts';
import type { PlanView } from '../flow/draft.ts';
import type { UnknownColumn } from '../flow/view.ts';
import type { RowFilter } from './grid/use-row-pages.ts';
import { count } from './numbers.ts';
import { Icon, type IconName } from './parts/icon.tsx';
import { type Choice, type ChoiceGroup, Select } from './parts/select.tsx';
import { PROBLEM_TITLES } from './problem-titles.ts';

/** One way to narrow the rows, as a line of the list. */
export type FilterEntry = {
  readonly id: string;
  readonly label: string;
  /** Rows, or different values. */
  readonly rows: number;
  readonly icon: IconName;
  readonly tone: 'bad' | 'warn' | 'ok' | 'ask' | 'faint';
  readonly filter: RowFilter;
  readonly problem?: ProblemCount;
  /** Values to be mapped stand in the place of rows. */
  readonly values?: UnknownColumn;
};
type FilterGroup = { readonly title: string | null; readonly entries: readonly FilterEntry[] };

/** The line of all rows that wait for a decision, where several reasons make them wait. */
export const ALL_REVIEW = 'review';
export function hasAllReview({ summary, problems }: PlanView): boolean {
  return summary.decisions.review > 0 && problems.filter(({ code, count }) => code.startsWith('review') && count > 0).length > 1;
}

/** The groups of the list: whole, then by severity the rows as a whole and by their reason, the largest first. */
export function filterGroups(
  plan: PlanView,
  columnLabels: ReadonlyMap<number, string>,
  unknown: readonly UnknownColumn[] = [],
): readonly FilterGroup[] {
  const { summary } = plan;
  const byReason = (severity: ProblemCount['severity'], icon: IconName, tone: FilterEntry['tone'], filter: RowFilter = {}) =>
    plan.problems
      .filter((problem) => problem.severity === severity && problem.count > 0)
      .toSorted((a, b) => b.count - a.count)
      .map((problem): FilterEntry => {
        const asks = problem.code.startsWith('review');
        const named = { ...filter, code: problem.code, severity, ...(problem.column === undefined ? {} : { column: problem.column }) };
        const label = titleOf(problem, plan.problems, columnLabels);
        const id = `${severity} ${problem.code} ${problem.column ?? ''}`;
        return { id, label, rows: problem.count, icon: asks ? 'ask' : icon, tone: asks ? 'ask' : tone, filter: named, problem };
      });
  const whole = (
    id: string,
    label: string,
    rows: number,
    icon: IconName,
    tone: FilterEntry['tone'],
    filter: RowFilter,
  ): readonly FilterEntry[] => (rows > 0 ? [{ id, label, rows, icon, tone, filter }] : []);
  const values = unknown.map((one): FilterEntry => {
    const filter = { column: one.column };
    return { id: `values ${one.column}`, label: one.label, rows: one.values.length, icon: 'ask', tone: 'warn', filter, values: one };
  });
  const groups: readonly FilterGroup[] = [
    {
      title: null,
      entries: [
        { id: 'all', label: 'All rows', rows: summary.total, icon: 'list', tone: 'faint', filter: { show: 'all' } },
        { id: 'valid', label: 'Valid', rows: summary.valid, icon: 'check', tone: 'ok', filter: { show: 'valid' } },
      ],
    },
    {
      title: 'Invalid, not imported',
      entries: [
        ...whole('invalid', 'All invalid rows', summary.invalid, 'bad', 'bad', { show: 'invalid' }),
        ...byReason('error', 'bad', 'bad'),
      ],
    },
    {
      title: 'Warnings, still imported',
      entries: [
        ...whole('warnings', 'All rows with warnings', summary.warnings, 'warn', 'warn', { show: 'warnings' }),
        ...byReason('warning', 'warn', 'warn'),
      ],
    },
    { title: 'Values nobody knows yet', entries: values },
    {
      title: 'Other',
      entries: [
        ...(hasAllReview(plan)
          ? whole(ALL_REVIEW, 'All for you to decide', summary.decisions.review, 'ask', 'ask', { decisions: ['review'] })
          : []),
        ...byReason('note', 'people', 'faint'),
        ...whole('excluded', 'You took out', summary.excluded, 'cross', 'faint', { decisions: ['exclude'] }),
        ...whole('blank', 'Blank', summary.blank, 'minus', 'faint', { decisions: ['blank'] }),
      ],
    },
  ];
  return groups.filter((group) => group.entries.length > 0);
}

/** The title of a problem; the column is named where several columns have it. */
function titleOf(problem: ProblemCount, all: readonly ProblemCount[], columnLabels: ReadonlyMap<number, string>): string {
  const title = PROBLEM_TITLES[problem.code];
  const isAlone = all.filter((other) => other.code === problem.code && other.severity === problem.severity).length === 1;
  const column = problem.column === undefined ? undefined : columnLabels.get(problem.column);
  return isAlone || !column ? title : `${title}: ${column}`;
}

type ProblemFilterProps = {
  readonly groups: readonly FilterGroup[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
};

/** The list beside the rows; where there is no room beside them, a select above. */
export function ProblemFilter({ groups, chosen, onChoose }: ProblemFilterProps) {
  const choices = groups.flatMap((group): readonly (Choice | ChoiceGroup)[] => {
    const entries = group.entries.map((entry) => ({ value: entry.id, label: `${entry.label} (${count(entry.rows)})` }));
    return group.title === null ? entries : [{ label: group.title, choices: entries }];
  });
  return (
    <>
      <div class="only-narrow">
        <Select name="Show rows" value={chosen} choices={choices} onChoose={onChoose} />
      </div>
      {groups.map((group) => (
        <div key={group.title} class="filter">
          {group.title !== null && <h2>{group.title}</h2>}
          <ul>
            {group.entries.map((entry) => (
              <li key={entry.id}>
                <button type="button" aria-pressed={entry.id === chosen ? 'true' : 'false'} onClick={() => onChoose(entry.id)}>
                  <Icon name={entry.icon} tone={entry.tone} />
                  <span class="cut" title={entry.label}>
                    {entry.label}
                  </span>
                  <span class="num small">{count(entry.rows)}</span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </>
  );
}
