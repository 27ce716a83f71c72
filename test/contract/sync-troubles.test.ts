import { describe, expect, test } from 'vitest';
import type { NewSyncError } from '../../server/store/sync-records.ts';
import type { ConflictRule } from '../../shared/crm/record.ts';
import { ANN, AT, PAIRS, pull, record, SETTINGS, write } from './sync-benches.ts';
import { inEveryStore, withRule } from './sync-suite.ts';

inEveryStore('what is not agreed on', (suite) => {
  describe('conflicts', () => {
    const conflicted = async (rule: ConflictRule) => {
      const { bench, run, conflicts, made, tell } = suite();
      await tell(withRule(rule));
      const leadId = await made();
      await bench.editLead(leadId, { jobTitle: 'ours' }, AT);
      await pull(bench, run, record('1', { ...ANN, jobtitle: 'CRM' }));
      const [conflict] = await conflicts();
      return { leadId, id: conflict?.id ?? '' };
    };
    const resolve = (id: string, as: 'ours' | 'theirs' | 'undone', { bench } = suite()) =>
      bench.store.resolveConflict({ workspace: bench.workspace, member: null, at: AT + 9 }, bench.connection, id, as);

    test.each([
      ['crm', 'undone', 'ours'],
      ['crm', 'ours', 'ours'],
      ['crm', 'theirs', 'CRM'],
      ['leadline', 'undone', 'CRM'],
      ['manual', 'theirs', 'CRM'],
      ['manual', 'ours', 'ours'],
    ] as const)('under the rule %s, “%s” gives the lead its value', async (rule, as, value) => {
      const { bench, conflicts, unpushed, titleOf } = suite();
      const { id } = await conflicted(rule);
      expect(await resolve(id, as)).toBe('resolved');
      expect(await titleOf('ann@example.com')).toBe(value);
      expect(await conflicts()).toMatchObject([{ resolved: { as } }]);
      expect((await bench.store.listConflicts(bench.workspace, bench.connection, { limit: 9, openOnly: true })).items).toEqual([]);
      expect(await resolve(id, as)).toBe('not_found');
      expect((await unpushed()).length).toBe(value === 'ours' || rule === 'leadline' ? (rule === 'leadline' ? 0 : 1) : 0);
    });

    test('a conflict says when each side set its value; what a person never set here has no time', async () => {
      const { bench, run, conflicts } = suite();
      await conflicted('crm');
      await pull(bench, run, record('2', { email: 'bea@example.com', jobtitle: 'Head' }));
      const leadId = (await bench.leads()).find(({ lead }) => lead.email === 'bea@example.com')?.id ?? '';
      const told = { type: 'contact', remoteId: '2', pairId: 'title', base: null, ours: 'Head', theirs: 'Chair', winner: 'ours' } as const;
      await bench.store.addConflicts(run, [{ ...told, leadId, rule: 'overwritten', theirsAt: AT - 7, theirsBy: 'Hana Birch' }]);
      expect(await conflicts()).toMatchObject([
        { theirs: 'Chair', oursAt: null, oursBy: null, theirsAt: AT - 7, theirsBy: 'Hana Birch' },
        { theirs: 'CRM', oursAt: AT, theirsAt: AT, theirsBy: null },
      ]);
    });

    test('while a question is open its field is not pushed; decided for us it is', async () => {
      const { unpushed } = suite();
      const { leadId, id } = await conflicted('manual');
      expect(await unpushed()).toEqual([]);
      await resolve(id, 'ours');
      expect(await unpushed()).toMatchObject([{ leadId }]);
    });

    test('a question nobody decided yet has nothing to undo: it stays open', async () => {
      const { conflicts, titleOf } = suite();
      const { id } = await conflicted('manual');
      expect(await resolve(id, 'undone')).toBe('not_found');
      expect([await titleOf('ann@example.com'), (await conflicts())[0]?.resolved]).toEqual(['ours', null]);
    });

    test('what was edited since is not overwritten', async () => {
      const { bench, titleOf } = suite();
      const { leadId, id } = await conflicted('crm');
      await bench.editLead(leadId, { jobTitle: 'third' }, AT + 1);
      expect(await resolve(id, 'undone')).toBe('edited_since');
      expect(await titleOf('ann@example.com')).toBe('third');
    });

    test('a value on the suppression list does not come back', async () => {
      const { bench, run, conflicts, made, tell } = suite();
      await tell(withRule('crm'));
      const leadId = await made();
      await bench.editLead(leadId, { email: 'old@example.com' }, AT);
      await pull(bench, run, record('1', { ...ANN, email: 'new@example.com' }));
      await bench.suppress('old@example.com');
      const [conflict] = await conflicts();
      expect(await resolve(conflict?.id ?? '', 'undone')).toBe('suppressed');
    });
  });

  describe('errors', () => {
    const failed = (leadId: string, kind: NewSyncError['failure']['kind'], nextAt: number | null): NewSyncError => ({
      type: 'contact',
      leadId,
      remoteId: null,
      stage: 'push',
      failure: { kind, code: '400', message: 'no' },
      nextAt,
    });
    const change = async (error: (leadId: string) => NewSyncError) => {
      const { bench, run, made } = suite();
      const leadId = await made();
      await bench.editLead(leadId, { jobTitle: 'CTO' }, AT);
      await bench.store.noteErrors(run, [error(leadId)]);
      return leadId;
    };

    test('one that waits for its time is tried at that time', async () => {
      const { unpushed } = suite();
      await change((leadId) => failed(leadId, 'transient', AT + 100));
      expect(await unpushed(AT + 99)).toEqual([]);
      expect(await unpushed(AT + 100)).toHaveLength(1);
    });

    test('a value the CRM refuses waits until the lead changes', async () => {
      const { bench, unpushed } = suite();
      const leadId = await change((id) => failed(id, 'validation', null));
      expect(await unpushed()).toEqual([]);
      await bench.editLead(leadId, { jobTitle: 'Chair' }, AT);
      expect(await unpushed()).toHaveLength(1);
    });

    test('a question waits for a person, whatever changes', async () => {
      const { bench, errors, unpushed } = suite();
      const leadId = await change((id) => failed(id, 'duplicate', null));
      await bench.editLead(leadId, { jobTitle: 'Chair' }, AT);
      expect(await unpushed()).toEqual([]);
      const [error] = await errors();
      const act = { workspace: bench.workspace, member: null, at: AT };
      expect(await bench.store.retryError(act, bench.connection, error?.id ?? '', { kind: 'again' })).toBe('done');
      expect(await unpushed()).toHaveLength(1);
      expect(await bench.store.retryError(act, bench.connection, 'none', { kind: 'again' })).toBe('not_found');
    });

    describe('a lead that a person said to make anyway', () => {
      const decided = async () => {
        const { bench, run, errors, tell } = suite();
        await tell({ ...SETTINGS, scopeOut: { kind: 'all' } });
        const leadId = await bench.addLead({ firstName: 'Bea', email: 'bea@example.com' });
        await bench.store.noteErrors(run, [failed(leadId, 'duplicate', null)]);
        await retry((await errors())[0]?.id ?? '', 'make_anyway');
        return leadId;
      };
      const retry = async (id: string, kind: 'again' | 'make_anyway') => {
        const { bench } = suite();
        await bench.store.retryError({ workspace: bench.workspace, member: null, at: AT }, bench.connection, id, { kind });
      };

      test.each(['lock', 'transient', 'bug', 'validation'] as const)(
        'is so also after another failure (%s), and when that is tried again',
        async (kind) => {
          const { bench, run, errors, unpushed } = suite();
          const leadId = await decided();
          expect(await unpushed()).toMatchObject([{ leadId, makesAnyway: true }]);
          await bench.store.stageWrites(run, [write('op', leadId)]);
          await bench.store.settleWrites(run, [{ opId: 'op', outcome: { kind: 'failed', error: failed(leadId, kind, null) } }]);
          await retry((await errors())[0]?.id ?? '', 'again');
          expect(await unpushed()).toMatchObject([{ leadId, makesAnyway: true }]);
        },
      );

      test('is so also when its answer was lost', async () => {
        const { bench, run, unpushed } = suite();
        const leadId = await decided();
        await bench.store.stageWrites(run, [write('op', leadId)]);
        await bench.store.settleWrites(run, [{ opId: 'op', outcome: { kind: 'dropped' } }]);
        expect(await unpushed()).toMatchObject([{ leadId, makesAnyway: true }]);
      });

      test('is asked about anew where the CRM still says no', async () => {
        const { bench, run, errors, unpushed } = suite();
        const leadId = await decided();
        await bench.store.stageWrites(run, [write('op', leadId)]);
        await bench.store.settleWrites(run, [{ opId: 'op', outcome: { kind: 'failed', error: failed(leadId, 'duplicate', null) } }]);
        expect(await unpushed()).toEqual([]);
        await retry((await errors())[0]?.id ?? '', 'again');
        const [lead] = await unpushed();
        expect([lead?.leadId, lead?.makesAnyway ?? false]).toEqual([leadId, false]);
      });
    });

    test('the same trouble again is one error that counts, and it goes when all went well', async () => {
      const { bench, run, errors, unpushed } = suite();
      const leadId = await change((id) => failed(id, 'transient', AT));
      await bench.store.noteErrors(run, [failed(leadId, 'lock', AT + 7)]);
      expect(await errors()).toMatchObject([
        { attempts: 2, kind: 'lock', nextAt: AT + 7, person: { name: 'Ann Lee', email: 'ann@example.com' } },
      ]);
      const version = (await unpushed(AT + 9))[0]?.version ?? 0;
      expect(
        await bench.store.stageWrites(run, [write('op', leadId, { kind: 'update', remoteId: '1', leadVersion: version })]),
      ).toMatchObject([{ attempts: 2 }]);
      await bench.store.settleWrites(run, [
        { opId: 'op', outcome: { kind: 'written', remoteId: '1', base: new Map([['title', 'CTO']]), conflicts: [] } },
      ]);
      expect(await errors()).toEqual([]);
    });

    test('what waits for another map is due once there is one, but what a person set aside', async () => {
      const { bench, run, errors, tell } = suite();
      const refused = (remoteId: string): NewSyncError => ({ ...failed('', 'validation', null), leadId: null, remoteId, stage: 'pull' });
      await bench.store.noteErrors(run, [refused('8'), refused('9')]);
      const act = { workspace: bench.workspace, member: null, at: AT };
      const aside = (await errors()).find(({ remoteId }) => remoteId === '9');
      await bench.store.retryError(act, bench.connection, aside?.id ?? '', { kind: 'ignore' });
      expect(await bench.store.listDueErrors(run.fence, AT, 9)).toEqual([]);
      await tell({ ...SETTINGS, pairs: PAIRS.slice(1) });
      expect(await bench.store.listDueErrors(run.fence, AT, 9)).toMatchObject([{ remoteId: '8' }]);
    });

    test('a write that failed is an error of its lead', async () => {
      const { bench, run, errors } = suite();
      const leadId = await bench.addLead({ firstName: 'Bea', email: 'bea@example.com' });
      await bench.store.stageWrites(run, [write('op', leadId)]);
      await bench.store.settleWrites(run, [{ opId: 'op', outcome: { kind: 'failed', error: failed(leadId, 'validation', null) } }]);
      expect(await errors()).toMatchObject([{ leadId, kind: 'validation', attempts: 1 }]);
      expect(await bench.store.listSent(run.fence)).toEqual([]);
    });

    test('a record that could not be read is due at its time, and done when it comes in', async () => {
      const { bench, run, errors } = suite();
      const error: NewSyncError = { ...failed('', 'transient', AT + 5), leadId: null, remoteId: '1', stage: 'pull' };
      await bench.store.noteErrors(run, [error]);
      expect(await bench.store.listDueErrors(run.fence, AT + 4, 9)).toEqual([]);
      expect(await bench.store.listDueErrors(run.fence, AT + 5, 9)).toMatchObject([{ remoteId: '1', leadId: null, person: null }]);
      await pull(bench, run, record('1', ANN));
      expect(await errors()).toEqual([]);
    });

    test('errors are cleared by record and by lead', async () => {
      const { bench, run, errors } = suite();
      const leadId = await change((id) => failed(id, 'transient', AT));
      await bench.store.noteErrors(run, [{ ...failed('', 'transient', AT), leadId: null, remoteId: '8', stage: 'pull' }]);
      await bench.store.clearErrors(run, [{ type: 'contact', leadId }]);
      expect(await errors()).toMatchObject([{ remoteId: '8' }]);
      // One whose lead was deleted here has its record alone.
      await bench.store.noteErrors(run, [{ ...failed('', 'scope', AT), leadId: null, remoteId: '8', stage: 'push' }]);
      await bench.store.clearErrors(run, [{ type: 'contact', remoteId: '8' }]);
      expect(await errors()).toEqual([]);
    });
  });
});
