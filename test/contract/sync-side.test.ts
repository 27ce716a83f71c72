import { describe, expect, test } from 'vitest';
import type { SideItem } from '../../shared/crm/side-item.ts';
import { ANN, AT, pull, record } from './sync-benches.ts';
import { inEveryStore } from './sync-suite.ts';

const BEA = { firstname: 'Bea', lastname: 'Orr', email: 'bea@example.com' };

inEveryStore('deals and activities', (suite) => {
  const item = (kind: SideItem['kind'], id: string, of: readonly string[], rest: Partial<SideItem> = {}): SideItem => ({
    kind,
    id,
    title: `${kind} ${id}`,
    at: AT,
    modifiedAt: AT,
    facts: [{ name: 'status', value: 'Open' }],
    of: of.map((one) => ({ type: 'contact', id: one })),
    isGone: false,
    ...rest,
  });
  const save = (...items: readonly SideItem[]) => suite().bench.store.saveSideItems(suite().run, items);
  const seenOn = async (leadId: string) => {
    const { bench } = suite();
    return (await bench.store.listSideItems(bench.workspace, leadId)).map(({ kind, id }) => `${kind} ${id}`).sort();
  };
  /** Records whose company is to be looked at: never before, and before a moment. */
  const due = async (before = AT) => {
    const { bench, run } = suite();
    return (await bench.store.listSideDue(run.fence, 'contact', before, 9)).map(({ remoteId }) => remoteId);
  };
  const noteRead = async (
    remoteIds: readonly string[],
    kept: readonly SideItem[],
    at = AT,
    kinds: readonly SideItem['kind'][] = ['deal', 'call'],
  ) => {
    const { bench, run, links } = suite();
    const linkIds = (await links()).filter(({ remoteId }) => remoteIds.includes(remoteId)).map(({ id }) => id);
    await bench.store.noteSideRead(run, { linkIds, kinds, kept, at });
  };

  describe('whose are to be looked at', () => {
    test('who was linked just now, first; then who was looked at longest ago; nobody twice in a while', async () => {
      const { made } = suite();
      await made();
      await made(BEA, '2');
      expect(await due()).toEqual(['1', '2']);
      await noteRead(['1'], [], AT - 5);
      expect(await due()).toEqual(['2', '1']);
      await noteRead(['2'], [], AT - 9);
      expect(await due()).toEqual(['2', '1']);
      expect(await due(AT - 5)).toEqual(['2']);
      await noteRead(['1', '2'], [], AT);
      expect(await due()).toEqual([]);
    });

    test('nobody who was linked before everything is read from the beginning; who comes later is', async () => {
      const { bench, run, made } = suite();
      await made();
      await bench.store.noteAllSideRead(run, AT);
      await made(BEA, '2');
      expect(await due()).toEqual(['2']);
    });

    test('a record that is read again, and is still this lead’s, is not looked at again', async () => {
      const { bench, run, made } = suite();
      await made();
      await noteRead(['1'], []);
      await pull(bench, run, record('1', { ...ANN, jobtitle: 'CTO' }));
      expect(await due()).toEqual([]);
    });

    test('the survivor of a merge, also where it is another lead’s already', async () => {
      const { bench, run, links, made } = suite();
      await made();
      await made(BEA, '2');
      await noteRead(['1', '2'], []);
      const [ann, bea] = await links();
      if (!ann || !bea) throw new Error('no links');
      await bench.store.moveLink(run, bea, record('1', ANN).record);
      expect(await due()).toEqual(['1']);
      await noteRead(['1'], []);
      await bench.store.moveLink(run, ann, record('7', ANN).record);
      expect(await due()).toEqual(['7']);
    });

    test('a record that a person said a lead is', async () => {
      const { bench, run, errors } = suite();
      const leadId = await bench.addLead({ firstName: 'Bea', email: 'bea@example.com' });
      await bench.store.noteAllSideRead(run, AT);
      const failure = { kind: 'duplicate', code: '409', message: '' } as const;
      await bench.store.noteErrors(run, [{ type: 'contact', leadId, remoteId: null, stage: 'push', failure, nextAt: null }]);
      const act = { workspace: bench.workspace, member: null, at: AT };
      const choice = { kind: 'link', type: 'contact', remoteId: '9' } as const;
      expect(await bench.store.retryError(act, bench.connection, (await errors())[0]?.id ?? '', choice)).toBe('done');
      expect(await due()).toEqual(['9']);
    });

    test('one that lay in the bin is not asked for, and is again when it comes back', async () => {
      const { bench, run, link, made } = suite();
      await made();
      await noteRead(['1'], []);
      await bench.store.markGone(run, await link(), 'archived', false);
      expect(await due()).toEqual([]);
      await pull(bench, run, record('1', ANN));
      expect(await due()).toEqual(['1']);
    });
  });

  describe('what is found on a record', () => {
    test('what hangs on it no more goes, of the kinds that could be read; what hangs on another too stays there', async () => {
      const { made } = suite();
      const [ann, bea] = [await made(), await made(BEA, '2')];
      const [ours, stays] = [item('deal', 'ours', ['1', '2']), item('deal', 'stays', ['1'])];
      await save(ours, stays, item('deal', 'gone', ['1']), item('call', 'c', ['1']), item('email', 'e', ['1']));
      await noteRead(['1'], [stays]);
      expect(await seenOn(ann)).toEqual(['deal stays', 'email e']);
      expect(await seenOn(bea)).toEqual(['deal ours']);
    });

    test('one that was moved to another person is that person’s', async () => {
      const { made } = suite();
      const [ann, bea] = [await made(), await made(BEA, '2')];
      await save(item('deal', 'd', ['1']));
      await save(item('deal', 'd', ['2']));
      expect([await seenOn(ann), await seenOn(bea)]).toEqual([[], ['deal d']]);
      await save(item('deal', 'd', ['nobody']));
      expect(await seenOn(bea)).toEqual([]);
    });

    test('only what is new or other than before counts', async () => {
      const { made } = suite();
      await made();
      expect(await save(item('deal', 'd', ['1']), item('deal', 'nobodys', ['9']))).toBe(1);
      expect(await save(item('deal', 'd', ['1']))).toBe(0);
      expect(await save(item('deal', 'd', ['1'], { facts: [{ name: 'stage', value: 'Won' }] }))).toBe(1);
    });

    test('whether there is any of a kind is known', async () => {
      const { bench, run, made } = suite();
      await made();
      await save(item('call', 'c', ['1']));
      expect([await bench.store.hasSideItems(run.fence, 'call'), await bench.store.hasSideItems(run.fence, 'deal')]).toEqual([true, false]);
    });
  });

  describe('when a link ends', () => {
    test('of a lead that was deleted, and of a record that was erased there, nothing is left', async () => {
      const { bench, run, links, made } = suite();
      const [ann, bea] = [await made(), await made(BEA, '2')];
      await save(item('deal', 'a', ['1']), item('deal', 'b', ['2']));
      await bench.deleteLead(ann);
      const [link] = await links();
      if (!link) throw new Error('no link');
      await bench.store.markGone(run, link, 'purged', false);
      expect([await seenOn(ann), await seenOn(bea), await bench.store.hasSideItems(run.fence, 'deal')]).toEqual([[], [], false]);
    });

    test('merged into another lead’s record, they leave the one lead; read there, they stand on the other', async () => {
      const { bench, run, links, made } = suite();
      const [ann, bea] = [await made(), await made(BEA, '2')];
      await save(item('deal', 'd', ['2']));
      const link = (await links()).find(({ remoteId }) => remoteId === '2');
      if (!link) throw new Error('no link');
      await bench.store.moveLink(run, link, record('1', ANN).record);
      expect([await seenOn(ann), await seenOn(bea)]).toEqual([[], []]);
      await save(item('deal', 'd', ['1']));
      expect([await seenOn(ann), await seenOn(bea)]).toEqual([['deal d'], []]);
    });

    test('of a record that was merged or converted they stay with the lead, under the new id', async () => {
      const { bench, run, link, made } = suite();
      const ann = await made();
      await save(item('deal', 'd', ['1']));
      await bench.store.moveLink(run, await link(), record('L9', ANN, { type: 'lead' }).record);
      expect(await bench.store.listSideItems(bench.workspace, ann)).toMatchObject([{ id: 'd', of: [{ type: 'lead', id: 'L9' }] }]);
      expect(await bench.store.listSideDue(run.fence, 'lead', AT, 9)).toMatchObject([{ remoteId: 'L9' }]);
    });
  });
});
