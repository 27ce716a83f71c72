import { expect, test } from 'vitest';
import type { TimeWindow } from '../../server/crm/adapter.ts';
import { readAll, unwrap } from '../support/crm-answers.ts';
import { type contractRecords, SKEW_MS } from './contract-records.ts';
import type { CrmWorld } from './crm-world.ts';

/** What every adapter keeps of lists, views and campaigns. */
export function scopeContract({ add, fields, run }: ReturnType<typeof contractRecords>, world: () => CrmWorld): void {
  test('a list, view or campaign narrows what is listed', async (t) => {
    const { gather } = world().people;
    if (!gather) return t.skip('nothing can be gathered here');
    const { ids } = await add(3);
    const [outside = '', ...inside] = ids;
    const scope = await gather(`Leadline test ${run}`, inside);
    await world().settle();
    const { choices } = unwrap(await world().crm.listScopes(world().type, scope.name.slice(2)));
    expect(choices.map((choice) => choice.scope)).toEqual([scope]);
    expect(unwrap(await world().crm.findScope(world().type, scope)).scope).toEqual(scope);
    const others = unwrap(await world().crm.listScopes(world().type, `${scope.name} that nobody made`));
    expect(others).toEqual({ choices: [], hasMore: false });
    const records = await readAll((page) => world().crm.listRecords(world().type, scope, fields(), page));
    expect(records.map(({ id }) => id).sort()).toEqual(inside.sort());
    expect(unwrap(await world().crm.countRecords(world().type, scope))).toBe(2);
    const from = world().now() - SKEW_MS;
    for (const id of ids) await world().people.edit(id, { [world().names.first]: 'Moved' });
    const to = world().now() + SKEW_MS;
    await world().settle();
    const changed = new Set(await readAll((page) => world().crm.listChanged(world().type, scope, { from, to }, page)));
    expect([changed.has(outside), inside.every((id) => changed.has(id))]).toEqual([false, true]);
  });

  test('who joins a list or campaign counts as changed there, who was in it before does not', async (t) => {
    const { gather } = world().people;
    if (!gather) return t.skip('nothing can be gathered here');
    const { ids } = await add(2);
    await world().settle(2 * SKEW_MS);
    const from = world().now() - SKEW_MS;
    const scope = await gather(`Leadline later ${run}`, ids);
    const to = world().now() + SKEW_MS;
    await world().settle();
    const within = (window: TimeWindow) => readAll((page) => world().crm.listChanged(world().type, scope, window, page));
    expect((await within({ from, to })).toSorted()).toEqual(ids.toSorted());
    expect(await within({ from: to + 1, to: to + SKEW_MS })).toEqual([]);
  });
}
