import type { OptOutChoice } from '#shared/plan/opt-out-column.ts';
import { doneSteps, type Repair } from '#shared/plan/repair.ts';
import type { SinceChoice } from '#shared/plan/since-rows.ts';
import type { ReadOptions } from '#shared/table/table.ts';
import type { WithTable } from './draft-state.ts';

/** What the workspace was asked with, as one text to compare: the plan's basis without what was done to the rows. */
export function groundBasis(state: WithTable): string {
  const list = state.list.kind === 'existing' ? state.list.id : state.list.name.trim().toLowerCase();
  const since = sinceChoice(state);
  const rows = since ? [sortedText(since)] : [];
  return JSON.stringify([state.file.chosenAt, textOfRead(state.read), list, state.mapping.map(sortedText), state.policy, ...rows]);
}

/** Which rows of a sheet are wanted since its last import; null = all of them. */
export function sinceChoice({ since, table }: WithTable): SinceChoice | null {
  return since && since !== 'all' && table.since ? since : null;
}

/** Names what was compared with a sheet's last import. */
export function sinceBasis({ chosenAt, read }: { readonly chosenAt: number; readonly read: ReadOptions }): string {
  return `${chosenAt} ${textOfRead(read)}`;
}

/** Everything a plan depends on, as one text to compare. */
export function planBasis(state: WithTable): string {
  return groundBasis(state) + textOfRepair(state.repair) + textOfChoices(state.optOuts);
}

/** Which opt-out columns count other than by default. */
export function textOfChoices(choices: readonly OptOutChoice[] = []): string {
  return choices.map(({ column, on }) => `${on ? '+' : '!'}${column}`).join('');
}

/** Since when the opt-outs of a file count: the day it was chosen, as ISO moment. */
export function sinceOf({ chosenAt }: { readonly chosenAt: number }): string {
  return new Date(chosenAt).toISOString();
}

const texts = new WeakMap<Repair, string>();

/** A repair can be long, and its text is asked for at every turn: it is made once. */
function textOfRepair(repair: Repair | undefined): string {
  if (!repair || repair.done === 0) return '';
  const known = texts.get(repair);
  if (known !== undefined) return known;
  const text = JSON.stringify(doneSteps(repair));
  texts.set(repair, text);
  return text;
}

/** Whatever options there are: the same ones are the same text, in any order. */
export function textOfRead(read: ReadOptions): string {
  return sortedText(read);
}
export function isSameRead(a: ReadOptions, b: ReadOptions): boolean {
  return textOfRead(a) === textOfRead(b);
}
/** A flat object as text; what is undefined is not there. */
function sortedText(flat: object): string {
  return JSON.stringify(
    Object.entries(flat)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
