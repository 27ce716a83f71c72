import { expect } from 'vitest';
import { decideRows } from '../../../server/imports/decide-rows.ts';
import { undoImport } from '../../../server/imports/undo-import.ts';
import { expectSameImport, readStored } from './compare-worlds.ts';
import { about, carryOut, isHeld, judge, type ModelLead, type ModelRow, takeBack, type Verdict } from './model.ts';
import { withoutIds } from './play-import.ts';
import { good } from './send-import.ts';
import { forgetList, type Of, pick, type Stage, type Told } from './stage.ts';
import type { Answer } from './words.ts';

/** Takes an import back; with nothing done since, everything is as before it. */
export async function playUndo(stage: Stage, { at }: Of<'undo'>): Promise<void> {
  const told = pick(stage.told, at);
  if (!told) return;
  const { backend, actor } = stage.server;
  const trial = good(await undoImport(backend, actor, told.id, { dryRun: true }));
  const done = good(await undoImport(backend, actor, told.id));
  if (told.undone) return;
  expect(trial, 'what the undo was said to come to').toEqual({ ...done, state: 'complete', dryRun: true, message: trial.message });
  const { removed, restored, kept } = takeBack(stage, told);
  const named = kept.map(({ lead, reason, fields }) => `${lead.id} ${reason} ${fields.join()}`).sort();
  const answered = done.kept
    .map(({ leadId, reason, fields }) => `${leadId} ${reason} ${(fields ?? []).map((one) => `${one.field} ${one.reason}`).sort()}`)
    .sort();
  expect({ removed: done.removed, restored: done.restored, kept: answered, keptCount: done.keptCount }).toEqual({
    removed,
    restored,
    kept: named,
    keptCount: named.length,
  });
  const list = stage.lists.find((one) => one.at === told.list);
  const isMade = stage.told.some((one) => one.list === told.list && one.madeList && one.undone);
  if (list && isMade && !stage.leads.some((lead) => lead.lists.has(list.at))) forgetList(stage, list);
  const chapter = stage.chapters.get(told);
  if (stage.untouched.pop() !== told) stage.untouched = [];
  else if (chapter && !done.kept.some(({ reason }) => reason === 'suppressed'))
    expect(withoutIds(await readStored(stage.server)), 'as before the import').toEqual(withoutIds(chapter.before));
}

/** Decides rows of an import in review. */
export async function playDecide(stage: Stage, { at, as, row: which, lead: other }: Of<'decide'>): Promise<void> {
  const told = pick(stage.told, at);
  if (!told) return;
  const open = told.rows.filter(({ bucket }) => bucket === 'review');
  const { backend, actor } = stage.server;
  const named = other === undefined || as !== 'same' ? undefined : pick(stage.leads, other);
  const chosen = which === 'all' ? open : [pick(open, which)].filter((one) => one !== undefined);
  if (which !== 'all' && chosen.length === 0) return;
  const done = await decideRows(
    backend,
    actor,
    told.id,
    which === 'all' ? { all: { as } } : { decisions: chosen.map(({ line }) => ({ line, as, ...(named ? { leadId: named.id } : {}) })) },
  );
  if (told.undone) return expect(done.ok).toBe(false);
  if (chosen.length > 0 && !claimList(stage, told)) return expect(done.ok).toBe(false);
  const target = new Map(chosen.map((row) => [row, which === 'all' || !named ? onlyCandidate(stage, row, told) : named]));
  const able = chosen.filter((row) => {
    if (as === 'skip') return true;
    return as === 'create' ? row.kept : (row.kept && isHeld(stage, row.values)) || (target.get(row) ?? null) !== null;
  });
  if (which !== 'all') expect(done.ok).toBe(able.length === chosen.length);
  if (claimedId(stage, told) === '') await learnClaimed(stage, told);
  if (done.ok) for (const row of able) carryOut(stage, row, decided(stage, row, as, target.get(row) ?? null, told), told);
  await expectSameImport(stage, told);
}

/** A list that was deleted is made again by its name; one that was named by its id is not. */
function claimList(stage: Stage, told: Told): boolean {
  if (told.list !== -1) return true;
  if (!told.madeList) return false;
  const found = stage.lists.find(({ name }) => name.toLowerCase() === told.listName.toLowerCase());
  const list = found ?? { at: stage.listCount++, id: '', name: told.listName };
  if (!found) stage.lists.push(list);
  told.list = list.at;
  return true;
}
const claimedId = (stage: Stage, told: Told) => stage.lists.find((one) => one.at === told.list)?.id;
async function learnClaimed(stage: Stage, told: Told): Promise<void> {
  const stored = (await readStored(stage.server)).lists.find((one) => one.name === told.listName);
  const list = stage.lists.find((one) => one.at === told.list);
  if (list) list.id = stored?.id ?? 'no such list';
}

function onlyCandidate(stage: Stage, row: ModelRow, told: Told): ModelLead | null {
  const asStored = { ...told, seesRows: false };
  const found =
    row.kept && !isHeld(stage, row.values)
      ? stage.leads.filter(
          (lead) =>
            judge({ leads: [lead], entries: [] }, row.values, {
              ...asStored,
              policy: { ...told.policy, onDuplicate: 'skip', require: 'reachable' },
              wrote: new Map(),
            }).bucket !== 'created',
        )
      : [];
  const all = new Set([...found, ...(row.about && stage.leads.includes(row.about) ? [row.about] : [])]);
  return all.size === 1 ? ([...all][0] ?? null) : null;
}

function decided(stage: Stage, row: ModelRow, as: Answer, target: ModelLead | null, told: Told): Verdict {
  if (as === 'skip') return { bucket: 'duplicate', about: target, changes: [] };
  if (as === 'same' && target && !isHeld(stage, row.values)) return about(target, row.kept ? row.values : {}, told);
  return judge(stage, row.values, { ...told, seesRows: false, policy: { ...told.policy, onDuplicate: 'create', require: 'reachable' } });
}
