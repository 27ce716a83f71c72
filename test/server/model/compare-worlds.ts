import { expect } from 'vitest';
import { isHeld, keysOf } from './model.ts';
import type { ModelServer } from './open-model-store.ts';
import { toValues } from './send-import.ts';
import type { Stage, Told } from './stage.ts';
import { EMAILS, PHONES, PROFILES, type Values } from './words.ts';

/** Everything stored that people see of leads and lists. */
export type Stored = {
  readonly leads: readonly {
    readonly id: string;
    readonly values: Values;
    readonly blocked: boolean;
    readonly listIds: readonly string[];
  }[];
  readonly lists: readonly { readonly id: string; readonly name: string; readonly leadCount: number }[];
};

export async function readStored({ backend, actor }: ModelServer): Promise<Stored> {
  const page = await backend.store.readLeadsAfter(actor.workspace, { after: 0, limit: 1_000, withDoNotContact: true });
  if (page === 'list_not_found') throw new Error(page);
  const lists = await backend.store.listLists(actor.workspace);
  return {
    leads: page.leads
      .map(({ id, lead, doNotContact, listIds }) => ({
        id,
        values: sorted(toValues(lead)),
        blocked: doNotContact,
        listIds: [...listIds].sort(),
      }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    lists: lists.map(({ id, name, leadCount }) => ({ id, name, leadCount })).sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

/** Leads, lists and keys are as the model has them, and whoever is on the suppression list is marked. */
export function expectSame(stage: Stage, now: Stored): void {
  const idOf = (at: number) => stage.lists.find((list) => list.at === at)?.id ?? `no list ${at}`;
  const leads = stage.leads.map(({ id, values, blocked, lists }) => ({
    id,
    values: sorted(values),
    blocked,
    listIds: [...lists.keys()].map(idOf).sort(),
  }));
  expect(now.leads).toEqual(leads.sort((a, b) => (a.id < b.id ? -1 : 1)));
  const lists = stage.lists.map(({ at, id, name }) => ({ id, name, leadCount: stage.leads.filter((lead) => lead.lists.has(at)).length }));
  expect(now.lists).toEqual(lists.sort((a, b) => (a.id < b.id ? -1 : 1)));
  for (const { blocked, values } of now.leads) if (isHeld(stage, values)) expect(blocked, 'an opt-out is never lost').toBe(true);
}

/** The receipt is counted from the rows, every row is in the one bucket the model says, and ids of new leads are learnt. */
export async function expectSameImport(stage: Stage, told: Told): Promise<void> {
  const { store } = stage.server.backend;
  const { workspace } = stage.server.actor;
  const page = await store.readImportRows(workspace, told.id, { limit: 100 });
  if (!page || page === 'bad_cursor') throw new Error('the import is gone');
  for (const row of told.rows) {
    const stored = page.rows.find(({ line }) => line === row.line);
    if (row.about?.id === '') row.about.id = stored?.leadId ?? 'no lead';
  }
  expect(page.rows.map(({ line, bucket }) => `${line} ${bucket}`)).toEqual(told.rows.map(({ line, bucket }) => `${line} ${bucket}`));
  const found = await store.readImport(workspace, told.id);
  const counts = Object.entries(found?.import.counters ?? {}).filter(([, count]) => count > 0);
  const wanted = new Map<string, number>();
  for (const { bucket } of told.rows) wanted.set(bucket, (wanted.get(bucket) ?? 0) + 1);
  expect(new Map(counts), 'the receipt').toEqual(wanted);
  expect(
    counts.reduce((sum, [, count]) => sum + count, 0),
    'the buckets add up',
  ).toBe(found?.import.total);
  expect(found?.import.changedSincePreview, 'nothing changed since the preview').toBe(0);
  expect(found?.import.state).toBe(told.undone ? 'undone' : 'complete');
}

/** Everybody is found by every key of theirs, and by no key they do not have any more. */
export async function expectSameKeys(stage: Stage): Promise<void> {
  const { backend, actor } = stage.server;
  const keys = [
    ...EMAILS.map((value) => ({ kind: 'email' as const, value })),
    ...PHONES.map((value) => ({ kind: 'phone' as const, value })),
    ...PROFILES.map((value) => ({ kind: 'linkedin' as const, value })),
  ];
  const found = await backend.store.matchKeys(actor.workspace, keys);
  if (found === 'list_not_found') throw new Error(found);
  const text = (kind: string, value: string, id: string) => `${kind} ${value.slice(value.lastIndexOf('/') + 1)} ${id}`;
  const stored = found.flatMap(({ key, leads }) => leads.map(({ id }) => text(key.kind, key.value, id)));
  const wanted = stage.leads.flatMap(({ id, values }) => keysOf(values).map(([kind, value]) => text(kind, value, id)));
  expect([...new Set(stored)].sort()).toEqual([...new Set(wanted)].sort());
}

function sorted(values: Values): Values {
  return Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))); // the same keys
}
