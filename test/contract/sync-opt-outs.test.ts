import { describe, expect, test } from 'vitest';
import type { FieldPair, OptOutKind } from '../../shared/crm/record.ts';
import { ANN, AT, PAIRS, pull, record, SETTINGS, write } from './sync-benches.ts';
import { inEveryStore } from './sync-suite.ts';

const BEA = { firstname: 'Bea', lastname: 'Orr', email: 'bea@example.com' };
const DESK = '+12025550123';
const MOBILE = '+12025550144';
const refusing = (...kinds: readonly OptOutKind[]) => ({
  optOut: { email: kinds.includes('email'), phone: kinds.includes('phone'), since: AT - 5 },
});
const ALL = { ...SETTINGS, scopeOut: { kind: 'all' } } as const;

inEveryStore('opt-outs', (suite) => {
  const isMarked = async () => (await suite().bench.leads()).map(({ isSuppressed }) => isSuppressed);
  const takeIn = async (id: string, values: Readonly<Record<string, string>>, ...kinds: readonly OptOutKind[]) =>
    (await pull(suite().bench, suite().run, record(id, values, refusing(...kinds))))[0];

  describe('who refused there', () => {
    test('is not taken in, and is never pushed when here already', async () => {
      const { bench, run, unpushed } = suite();
      const leadId = await bench.addLead({ firstName: 'Ann', email: 'ann@example.com' });
      expect(await takeIn('9', BEA, 'email')).toMatchObject({ kind: 'suppressed' });
      await pull(bench, run, { ...record('1', ANN, refusing('email')), key: leadId });
      expect(await isMarked()).toEqual([true]);
      await bench.editLead(leadId, { jobTitle: 'Chair' }, AT);
      expect(await unpushed()).toEqual([]);
    });

    test('stays on the list when the CRM takes it back, whether linked or not', async () => {
      const { made, unpushed, bench } = suite();
      await takeIn('9', BEA, 'email');
      expect(await takeIn('9', BEA)).toMatchObject({ kind: 'suppressed' });
      const leadId = await made({ ...ANN, phone: DESK });
      await takeIn('1', { ...ANN, phone: DESK }, 'phone');
      await takeIn('1', { ...ANN, phone: DESK });
      await bench.editLead(leadId, { jobTitle: 'Chair' }, AT);
      expect([await isMarked(), await unpushed()]).toEqual([[true], []]);
    });

    test('calls: every number of theirs is refused, and who has one of them is not taken in', async () => {
      const { tell } = suite();
      await tell({ ...SETTINGS, pairs: [...PAIRS, MOBILE_PAIR] });
      expect(await takeIn('9', { ...BEA, phone: DESK, mobilephone: MOBILE }, 'phone')).toMatchObject({ kind: 'suppressed' });
      expect(await takeIn('1', { ...ANN, phone: MOBILE })).toMatchObject({ kind: 'suppressed' });
      expect(await takeIn('2', { ...ANN, phone: '(202) 555-0123' })).toMatchObject({ kind: 'suppressed' });
    });

    test('calls, and then has another number: that is refused, too', async () => {
      const { made } = suite();
      await made({ ...ANN, phone: DESK });
      await takeIn('1', { ...ANN, phone: DESK }, 'phone');
      await takeIn('1', { ...ANN, phone: MOBILE }, 'phone');
      expect(await takeIn('2', { ...BEA, phone: MOBILE })).toMatchObject({ kind: 'suppressed' });
    });

    test('mail, and then has another address: that is refused, too', async () => {
      const { made } = suite();
      await made();
      await takeIn('1', ANN, 'email');
      await takeIn('1', { ...ANN, email: 'ann@new.example' }, 'email');
      expect(await takeIn('2', { ...BEA, email: 'ann@new.example' })).toMatchObject({ kind: 'suppressed' });
    });

    test.each([
      ['marks the lead it is from the first meeting on', 'by the same address'],
      ['marks the lead our key names', 'by our key'],
    ])('calls without a number to name %s (%s)', async (_, how) => {
      const { bench, run, tell, unpushed } = suite();
      await tell(ALL);
      const leadId = await bench.addLead({ firstName: 'Ann', email: 'ann@example.com' });
      const met = record('1', how === 'by our key' ? { firstname: 'Ann' } : ANN, refusing('phone'));
      const [merged] = await pull(bench, run, how === 'by our key' ? { ...met, key: leadId } : met);
      expect(merged?.lead?.mayPush ?? false).toBe(false);
      expect(await isMarked()).toEqual([true]);
      await bench.editLead(leadId, { jobTitle: 'Chair' }, AT);
      expect(await unpushed()).toEqual([]);
    });

    test('without an address to name is not taken in either, as in an import', async () => {
      expect(await takeIn('1', ANN, 'phone')).toMatchObject({ kind: 'suppressed' });
      expect(await takeIn('2', { firstname: 'Cy' }, 'email')).toMatchObject({ kind: 'suppressed' });
      expect(await isMarked()).toEqual([]);
    });

    test.each([
      ['ann..lee@example.com', 'ann.lee@example.com'],
      ['ann@münchen.example', 'ann@xn--mnchen-3ya.example'],
      ['ann.lee.@example.com', 'ann.lee@example.com'],
    ])('is known in every spelling of the address (%s)', async (theirs, ours) => {
      const { bench } = suite();
      await bench.addLead({ firstName: 'Ann', email: ours });
      await takeIn('1', { ...BEA, email: theirs }, 'email');
      expect(await isMarked()).toContain(true);
      expect(await takeIn('2', { firstname: 'A', email: ours })).toMatchObject({ kind: 'suppressed' });
    });

    test('marks the lead by another record of theirs', async () => {
      const { made } = suite();
      await made();
      await takeIn('2', ANN, 'email');
      expect(await isMarked()).toEqual([true]);
    });
  });

  describe('nothing is sent of who refused here', () => {
    test.each(['email', 'phone'] as const)('by %s: neither made nor changed, not even what was planned before', async (kind) => {
      const { bench, run, tell, unpushed, made } = suite();
      await tell(ALL);
      const linked = await made({ ...ANN, phone: DESK });
      const fresh = await bench.addLead({ firstName: 'Cy', email: 'cy@example.com', phone: MOBILE });
      await bench.editLead(linked, { jobTitle: 'CTO' }, AT);
      expect(await unpushed()).toHaveLength(2);
      const [values, more] = kind === 'email' ? ['ann@example.com', 'cy@example.com'] : [DESK, MOBILE];
      await bench.suppress(values, kind);
      await bench.suppress(more, kind);
      expect(await unpushed()).toEqual([]);
      const update = write('a', linked, { kind: 'update', remoteId: '1', leadVersion: 2 });
      expect(await bench.store.stageWrites(run, [update, write('b', fresh)])).toEqual([]);
    });

    test('though a person said that they are to be made all the same', async () => {
      const { bench, run, tell, unpushed, errors } = suite();
      await tell(ALL);
      const leadId = await bench.addLead({ firstName: 'Cy', email: 'cy@example.com' });
      const failure = { kind: 'duplicate', code: 'DUPLICATES_DETECTED', message: '' } as const;
      await bench.store.noteErrors(run, [{ type: 'contact', leadId, remoteId: null, stage: 'push', failure, nextAt: null }]);
      const [error] = await errors();
      const act = { workspace: bench.workspace, member: null, at: AT };
      await bench.store.retryError(act, bench.connection, error?.id ?? '', { kind: 'make_anyway' });
      expect(await unpushed()).toMatchObject([{ leadId, makesAnyway: true }]);
      await bench.suppress('cy@example.com');
      expect(await unpushed()).toEqual([]);
    });
  });

  describe('who is to be told there', () => {
    const untold = async (at = AT) => (await suite().bench.store.listOptOuts(suite().run.fence, 'contact', at, null, 9)).links;

    test.each([
      ['an address', [['ann@example.com', 'email']], ['email']],
      ['a number', [[DESK, 'phone']], ['phone']],
      [
        'both',
        [
          ['ann@example.com', 'email'],
          [DESK, 'phone'],
        ],
        ['email', 'phone'],
      ],
    ] as const)('by %s: until the record was told of each, and anew when it becomes another', async (_, entries, kinds) => {
      const { bench, run, link, made } = suite();
      const leadId = await made({ ...ANN, phone: DESK });
      expect(await untold()).toEqual([]);
      for (const [value, kind] of entries) await bench.suppress(value, kind);
      const [listed] = await untold();
      expect(listed).toMatchObject({ leadId, remoteId: '1', kinds });
      if (!listed) return;
      for (const kind of kinds) {
        await bench.store.noteOptOuts(run, [{ ...listed, kinds: [kind] }]);
        expect((await untold()).flatMap((one) => one.kinds)).not.toContain(kind);
      }
      expect(await untold()).toEqual([]);
      await bench.store.moveLink(run, await link(), record('9', BEA).record);
      expect(await untold()).toMatchObject([{ leadId, remoteId: '9', kinds }]);
    });

    test('a second refusal of somebody marked already is told by itself', async () => {
      const { bench, run, made } = suite();
      await made({ ...ANN, phone: DESK });
      await bench.suppress('ann@example.com');
      await bench.store.noteOptOuts(run, await untold());
      await bench.suppress(DESK, 'phone');
      expect(await untold()).toMatchObject([{ kinds: ['phone'] }]);
    });

    test('who refused in the CRM itself is told nothing there', async () => {
      const { made } = suite();
      await made({ ...ANN, phone: DESK });
      await takeIn('1', { ...ANN, phone: DESK }, 'email', 'phone');
      expect(await isMarked()).toEqual([true]);
      expect(await untold()).toEqual([]);
    });

    test('the pages of a long list hold everybody once', async () => {
      const { bench, run, made } = suite();
      for (const name of ['a', 'b', 'c', 'd', 'e']) await made({ firstname: name, email: `${name}@example.com` }, name);
      for (const name of ['a', 'b', 'd', 'e']) await bench.suppress(`${name}@example.com`);
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof bench.store.listOptOuts>> = await bench.store.listOptOuts(run.fence, 'contact', AT, after, 2);
        seen.push(...page.links.map(({ remoteId }) => remoteId));
        after = page.next;
      } while (after !== null);
      expect(seen.toSorted()).toEqual(['a', 'b', 'd', 'e']);
    });

    test('what else is wrong with the lead keeps nobody from being told; what was wrong with telling does, until it is due', async () => {
      const { bench, run, made, errors } = suite();
      const leadId = await made();
      const failure = { kind: 'duplicate', code: 'two_leads', message: '' } as const;
      const error = { type: 'contact', leadId, remoteId: null, failure } as const;
      await bench.store.noteErrors(run, [{ ...error, stage: 'push', nextAt: null }]);
      await bench.suppress('ann@example.com');
      expect(await untold()).toHaveLength(1);
      await bench.store.noteErrors(run, [{ ...error, stage: 'opt_out', nextAt: AT + 10 }]);
      expect([await untold(), (await untold(AT + 10)).length]).toEqual([[], 1]);
      await bench.store.clearErrors(run, [{ type: 'contact', leadId }]);
      expect([await errors(), (await untold()).length]).toEqual([[], 1]);
    });
  });
});

const MOBILE_PAIR: FieldPair = {
  id: 'mobile',
  type: 'contact',
  local: { kind: 'field', id: 'altPhone1' },
  remote: 'mobilephone',
  label: 'Mobile phone',
  valueType: 'phone',
  direction: 'both',
  rule: 'crm',
  trouble: null,
};
