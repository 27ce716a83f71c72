import { describe, expect, test } from 'vitest';
import { ANN, AT, pull, record } from './sync-benches.ts';
import { inEveryStore, withRule } from './sync-suite.ts';

const BEA = { firstname: 'Bea', lastname: 'Orr', email: 'bea@example.com' };

inEveryStore('what comes in', (suite) => {
  describe('records come in', () => {
    test('a record nobody knows becomes a lead and is linked to it; once more it is the same', async () => {
      const { bench, run, links } = suite();
      const [first] = await pull(bench, run, record('1', ANN));
      expect(first).toMatchObject({ kind: 'created', remoteId: '1', toPush: [], conflicts: 0 });
      const [lead] = await bench.leads();
      expect(lead?.lead).toMatchObject({ firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com', jobTitle: 'Chief' });
      const [link] = await links();
      expect(link).toMatchObject({ leadId: first?.leadId, remoteId: '1', state: 'linked', aliases: [] });
      expect(link?.base?.get('title')).toBe('Chief');
      expect(await pull(bench, run, record('1', ANN))).toMatchObject([{ kind: 'same', written: 0, leadId: first?.leadId }]);
    });

    test('the same person by address is linked, blanks are filled from either side, and the lead is one', async () => {
      const { bench, run } = suite();
      const leadId = await bench.addLead({ firstName: 'Ann', email: 'ann@example.com', jobTitle: 'CTO' });
      const { jobtitle: _, ...rest } = ANN;
      expect(await pull(bench, run, record('1', rest))).toMatchObject([
        { kind: 'linked', leadId, written: 1, toPush: ['title'], conflicts: 0 },
      ]);
      expect(await bench.leads()).toMatchObject([{ lead: { lastName: 'Lee', jobTitle: 'CTO' } }]);
    });

    test('a change there is taken over, one here is told as to be pushed', async () => {
      const { bench, run, titleOf, made } = suite();
      const leadId = await made();
      expect(await pull(bench, run, record('1', { ...ANN, jobtitle: 'CTO' }))).toMatchObject([{ kind: 'changed', written: 1 }]);
      expect(await titleOf('ann@example.com')).toBe('CTO');
      await bench.editLead(leadId, { jobTitle: 'Chair' }, AT + 1);
      const [merged] = await pull(bench, run, record('1', { ...ANN, jobtitle: 'CTO' }));
      expect(merged).toMatchObject({ kind: 'same', toPush: ['title'] });
      expect(merged?.lead?.values.get('title')).toBe('Chair');
    });

    test.each([
      ['crm', 'CRM', 'theirs', 'CRM'],
      ['leadline', 'ours', 'ours', 'ours'],
      ['manual', 'ours', 'open', 'Chief'],
    ] as const)('where both changed, the rule %s decides and both values are kept', async (rule, stands, winner, base) => {
      const { bench, run, links, conflicts, titleOf, made, tell } = suite();
      await tell(withRule(rule));
      const leadId = await made();
      await bench.editLead(leadId, { jobTitle: 'ours' }, AT + 1);
      await pull(bench, run, record('1', { ...ANN, jobtitle: 'CRM' }));
      expect(await titleOf('ann@example.com')).toBe(stands);
      expect(await conflicts()).toMatchObject([{ leadId, pairId: 'title', base: 'Chief', ours: 'ours', theirs: 'CRM', winner, rule }]);
      const [link] = await links();
      expect(link?.base?.get('title')).toBe(rule === 'leadline' ? 'CRM' : base);
      await pull(bench, run, record('1', { ...ANN, jobtitle: 'CRM' }));
      expect(await conflicts()).toHaveLength(1);
    });

    test.each([
      ['before its record changed, and was edited here since', 'edited', AT - 1, 'ours', 'COO'],
      ['before its record changed, and was edited here before that', 'edited', AT + 1, 'theirs', 'Chief'],
      ['since its record changed, with a file', 'as it came', 1, 'theirs', 'Chief'],
    ] as const)(
      'a lead that came %s: at the first meeting only what a person edited later than the CRM is newer',
      async (_, is, modifiedAt, winner, title) => {
        const { bench, run, conflicts, titleOf, tell } = suite();
        await tell(withRule('newest'));
        const leadId = await bench.addLead({ firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com', jobTitle: 'CTO' });
        if (is === 'edited') await bench.editLead(leadId, { jobTitle: 'COO' }, AT);
        await pull(bench, run, record('1', ANN, { modifiedAt }));
        expect(await conflicts()).toMatchObject([{ pairId: 'title', winner, theirs: 'Chief' }]);
        expect(await titleOf('ann@example.com')).toBe(title);
      },
    );

    test('where the two are in step, the newer edit wins as ever', async () => {
      const { bench, run, conflicts, titleOf, made, tell } = suite();
      await tell(withRule('newest'));
      const leadId = await made();
      await bench.editLead(leadId, { jobTitle: 'COO' }, AT + 2);
      await pull(bench, run, record('1', { ...ANN, jobtitle: 'CRM' }, { modifiedAt: AT + 1 }));
      expect(await conflicts()).toMatchObject([{ pairId: 'title', winner: 'ours' }]);
      expect(await titleOf('ann@example.com')).toBe('COO');
    });

    test('a dry run says the same and keeps nothing', async () => {
      const { bench, run, links } = suite();
      const merged = await bench.store.mergeRecords(run, [record('1', ANN)], { creates: true, dryRun: true });
      expect(merged).toMatchObject([{ kind: 'created' }]);
      expect(await bench.leads()).toEqual([]);
      expect(await links()).toEqual([]);
    });

    test('none is made where none is to be made, and what is nobody at all is refused', async () => {
      const { bench, run } = suite();
      expect(await bench.store.mergeRecords(run, [record('1', ANN)], { creates: false, dryRun: false })).toMatchObject([
        { kind: 'left_out' },
      ]);
      expect(await pull(bench, run, record('2', { jobtitle: 'Chief' }))).toMatchObject([{ kind: 'refused', leadId: null }]);
      expect(await bench.leads()).toEqual([]);
    });

    test('our own key names the lead, whatever else the record says', async () => {
      const { bench, run } = suite();
      const leadId = await bench.addLead({ firstName: 'Ann', email: 'ann@example.com' });
      const [merged] = await pull(bench, run, { ...record('1', { firstname: 'A.', email: 'a@example.com' }), key: leadId });
      expect(merged).toMatchObject({ kind: 'linked', leadId });
    });

    test('of a record with our own key it is asked first what we wrote into it: that is no value of theirs', async () => {
      const { bench, run, conflicts } = suite();
      const leadId = await bench.addLead({ firstName: 'Ann', email: 'ann@example.com', jobTitle: 'CTO' });
      const met = record('1', ANN, { key: leadId });
      expect(await pull(bench, run, met)).toMatchObject([{ kind: 'made_here', leadId }]);
      const ours = new Map([['title', 'Chief']]);
      expect(await pull(bench, run, { ...met, ours })).toMatchObject([{ kind: 'linked', leadId, toPush: ['title'], conflicts: 0 }]);
      expect(await conflicts()).toEqual([]);
    });

    test('a second record with the same address is told to be another record of that lead', async () => {
      const { bench, run, links, made } = suite();
      const leadId = await made();
      const [second] = await pull(bench, run, record('2', ANN));
      expect(second).toMatchObject({ kind: 'other_record', leadId, linkedTo: { remoteId: '1' } });
      expect(await links()).toHaveLength(1);
    });

    test('nor is the record taken in that one of somebody deleted here was merged into, unless an import names a lead for it', async () => {
      const { bench, run, made } = suite();
      await bench.deleteLead(await made());
      const survivor = record('2', ANN, { mergedIds: ['1'] });
      expect(await pull(bench, run, survivor)).toMatchObject([{ kind: 'deleted_here' }]);
      const leadId = await bench.addLead({ firstName: 'Ann', email: 'ann@example.com' });
      expect(await pull(bench, run, { ...survivor, leadId })).toMatchObject([{ kind: 'linked', leadId }]);
    });

    test('a record that was merged into this one has its link moved first', async () => {
      const { bench, run, made } = suite();
      const leadId = await made();
      const [merged] = await pull(bench, run, record('2', { firstname: 'Annie' }, { mergedIds: ['1'] }));
      expect(merged).toMatchObject({ kind: 'other_record', leadId, linkedTo: { remoteId: '1' } });
    });

    test('an error of a lead’s push is over when it finds its record', async () => {
      const { bench, run, errors } = suite();
      const leadId = await bench.addLead({ firstName: 'Ann', email: 'ann@example.com' });
      const failure = { kind: 'duplicate', code: '409', message: '' } as const;
      await bench.store.noteErrors(run, [{ type: 'contact', leadId, remoteId: null, stage: 'push', failure, nextAt: null }]);
      await pull(bench, run, record('1', ANN));
      expect(await errors()).toEqual([]);
    });

    test('colleagues on one switchboard are as many leads as records; a stranger’s number is a question', async () => {
      const { bench, run } = suite();
      const phone = '+12025550123';
      const both = [record('1', { ...ANN, phone }), record('2', { ...BEA, phone })];
      expect(await pull(bench, run, ...both)).toMatchObject([{ kind: 'created' }, { kind: 'created' }]);
      await bench.addLead({ firstName: 'Cy', email: 'cy@example.com', phone: '+12025550199' });
      const [asked] = await pull(bench, run, record('3', { firstname: 'Di', email: 'di@example.com', phone: '+12025550199' }));
      expect(asked).toMatchObject({ kind: 'review', leadId: null });
    });

    test('who was deleted here does not come back', async () => {
      const { bench, run, made } = suite();
      await bench.deleteLead(await made());
      expect(await pull(bench, run, record('1', ANN))).toMatchObject([{ kind: 'deleted_here' }]);
      const [deleted] = await bench.store.listDeletedHere(run.fence, 'contact', 9);
      expect(deleted?.remoteId).toBe('1');
      await bench.store.forgetDeletedHere(run, [deleted?.linkId ?? 0]);
      expect(await bench.store.listDeletedHere(run.fence, 'contact', 9)).toEqual([]);
      expect(await pull(bench, run, record('1', ANN))).toMatchObject([{ kind: 'deleted_here' }]);
      expect(await bench.leads()).toEqual([]);
    });
  });
});
