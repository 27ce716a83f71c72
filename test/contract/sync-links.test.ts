import { describe, expect, test } from 'vitest';
import { ANN, AT, pull, record, SETTINGS } from './sync-benches.ts';
import { inEveryStore } from './sync-suite.ts';

/** Salesforce's two kinds of people, with the same fields. */
const BOTH_KINDS = {
  ...SETTINGS,
  pairs: [...SETTINGS.pairs, ...SETTINGS.pairs.map((pair) => ({ ...pair, id: `lead-${pair.id}`, type: 'lead' as const }))],
};
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

    test('which lead a record is is told by the id it has, and by one it was merged from', async () => {
      const { bench, run, link, made } = suite();
      const leadId = await made();
      await bench.store.moveLink(run, await link(), record('2', ANN).record);
      const { workspace, connection } = bench;
      const found = await bench.store.findLinkedLeads(workspace, connection, 'contact', ['1', '2', '3']);
      expect([...found]).toEqual([
        ['1', leadId],
        ['2', leadId],
      ]);
      await bench.deleteLead(leadId);
      expect(await bench.store.findLinkedLeads(workspace, connection, 'contact', ['1', '2'])).toEqual(new Map());
    });

    test('one that an import took in and did not come to link is its lead, whatever else they share', async () => {
      const { bench, run, link } = suite();
      const { workspace, connection } = bench;
      const leadId = await bench.addLead({ firstName: 'Lea', lastName: 'Orr' });
      await bench.noteImported('7', { firstName: 'Lea', lastName: 'Orr' }, leadId);
      expect([...(await bench.store.findLinkedLeads(workspace, connection, 'contact', ['7']))]).toEqual([['7', leadId]]);
      expect(await pull(bench, run, record('7', { firstname: 'Lea', lastname: 'Orr' }))).toMatchObject([{ kind: 'linked', leadId }]);
      expect(await link()).toMatchObject({ remoteId: '7', leadId });
      await bench.deleteLead(leadId);
      expect(await pull(bench, run, record('7', { firstname: 'Lea', lastname: 'Orr' }))).toMatchObject([{ kind: 'deleted_here' }]);
    });

    test('one whose row of an import a person still decides makes nobody, and is nobody’s', async () => {
      const { bench, run, links } = suite();
      await bench.addLead({ firstName: 'Ann', email: ANN.email });
      await bench.noteImported('7', { firstName: 'Ann', email: ANN.email }, null);
      expect(await pull(bench, run, record('7', ANN), record('8', BEA))).toMatchObject([
        { kind: 'waiting', leadId: null },
        { kind: 'created' },
      ]);
      expect(await links()).toHaveLength(1);
      expect((await bench.store.findLinkedLeads(bench.workspace, bench.connection, 'contact', ['7'])).size).toBe(0);
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

    test('what was converted has another type, and both agree on no more than what went over', async () => {
      const { bench, run, links, made, tell } = suite();
      await tell(BOTH_KINDS);
      const [lead] = await pull(bench, run, record('L1', ANN, { type: 'lead' }));
      const { jobtitle: _, ...rest } = ANN;
      const contact = record('1', rest).record;
      expect(await bench.store.moveLink(run, { type: 'lead', remoteId: 'L1' }, contact)).toBe('moved');
      expect(await bench.store.listLinks(run.fence, 'lead', 0, 9)).toEqual([]);
      const [link] = await links();
      expect(link).toMatchObject({ remoteId: '1', leadId: lead?.leadId });
      expect(link?.base?.get('email')).toBe(ANN.email);
      expect(link?.base?.has('title')).toBe(false);
      await bench.store.moveLink(run, { type: 'lead', remoteId: 'L1' }, contact);
      expect(await links()).toHaveLength(1);
      expect(await made(BEA, '2')).not.toBe(lead?.leadId);
    });

    test('who is a contact already, too, stays that contact when the lead becomes another one', async () => {
      const { bench, run, links, link, tell } = suite();
      await tell(BOTH_KINDS);
      await pull(bench, run, record('L1', ANN, { type: 'lead' }));
      // Both records were looked at: they are two.
      expect(await pull(bench, run, record('1', ANN))).toMatchObject([
        { kind: 'other_record', linkedTo: { type: 'lead', remoteId: 'L1' } },
      ]);
      expect(await pull(bench, run, { ...record('1', ANN), isApart: true })).toMatchObject([{ kind: 'linked' }]);
      expect(await bench.store.moveLink(run, { type: 'lead', remoteId: 'L1' }, record('2', ANN).record)).toBe('moved');
      expect(await link()).toMatchObject({ remoteId: '1' });
      expect(await bench.store.listLinks(run.fence, 'lead', 0, 9)).toEqual([]);
      expect(await links()).toHaveLength(1);
    });

    test('the other one is theirs: it waits, and goes on where the first one ends', async () => {
      const { bench, run, link, tell } = suite();
      await tell(BOTH_KINDS);
      const [lead] = await pull(bench, run, record('L1', ANN, { type: 'lead' }));
      await pull(bench, run, { ...record('1', ANN), isApart: true });
      const { email: _, ...unnamed } = ANN;
      await bench.store.moveLink(run, { type: 'lead', remoteId: 'L1' }, record('2', unnamed).record);
      expect(await pull(bench, run, record('2', unnamed))).toMatchObject([{ kind: 'other_record', linkedTo: { remoteId: '1' } }]);
      await bench.store.markGone(run, { type: 'contact', remoteId: '2' }, 'archived', false);
      expect(await link()).toMatchObject({ remoteId: '1', state: 'linked' });
      await bench.store.markGone(run, await link(), 'archived', false);
      expect(await pull(bench, run, record('2', unnamed))).toMatchObject([{ kind: 'linked', leadId: lead?.leadId }]);
      expect(await link()).toMatchObject({ remoteId: '2', state: 'linked' });
    });

    test('nor does it come in anew when they are deleted', async () => {
      const { bench, run, tell } = suite();
      await tell(BOTH_KINDS);
      const [lead] = await pull(bench, run, record('L1', ANN, { type: 'lead' }));
      await pull(bench, run, { ...record('1', ANN), isApart: true });
      await bench.store.moveLink(run, { type: 'lead', remoteId: 'L1' }, record('2', ANN).record);
      await bench.deleteLead(lead?.leadId ?? '');
      expect(await pull(bench, run, record('2', ANN), record('1', ANN))).toMatchObject([
        { kind: 'deleted_here' },
        { kind: 'deleted_here' },
      ]);
    });

    test('also where that one is another lead’s: nobody is asked, and edits go on', async () => {
      const { bench, run, links, errors, made, tell } = suite();
      await tell(BOTH_KINDS);
      await pull(bench, run, record('L1', ANN, { type: 'lead' }));
      await pull(bench, run, { ...record('1', ANN), isApart: true });
      await made(BEA, '2');
      expect(await bench.store.moveLink(run, { type: 'lead', remoteId: 'L1' }, record('2', BEA).record)).toBe('moved');
      expect((await links()).map(({ remoteId }) => remoteId)).toEqual(['1', '2']);
      expect(await errors()).toEqual([]);
    });

    test('what the record of somebody deleted here became comes in as little', async () => {
      const { bench, run, made, tell } = suite();
      await tell(BOTH_KINDS);
      const [lead] = await pull(bench, run, record('L1', ANN, { type: 'lead' }));
      await bench.deleteLead(lead?.leadId ?? '');
      expect(await bench.store.moveLink(run, { type: 'lead', remoteId: 'L1' }, record('1', ANN).record)).toBe('deleted_here');
      expect(await pull(bench, run, record('1', ANN))).toMatchObject([{ kind: 'deleted_here' }]);
      expect(await bench.store.moveLink(run, { type: 'lead', remoteId: 'L9' }, record('2', BEA).record)).toBe('nobodys');
      expect(await made(BEA, '2')).not.toBe('');
    });

    test.each([
      ['an archived record', 'archived', 'missing'],
      ['a record that is not to be seen', 'unseen', 'unseen'],
    ] as const)('%s keeps its lead, is not pushed to, and lives again when it comes back', async (_, why, state) => {
      const { bench, run, links, link, unpushed, made, tell } = suite();
      const leadId = await made();
      const only = await link();
      await bench.store.markGone(run, only, why, false);
      expect(await links()).toMatchObject([{ state, base: only.base }]);
      await bench.editLead(leadId, { jobTitle: 'CTO' }, AT);
      await tell({ ...SETTINGS, scopeOut: { kind: 'all' } });
      expect(await unpushed()).toEqual([]);
      expect(await bench.store.countLinks(bench.workspace, bench.connection)).toEqual({ linked: 0, missing: 0, unseen: 0, [state]: 1 });
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

    test('a record that was taken for erased and answers after all is its lead again, and the two meet anew', async () => {
      const { bench, run, links, link, conflicts, made } = suite();
      const leadId = await made();
      await bench.store.markGone(run, await link(), 'purged', false);
      await pull(bench, run, record('1', { ...ANN, email: 'ann.lee@example.com', jobtitle: 'Chair' }));
      expect(await links()).toMatchObject([{ leadId, remoteId: '1', state: 'linked' }]);
      expect(await bench.leads()).toHaveLength(1);
      expect(await conflicts()).toHaveLength(2);
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

    test('but not one that is another record there, before that one is gone too', async () => {
      const { bench, run, link, tell } = suite();
      await tell(BOTH_KINDS);
      await pull(bench, run, record('L1', ANN, { type: 'lead' }));
      await pull(bench, run, { ...record('1', ANN), isApart: true });
      await bench.store.markGone(run, await link(), 'archived', true);
      expect(await bench.leads()).toHaveLength(1);
      await bench.store.markGone(run, { type: 'lead', remoteId: 'L1' }, 'archived', true);
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
