import { describe, expect, test } from 'vitest';
import { ANN, AT, PAIRS, pull, record, SETTINGS, write } from './sync-benches.ts';
import { inEveryStore } from './sync-suite.ts';

const BEA = { firstname: 'Bea', lastname: 'Orr', email: 'bea@example.com' };

inEveryStore('what goes out', (suite) => {
  describe('leads go out', () => {
    const all = { ...SETTINGS, scopeOut: { kind: 'all' } } as const;
    test('nothing is made there until an admin says so', async () => {
      const { bench, unpushed, tell } = suite();
      await bench.addLead({ firstName: 'Bea', email: 'bea@example.com' });
      expect(await unpushed()).toEqual([]);
      await tell(all);
      expect(await unpushed()).toMatchObject([{ link: null, version: 1, mayPush: true }]);
    });

    test('a changed lead is listed until its values are there; one who changed nothing that travels is not', async () => {
      const { bench, run, links, unpushed, made } = suite();
      const leadId = await made();
      expect(await unpushed()).toEqual([]);
      await bench.editLead(leadId, { companyName: 'Fernhill' }, AT);
      expect(await unpushed()).toEqual([]);
      await bench.editLead(leadId, { jobTitle: 'CTO' }, AT);
      const [lead] = await unpushed();
      expect(lead).toMatchObject({ leadId, link: { remoteId: '1' } });
      const update = write('op', leadId, {
        kind: 'update',
        remoteId: '1',
        leadVersion: lead?.version ?? 0,
        before: new Map([['title', 'Chief']]),
      });
      expect(await bench.store.stageWrites(run, [update])).toMatchObject([{ opId: 'op', attempts: 0 }]);
      expect(await unpushed()).toEqual([]);
      await bench.store.settleWrites(run, [
        { opId: 'op', outcome: { kind: 'written', remoteId: '1', base: new Map([['title', 'CTO']]), conflicts: [] } },
      ]);
      expect(await unpushed()).toEqual([]);
      expect(await bench.store.listSent(run.fence)).toEqual([]);
      expect((await links())[0]?.base?.get('title')).toBe('CTO');
      expect((await links())[0]?.base?.get('first')).toBe('Ann');
      expect(await bench.store.listPushes(run.fence, [leadId], AT - 1)).toMatchObject([
        { leadId, pairId: 'title', from: 'Chief', to: 'CTO' },
      ]);
    });

    test('other pairs make every linked lead be looked at again', async () => {
      const { bench, run, unpushed, made, tell } = suite();
      const leadId = await made();
      await bench.editLead(leadId, { companyName: 'Fernhill' }, AT);
      expect(await unpushed()).toEqual([]);
      const [first] = PAIRS;
      if (!first) throw new Error('no pairs');
      const company = {
        ...first,
        id: 'company',
        local: { kind: 'field', id: 'companyName' } as const,
        remote: 'company',
        label: 'Company',
      };
      await tell({ ...SETTINGS, pairs: [...PAIRS, company] });
      expect(await unpushed()).toMatchObject([{ leadId }]);
      await bench.store.setPairTrouble(run, 'company', 'read_only');
      expect(await unpushed()).toEqual([]);
    });

    test('the pages of a long list hold everybody once', async () => {
      const { bench, run, made, tell } = suite();
      await tell(all);
      const ids: string[] = [];
      for (const name of ['a', 'b', 'c', 'd', 'e']) ids.push(await bench.addLead({ firstName: name, email: `${name}@example.com` }));
      const linked = await made();
      await bench.editLead(linked, { jobTitle: 'CTO' }, AT);
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof bench.store.listUnpushed>> = await bench.store.listUnpushed(
          run.fence,
          'contact',
          AT,
          after,
          2,
        );
        seen.push(...page.leads.map(({ leadId }) => leadId));
        after = page.next;
      } while (after !== null);
      expect(seen.toSorted()).toEqual([...ids, linked].toSorted());
    });

    test.each([
      ['the lead was changed since it was read', { leadVersion: 7 }],
      ['there is no such lead', { leadId: 'nobody' }],
      ['the lead has no such record', { kind: 'update', remoteId: '77' }],
    ] as const)('a write does not go where %s', async (_, rest) => {
      const { bench, run } = suite();
      const leadId = await bench.addLead({ firstName: 'Bea', email: 'bea@example.com' });
      expect(await bench.store.stageWrites(run, [write('op', leadId, rest)])).toEqual([]);
      expect(await bench.store.listSent(run.fence)).toEqual([]);
    });

    test('nor where another is under way, where the lead is linked by now, or may not be written to', async () => {
      const { bench, run } = suite();
      const leadId = await bench.addLead({ firstName: 'Bea', email: 'bea@example.com' });
      expect(await bench.store.stageWrites(run, [write('a', leadId), write('b', leadId)])).toHaveLength(1);
      await bench.store.settleWrites(run, [{ opId: 'a', outcome: { kind: 'written', remoteId: '1', base: new Map(), conflicts: [] } }]);
      expect(await bench.store.stageWrites(run, [write('c', leadId)])).toEqual([]);
      const other = await bench.addLead({ firstName: 'Cy', email: 'cy@example.com' });
      await bench.suppress('cy@example.com');
      expect(await bench.store.stageWrites(run, [write('d', other)])).toEqual([]);
    });

    test('what was staged is told as sent, word for word', async () => {
      const { bench, run } = suite();
      const leadId = await bench.addLead({ firstName: 'Bea', email: 'bea@example.com' });
      const staged = await bench.store.stageWrites(run, [write('op', leadId, { before: new Map([['title', 'Chief']]), seenAt: 7 })]);
      expect(await bench.store.listSent(run.fence)).toEqual(staged);
    });

    test('one whose lead was deleted stays while it may be in the bin there, and does not come back from it', async () => {
      const { bench, run } = suite();
      const leadId = await bench.addLead({ firstName: 'Bea', email: 'bea@example.com' });
      await bench.store.stageWrites(run, [write('op', leadId)]);
      await bench.deleteLead(leadId);
      await bench.store.settleWrites(run, [{ opId: 'op', outcome: { kind: 'unfound' } }]);
      expect(await pull(bench, run, record('1', { firstname: 'Bea' }, { key: leadId }))).toMatchObject([{ kind: 'deleted_here' }]);
      await bench.store.settleWrites({ ...run, at: run.at + 91 * 86_400_000 }, [{ opId: 'op', outcome: { kind: 'unfound' } }]);
      expect(await bench.store.listSent(run.fence)).toEqual([]);
    });

    test('one that was not found is planned anew, and what it may have made does not come back once the lead is deleted', async () => {
      const { bench, run, unpushed, tell } = suite();
      await tell(all);
      const leadId = await bench.addLead({ firstName: 'Bea', email: 'bea@example.com' });
      await bench.store.stageWrites(run, [write('op', leadId)]);
      await bench.store.settleWrites(run, [{ opId: 'op', outcome: { kind: 'unfound' } }]);
      expect(await bench.store.listSent(run.fence)).toEqual([]);
      expect(await unpushed()).toHaveLength(1);
      await bench.store.stageWrites(run, [write('op2', leadId)]);
      await bench.store.settleWrites(run, [{ opId: 'op2', outcome: { kind: 'dropped' } }]);
      await bench.deleteLead(leadId);
      expect(await bench.store.listSent(run.fence)).toMatchObject([{ opId: 'op', leadId, kind: 'create' }]);
      expect(await pull(bench, run, record('1', { firstname: 'Bea' }, { key: leadId }))).toMatchObject([{ kind: 'deleted_here' }]);
    });

    test('an update of a record that went into the bin stays under way as long as the lead is that record’s', async () => {
      const { bench, run, link, made } = suite();
      const leadId = await made();
      const update = { kind: 'update', remoteId: '1', leadVersion: 1 } as const;
      await bench.store.stageWrites(run, [write('op', leadId, update)]);
      const unfound = [{ opId: 'op', outcome: { kind: 'unfound' } }] as const;
      await bench.store.settleWrites(run, unfound);
      expect(await bench.store.listSent(run.fence)).toMatchObject([{ opId: 'op' }]);
      await bench.store.moveLink(run, await link(), record('2', BEA).record);
      await bench.store.settleWrites(run, unfound);
      expect(await bench.store.listSent(run.fence)).toEqual([]);
    });

    test('a created record is the lead’s from then on, and one that never arrived is planned anew', async () => {
      const { bench, run, links, unpushed, tell } = suite();
      await tell(all);
      const leadId = await bench.addLead({ firstName: 'Bea', email: 'bea@example.com', jobTitle: 'CTO' });
      await bench.store.stageWrites(run, [write('op', leadId)]);
      await bench.store.settleWrites(run, [{ opId: 'op', outcome: { kind: 'dropped' } }]);
      expect(await unpushed()).toHaveLength(1);
      await bench.store.stageWrites(run, [write('op2', leadId)]);
      const base = new Map([
        ['first', 'Bea'],
        ['email', 'bea@example.com'],
        ['title', 'CTO'],
      ]);
      await bench.store.settleWrites(run, [{ opId: 'op2', outcome: { kind: 'written', remoteId: '5', base, conflicts: [] } }]);
      expect(await links()).toMatchObject([{ leadId, remoteId: '5', base }]);
      expect(await unpushed()).toEqual([]);
      expect(await bench.store.countLinks(bench.workspace, bench.connection)).toEqual({ linked: 1, missing: 0, unseen: 0 });
    });

    describe('whom we made there before our deletions were to go there stays there', () => {
      const listed = () => suite().bench.store.listDeletedHere(suite().run.fence, 'contact', 9);
      const goesThere = { ...SETTINGS, whenDeletedHere: 'archive_there' } as const;

      test('deleted while they were kept; who is deleted from then on goes', async () => {
        const { bench, made, tell } = suite();
        await bench.deleteLead(await made(ANN, '1'));
        await tell(goesThere);
        expect(await listed()).toEqual([]);
        await bench.deleteLead(await made({ ...ANN, email: 'bo@example.com' }, '2'));
        await tell({ ...goesThere, schedule: 'daily' });
        expect(await listed()).toMatchObject([{ remoteId: '2' }]);
      });

      test.each([
        ['never answered', 'sent'],
        ['looked for in vain', 'unfound'],
      ] as const)('deleted while its making was %s', async (_, state) => {
        const { bench, run, tell } = suite();
        const leadId = await bench.addLead({ firstName: 'Ann', email: 'ann@example.com' });
        await bench.store.stageWrites(run, [write('op', leadId)]);
        if (state === 'unfound') await bench.store.settleWrites(run, [{ opId: 'op', outcome: { kind: 'unfound' } }]);
        await bench.deleteLead(leadId);
        await tell(goesThere);
        await bench.store.settleWrites(run, [{ opId: 'op', outcome: { kind: 'written', remoteId: '9', base: new Map(), conflicts: [] } }]);
        expect(await listed()).toEqual([]);
        expect(await pull(bench, run, record('9', ANN))).toMatchObject([{ kind: 'deleted_here' }]);
      });
    });

    test('a record that came to be of a lead deleted meanwhile is not taken in', async () => {
      const { bench, run } = suite();
      const leadId = await bench.addLead({ firstName: 'Bea', email: 'bea@example.com' });
      await bench.store.stageWrites(run, [write('op', leadId)]);
      await bench.deleteLead(leadId);
      await bench.store.settleWrites(run, [{ opId: 'op', outcome: { kind: 'written', remoteId: '5', base: new Map(), conflicts: [] } }]);
      expect(await pull(bench, run, record('5', BEA))).toMatchObject([{ kind: 'deleted_here' }]);
      expect(await bench.store.listDeletedHere(run.fence, 'contact', 9)).toMatchObject([{ remoteId: '5' }]);
    });

    test('two leads never share a record: the second is a question', async () => {
      const { bench, run, links, errors, unpushed, made, tell } = suite();
      await made();
      const leadId = await bench.addLead({ firstName: 'Bea', email: 'bea@example.com' });
      await bench.store.stageWrites(run, [write('op', leadId)]);
      await bench.store.settleWrites(run, [{ opId: 'op', outcome: { kind: 'written', remoteId: '1', base: new Map(), conflicts: [] } }]);
      expect(await links()).toHaveLength(1);
      expect(await errors()).toMatchObject([{ leadId, kind: 'duplicate', stage: 'push', failure: { code: 'two_leads' } }]);
      await tell(all);
      expect(await unpushed()).toEqual([]);
    });
  });
});
