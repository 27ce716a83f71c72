import type { ProblemCount } from '#shared/plan/plan.ts';
import type { PlanView } from '../flow/draft.ts';
import type { RowQuery } from '../flow/view.ts';
import { count } from './numbers.ts';
import { Icon, type IconName } from './parts/icon.tsx';
import { type Choice, type ChoiceGroup, Select } from './parts/select.tsx';
import { PROBLEM_TITLES } from './problem-titles.ts';

/** Which rows are listed. */
export type RowFilter = Pick<RowQuery, 'show' | 'code' | 'column'>;

/** One way to narrow the rows, as a line of the list. */
export type FilterEntry = {
  readonly id: string;
  readonly label: string;
  readonly rows: number;
  readonly icon: IconName;
  readonly tone: 'bad' | 'warn' | 'ok' | 'faint';
  readonly filter: RowFilter;
  readonly problem?: ProblemCount;
};
type FilterGroup = { readonly title: string | null; readonly rows: number | null; readonly entries: readonly FilterEntry[] };

/** The groups of the list: all and valid rows, then invalid ones, warnings and duplicates by their reason, largest first. */
export function filterGroups(plan: PlanView, columnLabels: ReadonlyMap<number, string>): readonly FilterGroup[] {
  const { summary } = plan;
  const whole: readonly FilterEntry[] = [
    { id: 'all', label: 'All rows', rows: summary.total, icon: 'list', tone: 'faint', filter: { show: 'all' } },
    { id: 'valid', label: 'Valid', rows: summary.valid, icon: 'check', tone: 'ok', filter: { show: 'valid' } },
  ];
  const byReason = (severity: ProblemCount['severity'], icon: IconName, tone: FilterEntry['tone'], show: RowQuery['show']) =>
    plan.problems
      .filter((problem) => problem.severity === severity)
      .toSorted((a, b) => b.count - a.count)
      .map((problem): FilterEntry => {
        const filter = { show, code: problem.code, ...(problem.column === undefined ? {} : { column: problem.column }) };
        const label = titleOf(problem, plan.problems, columnLabels);
        return { id: `${severity} ${problem.code} ${problem.column ?? ''}`, label, rows: problem.count, icon, tone, filter, problem };
      });
  return [
    { title: null, rows: null, entries: whole },
    { title: 'Invalid, not imported', rows: summary.invalid, entries: byReason('error', 'bad', 'bad', 'invalid') },
    { title: 'Warnings, still imported', rows: summary.warnings, entries: byReason('warning', 'warn', 'warn', 'warnings') },
    { title: 'Duplicates and others', rows: null, entries: byReason('note', 'people', 'faint', 'duplicates') },
  ].filter((group) => group.entries.length > 0);
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
  readonly blank: number;
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
};

/** The list beside the rows; where there is no room beside them, a select above. */
export function ProblemFilter({ groups, blank, chosen, onChoose }: ProblemFilterProps) {
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
          {group.title !== null && (
            <h2>
              {group.title}
              {group.rows !== null && <span class="num">{count(group.rows)}</span>}
            </h2>
          )}
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
      {blank > 0 && (
        <p class="filter filter-plain faint">
          <Icon name="minus" />
          Blank rows
          <span class="num small">{count(blank)}</span>
        </p>
      )}
    </>
  );
}
