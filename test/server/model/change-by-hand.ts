import { expect } from 'vitest';
import { changeLeads, patchLead } from '../../../server/leads/change-leads.ts';
import { createList, deleteList, renameList } from '../../../server/leads/lists.ts';
import { addSuppressions, listSuppressions, removeSuppressions } from '../../../server/leads/suppressions.ts';
import { change, isHeld, type ModelLead, withValue } from './model.ts';
import { good } from './send-import.ts';
import { forgetList, listNamed, type Play, pick, type Stage } from './stage.ts';
import { type Command, ENTRIES, LISTS } from './words.ts';

/** What is done by hand: to leads, lists and the suppression list. */
export const BY_HAND = {
  edit: async (stage, { at, patch }) => {
    const lead = pick(stage.leads, at);
    if (!lead) return;
    const changes = Object.entries(patch).flatMap(([field, value]) => {
      const old = lead.values[field as keyof typeof lead.values] ?? '';
      return old === value ? [] : [{ field: field as keyof typeof lead.values, old, new: value ?? '' }]; // keys are fields
    });
    const { 'custom:City': city, tags: _, ...texts } = patch;
    const custom = city === undefined ? {} : { customFields: city === '' ? [] : [{ label: 'City', value: city }] };
    const done = await patchLead(stage.server.backend, stage.server.actor, lead.id, { ...texts, ...custom });
    const brings = changes.reduce((values, one) => withValue(values, one.field, one.new), {});
    expect(done.ok ? 'ok' : done.error.code).toBe(isHeld(stage, brings) ? 'SUPPRESSED' : 'ok');
    if (done.ok) change(lead, changes, null);
  },
  place: async (stage, { at, list }) => {
    const lead = pick(stage.leads, at);
    const target = listNamed(stage, list);
    if (!lead || !target) return;
    good(await bulk(stage, lead, { addToList: target.id }));
    if (!lead.lists.has(target.at)) lead.lists.set(target.at, null);
  },
  unplace: async (stage, { at, list }) => {
    const lead = pick(stage.leads, at);
    const target = listNamed(stage, list);
    if (!lead || !target) return;
    good(await bulk(stage, lead, { removeFromList: target.id }));
    lead.lists.delete(target.at);
  },
  tag: async (stage, { at, tag }) => {
    const lead = pick(stage.leads, at);
    if (!lead) return;
    good(await bulk(stage, lead, { addTags: [tag] }));
    setTags(lead, [
      ...tagsOf(lead).filter((one) => one !== tag || tagsOf(lead).includes(tag)),
      ...(tagsOf(lead).includes(tag) ? [] : [tag]),
    ]);
  },
  untag: async (stage, { at, tag }) => {
    const lead = pick(stage.leads, at);
    if (!lead) return;
    good(await bulk(stage, lead, { removeTags: [tag] }));
    setTags(
      lead,
      tagsOf(lead).filter((one) => one !== tag),
    );
  },
  delete: async (stage, { at }) => {
    const lead = pick(stage.leads, at);
    if (!lead) return;
    good(await bulk(stage, lead, { delete: true }));
    stage.leads.splice(stage.leads.indexOf(lead), 1);
    // Deleted for good means the originals that tell of the lead, too.
    for (const row of stage.told.flatMap(({ rows }) => rows)) if (row.about === lead) Object.assign(row, { about: null, kept: false });
  },
  addList: async (stage, { list }) => {
    const made = await createList(stage.server.backend, stage.server.actor, { name: LISTS[list] ?? '' });
    expect(made.ok).toBe(listNamed(stage, list) === undefined);
    if (made.ok) stage.lists.push({ at: stage.listCount++, id: made.value.id, name: made.value.name });
  },
  dropList: async (stage, { list }) => {
    const target = listNamed(stage, list);
    if (!target) return;
    const done = await deleteList(stage.server.backend, stage.server.actor, target.id);
    expect(done.ok).toBe(target.at !== 0);
    if (done.ok) forgetList(stage, target);
  },
  renameList: async (stage, { list, to }) => {
    const target = listNamed(stage, list);
    if (!target) return;
    const holder = listNamed(stage, to);
    const name = LISTS[to] ?? '';
    const done = await renameList(stage.server.backend, stage.server.actor, target.id, { name });
    expect(done.ok).toBe(!holder || holder === target);
    if (done.ok) target.name = name;
  },
  suppress: async (stage, { entry }) => {
    const one = ENTRIES[entry];
    if (!one) return;
    good(await addSuppressions(stage.server.backend, stage.server.actor, [one]));
    if (stage.entries.includes(one)) return;
    stage.entries.push(one);
    for (const lead of stage.leads) if (isHeld({ leads: [], entries: [one] }, lead.values)) lead.blocked = true;
  },
  unsuppress: async (stage, { entry }) => {
    const one = ENTRIES[entry];
    const { backend, actor } = stage.server;
    const { suppressions } = good(await listSuppressions(backend, actor));
    const stored = suppressions.find(({ kind, value }) => kind === one?.kind && value === one.value);
    if (!one || !stored) return;
    await removeSuppressions(backend, actor, [stored.id]);
    stage.entries.splice(stage.entries.indexOf(one), 1);
  },
} as const satisfies { readonly [K in Exclude<Command['kind'], 'import' | 'again' | 'undo' | 'decide' | 'restart'>]: Play<K> };

async function bulk(stage: Stage, lead: ModelLead, what: Parameters<typeof changeLeads>[3]) {
  return await changeLeads(stage.server.backend, stage.server.actor, { ids: [lead.id] }, what);
}
const tagsOf = (lead: ModelLead) => (lead.values.tags ? lead.values.tags.split('; ') : []);
function setTags(lead: ModelLead, tags: readonly string[]): void {
  const old = lead.values.tags ?? '';
  if (tags.join('; ') !== old) change(lead, [{ field: 'tags', old, new: tags.join('; ') }], null);
}
