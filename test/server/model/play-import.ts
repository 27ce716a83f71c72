import { expect } from 'vitest';
import { expectSameImport, readStored, type Stored } from './compare-worlds.ts';
import { about, carryOut, judge, type ModelRow, type Verdict } from './model.ts';
import { planAsExtension, sendCall, sendChunks, sendFile, sendRows, type Target } from './send-import.ts';
import { forgetList, listNamed, type ModelList, type Of, pick, type Stage, type Told } from './stage.ts';
import { type Answer, LISTS } from './words.ts';

/** Sends the people as the command says, and lets the model judge them row by row. */
export async function playImport(stage: Stage, command: Of<'import'>, before: Stored): Promise<void> {
  const { how, policy, answer } = command;
  const people = how === 'plan' ? command.people : command.people.filter((person) => Object.keys(person).length > 0);
  if (people.length === 0) return;
  const listAt = how === 'api' && !listNamed(stage, command.list) ? 0 : command.list;
  const found = how === 'api' ? (listNamed(stage, listAt) ?? stage.lists[0]) : listNamed(stage, listAt);
  const target: Target = found ? { id: found.id } : { name: LISTS[listAt] ?? '' };
  const { server } = stage;
  const importId = await (async () => {
    if (how === 'file') return await sendFile(server, people, policy, target);
    if (how === 'rows') return await sendRows(server, people, policy, target);
    if (how === 'api') return await sendCall(server, people, policy, found?.id ?? '');
    const plan = await planAsExtension(server, people, policy, found?.id ?? null, answer);
    return await sendChunks(server, plan.rows, policy, target);
  })();
  const list = found ?? (await nameNewList(stage, listAt));
  const unattended = how === 'api';
  const scope = how === 'api' ? 'list' : policy.scope;
  const line = (index: number) => (how === 'api' ? index + 1 : index + 2);
  const rows = people.map((values, index): ModelRow => ({ line: line(index), values, bucket: '', about: null, kept: false }));
  const seesRows = how === 'plan' || how === 'file';
  const told: Told = {
    at: stage.told.length,
    id: importId,
    policy: { ...policy, scope },
    unattended,
    seesRows,
    list: list.at,
    listName: list.name,
    madeList: !found,
    rows,
    wrote: new Map(),
    undone: false,
    command,
  };
  stage.told.push(told);
  for (const row of rows)
    carryOut(stage, row, answered(stage, row, judge(stage, row.values, told), told, how === 'plan' ? answer : undefined), told);
  // A list nobody came into, and nobody can any more, was not made.
  const isAwaited = rows.some(({ bucket }) => bucket === 'review' || bucket === 'rejected');
  if (!found && !isAwaited && !stage.leads.some((lead) => lead.lists.has(list.at))) forgetList(stage, list);
  await expectSameImport(stage, told);
  stage.chapters.set(told, { before, entries: entriesOf(stage), counts: countsOf(told) });
  stage.untouched.push(told);
}

/** What is said to a row in review before it is sent. */
function answered(stage: Stage, row: ModelRow, verdict: Verdict, told: Told, answer: Answer | undefined): Verdict {
  if (verdict.bucket !== 'review' || !answer) return verdict;
  const { above } = verdict;
  if (answer === 'skip') return { bucket: 'excluded', about: null, changes: [] };
  if (answer === 'same')
    return verdict.about ? about(verdict.about, row.values, told) : above ? { bucket: 'duplicate', about: above, changes: [] } : verdict;
  // Not the person of the row above, but by an address or profile it may still be somebody who is stored.
  const apart = judge({ ...stage, leads: stage.leads.filter((lead) => !told.wrote.has(lead)) }, row.values, told);
  return above && apart.bucket !== 'review' ? apart : { bucket: 'created', about: null, changes: [] };
}

async function nameNewList(stage: Stage, at: number): Promise<ModelList> {
  const name = LISTS[at] ?? '';
  const made = (await readStored(stage.server)).lists.find((one) => one.name === name);
  const list = { at: stage.listCount++, id: made?.id ?? 'no such list', name };
  stage.lists.push(list);
  return list;
}

/** Sends an import once more; where everything is as it was before the first time, the same becomes of it. */
export async function playAgain(stage: Stage, { at }: Of<'again'>, before: Stored): Promise<void> {
  const told = pick(stage.told, at);
  if (!told) return;
  const chapter = stage.chapters.get(told);
  const isAsThen = told.undone && chapter?.entries === entriesOf(stage) && isSameStored(before, chapter.before);
  await playImport(stage, told.command, before);
  const now = stage.told.at(-1);
  if (isAsThen && now) expect(countsOf(now), 'the same file again after its undo').toBe(chapter.counts);
}

const entriesOf = (stage: Stage) =>
  stage.entries
    .map(({ value }) => value)
    .sort()
    .join();
function countsOf(told: Told): string {
  return told.rows.map(({ bucket }) => bucket).join();
}
/** What must be the same again after an undo. */
export const withoutIds = ({ leads, lists }: Stored) => ({
  leads: leads.map(({ listIds: _, ...lead }) => ({ ...lead, lists: _.length })),
  lists: lists.map(({ name, leadCount }) => `${name} ${leadCount}`).sort(),
});
const isSameStored = (a: Stored, b: Stored) => JSON.stringify(withoutIds(a)) === JSON.stringify(withoutIds(b));
