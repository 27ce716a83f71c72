import type { RepairStep } from '#shared/plan/repair.ts';
import { LOCALE } from './locale.ts';
import { count, countOf } from './numbers.ts';
import { PROBLEM_TITLES } from './problem-titles.ts';

const COUNTRIES = new Intl.DisplayNames(LOCALE, { type: 'region' });
const ANSWERS = { create: 'another person', same: 'the same person', skip: 'left out' } as const;

/** What a step did, as the end of "Undo: …". */
export function repairWords(step: RepairStep, columnLabels: ReadonlyMap<number, string>): string {
  const label = (column: number) => columnLabels.get(column) ?? '';
  switch (step.kind) {
    case 'edit':
      return `${label(step.column)} in line ${count(step.line)}`;
    case 'setCountry':
      return `${COUNTRIES.of(step.country) ?? step.country} for ${label(step.column)}`;
    case 'dropValues':
      return `values dropped in ${label(step.column)}`;
    case 'trim':
      return step.column === undefined ? 'outer blanks removed' : `outer blanks removed in ${label(step.column)}`;
    case 'replaceValue':
      return `“${step.from}” as “${step.to}”`;
    case 'useFix':
      return `suggestions in ${label(step.column)}`;
    case 'exclude':
      return `${countOf(step.lines.length, 'row')} taken out`;
    case 'include':
      return `${countOf(step.lines.length, 'row')} put back`;
    case 'excludeProblem':
      return `rows taken out: ${PROBLEM_TITLES[step.code]}`;
    case 'decide':
      return step.lines === 'all' ? `all ${ANSWERS[step.as]}` : `${countOf(step.lines.length, 'row')} ${ANSWERS[step.as]}`;
  }
}
