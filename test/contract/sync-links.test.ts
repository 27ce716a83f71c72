import { describe, expect, test } from 'vitest';
import { ANN, AT, pull, record, SETTINGS } from './sync-benches.ts';
import { inEveryStore } from './sync-suite.ts';

const BEA = { firstname: 'Bea', lastname: 'Orr', email: 'bea@example.com' };

inEveryStore('what hangs on a record', (suite) => {
  describe('records that move or go', () => {
    test('the survivor of a merge answers for the lead', async () => {
      const { bench, run, links, link, made } = suite();
      const leadId = await made();
      const only = await link();
      expect(await bench.store.moveLink(run, only, record('2', ANN).record)).toBe('moved');
      expect(await links()).toMatchObject([{ leadId, remoteId: '2', aliases: ['1'], state: 'linked' }]);
      expect((await links())[0]?.base?.get('title')).toBe('Chief');
    });

    test('a survivor that is another lead’s ends this link and asks', async () => {
      const { bench, run, links, errors, made } = suite();
      await made();
      const leadId = await made(BEA, '2');
      const link = (await links()).find(({ remoteId }) => remoteId === '2');
      if (!link) throw new Error('no link');
      expect(await bench.store.moveLink(run, link, record('1', ANN).record)).toBe('two_leads');
      expect(await links()).toHaveLength(1);
      expect(await errors()).toMatchObject([{ leadId, kind: 'duplicate', failure: { code: 'two_leads' } }]);
    });

    test('what was converted has another type and is merged anew', async () => {
      const { bench, run, links, link, made } = suite();
      await made();
      const only = await link();
      expect(await bench.store.moveLink(run, only, record('L1', ANN, { type: 'lead' }).record)).toBe('moved');
      expect(await links()).toEqual([]);
      expect(await bench.store.listLinks(run.fence, 'lead', 0, 9)).toMatchObject([{ remoteId: 'L1', base: null }]);
    });

    test('an archived record keeps its lead, is not pushed to, and lives again when it comes back', async () => {
      const { bench, run, links, link, unpushed, made, tell } = suite();
      const leadId = await made();
      const only = await link();
      await bench.store.markGone(run, only, 'archived', false);
      await bench.editLead(leadId, { jobTitle: 'CTO' }, AT);
      await tell({ ...SETTINGS, scopeOut: { kind: 'all' } });
      expect(await unpushed()).toEqual([]);
      expect(await bench.store.countLinks(bench.workspace, bench.connection)).toEqual({ linked: 0, missing: 1 });
      await pull(bench, run, record('1', ANN));
      expect(await links()).toMatchObject([{ state: 'linked' }]);
      expect(await unpushed()).toMatchObject([{ leadId }]);
    });

    test('an erased record leaves nothing but the lead, and neither is made again', async () => {
      const { bench, run, links, link, conflicts, unpushed, made, tell } = suite();
      const leadId = await made();
      await bench.editLead(leadId, { jobTitle: 'CTO' }, AT);
      await pull(bench, run, record('1', { ...ANN, jobtitle: 'Chair' }));
      const only = await link();
      await bench.store.markGone(run, only, 'purged', false);
      await tell({ ...SETTINGS, scopeOut: { kind: 'all' } });
      expect(await links()).toEqual([]);
      expect(await unpushed()).toEqual([]);
      expect(await conflicts()).toMatchObject([{ base: null, ours: null, theirs: null }]);
      expect(await bench.leads()).toHaveLength(1);
    });

    test('which records are a lead’s is told', async () => {
      const { bench, run, link, made } = suite();
      await made();
      await bench.store.moveLink(run, await link(), record('7', ANN).record);
      expect(await bench.store.findLinked(run.fence, 'contact', ['7', '9'])).toEqual(new Set(['7']));
      expect(await bench.store.findLinked(run.fence, 'lead', ['7'])).toEqual(new Set());
    });

    test('the lead goes with its record where that was asked for, and comes with it again', async () => {
      const { bench, run, link, made } = suite();
      await made();
      const only = await link();
      await bench.store.markGone(run, only, 'archived', true);
      expect(await bench.leads()).toEqual([]);
      expect(await pull(bench, run, record('1', ANN))).toMatchObject([{ kind: 'created' }]);
    });

    test('but not one that holds what the CRM never had', async () => {
      const { bench, run, link, made } = suite();
      await bench.editLead(await made(), { jobTitle: 'CTO' }, AT);
      await bench.store.markGone(run, await link(), 'archived', true);
      expect(await bench.leads()).toHaveLength(1);
    });
  });

  describe('deals and activities', () => {
    const call = (id: string, of: string, rest = {}) => ({
      kind: 'call' as const,
      id,
      title: `Call ${id}`,
      at: AT,
      modifiedAt: AT,
      facts: [{ name: 'outcome' as const, value: 'Connected' }],
      of: [{ type: 'contact' as const, id: of }],
      isGone: false,
      ...rest,
    });
    test('they hang on the lead of their record, are replaced by id, and go when they are gone', async () => {
      const { bench, run, made } = suite();
      const leadId = await made();
      expect(await bench.store.saveSideItems(run, [call('a', '1'), call('b', '1', { at: AT + 1 }), call('c', 'unknown')])).toBe(2);
      expect((await bench.store.listSideItems(bench.workspace, leadId)).map(({ id }) => id)).toEqual(['b', 'a']);
      await bench.store.saveSideItems(run, [call('a', '1', { title: 'Other' }), call('b', '1', { isGone: true })]);
      expect(await bench.store.listSideItems(bench.workspace, leadId)).toEqual([call('a', '1', { title: 'Other' })]);
      expect(await bench.store.listSideItems(bench.workspace, 'nobody')).toEqual([]);
    });
  });
});
