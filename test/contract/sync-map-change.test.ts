import { describe, expect, test } from 'vitest';
import type { FieldPair } from '../../shared/crm/record.ts';
import type { Lead } from '../../shared/lead/lead.ts';
import { ok } from '../../shared/result.ts';
import { keepInStep } from './run-in-step.ts';
import { PAIRS } from './sync-benches.ts';
import { inEveryStore } from './sync-suite.ts';

const ANN = { firstname: 'Ann', lastname: 'Lee', email: 'ann@example.com', jobtitle: 'Chief', size: 'L' } as const;
const TITLE = { kind: 'field', id: 'jobTitle' } as const;
const SIZE = { kind: 'custom', label: 'Size' } as const;
type Changes = Readonly<Record<string, Partial<FieldPair>>>;

inEveryStore('another map', (suite) => {
  const open = async (rest: Partial<FieldPair> = {}) => {
    const inStep = keepInStep(suite().bench);
    const { store, workspace, connection } = suite().bench;
    const first = PAIRS.map((pair) => (pair.remote === 'jobtitle' || pair.remote === 'size' ? { ...pair, ...rest } : pair));
    await inStep.tell({ pairs: first });
    const ann = inStep.add(ANN);
    await inStep.run();
    /** The pairs as they are now, with something else said of some of their remote fields. */
    const change = async (changes: Changes) => {
      const { pairs } = await store.readSettings(workspace, connection);
      await inStep.tell({ pairs: pairs.map((pair) => ({ ...pair, ...(new Map(Object.entries(changes)).get(pair.remote) ?? {}) })) });
    };
    const edit = async (patch: Lead) => {
      inStep.wait(60_000);
      await suite().bench.editLead((await suite().bench.leads())[0]?.id ?? '', patch, inStep.now());
    };
    return { ...inStep, ann, change, edit };
  };
  const here = async () => {
    const lead = (await suite().bench.leads())[0]?.lead;
    return [lead?.jobTitle, lead?.customFields?.find(({ label }) => label === 'Size')?.value];
  };
  const there = ({ values }: { readonly values: ReadonlyMap<string, string> }) => [values.get('jobtitle'), values.get('size')];
  const conflicts = async () => (await suite().conflicts()).map(({ ours, theirs, winner }) => [ours, theirs, winner]);

  test('a field that goes into another one here is filled there, and the CRM keeps it', async () => {
    const { ann, change, run } = await open();
    await change({ jobtitle: { local: { kind: 'custom', label: 'Role' } } });
    expect((await run({ sweepsNow: true })).counts).toMatchObject({ updatedThere: 0, updatedHere: 1, conflicts: 0 });
    expect(there(ann)).toEqual(['Chief', 'L']);
    expect((await suite().bench.leads())[0]?.lead).toMatchObject({
      jobTitle: 'Chief',
      customFields: expect.arrayContaining([{ label: 'Role', value: 'Chief' }]),
    });
  });

  test('a field that is kept in step with another one there asks where both hold something', async () => {
    const { ann, change, run } = await open();
    await change({ size: { direction: 'off' } });
    await change({ jobtitle: { remote: 'size' }, size: { remote: 'jobtitle' } });
    expect((await run({ sweepsNow: true })).counts).toMatchObject({ updatedThere: 0, conflicts: 1 });
    expect([await here(), there(ann), await conflicts()]).toEqual([['L', 'L'], ['Chief', 'L'], [['Chief', 'L', 'theirs']]]);
  });

  test('two fields that change places both ask', async () => {
    const { ann, change, run } = await open({ rule: 'leadline' });
    await change({ jobtitle: { local: SIZE }, size: { local: TITLE } });
    expect((await run({ sweepsNow: true })).counts).toMatchObject({ conflicts: 2 });
    expect([await here(), there(ann)]).toEqual([
      ['Chief', 'L'],
      ['L', 'Chief'],
    ]);
    expect(await conflicts()).toEqual(
      expect.arrayContaining([
        ['L', 'Chief', 'ours'],
        ['Chief', 'L', 'ours'],
      ]),
    );
  });

  describe('what is blank on one side takes the other’s, as at a first meeting, also where it was cleared meanwhile', () => {
    test.each<[string, Partial<FieldPair>, Partial<FieldPair>]>([
      ['a field that was off', { direction: 'off' }, { direction: 'both' }],
      ['a field that was gone there', { trouble: 'vanished' }, { trouble: null }],
      ['a field of another type', {}, { valueType: 'choice' }],
    ])('%s', async (_, before, after) => {
      const { ann, change, edit, run, remote } = await open();
      await change({ jobtitle: before, size: before });
      await edit({ jobTitle: '' });
      remote.user.edit(ann, 'size', '');
      await change({ jobtitle: after, size: after });
      await run({ sweepsNow: true });
      expect([await here(), there(ann), await conflicts()]).toEqual([['Chief', 'L'], ['Chief', 'L'], []]);
    });
  });

  test('a field that had vanished comes back with the first run that sees it, as at a first meeting', async () => {
    const { ann, change, edit, run, crm } = await open();
    const FIELD = { valueType: 'text', options: [], isReadOnly: false, isRequired: false, isCustom: false, maxLength: null } as const;
    /** What whoever connected may see from now on. */
    const show = (...names: string[]) => {
      crm.describe = async () => ok(names.map((name) => ({ ...FIELD, name, label: name })));
    };
    const pair = async () => {
      const { store, workspace, connection } = suite().bench;
      return (await store.readSettings(workspace, connection)).pairs.find(({ remote }) => remote === 'jobtitle');
    };
    const before = await pair();
    await change({ jobtitle: { trouble: 'vanished' } });
    show('size');
    await run();
    expect(await pair()).toEqual({ ...before, trouble: 'vanished' });
    await edit({ jobTitle: '' });
    show('size', 'jobtitle');
    await run({ trigger: 'dry_run' });
    expect(await pair()).toEqual({ ...before, trouble: 'vanished' });
    await run();
    expect(await pair()).toEqual({ ...before, id: expect.not.stringMatching(`^${before?.id}$`) });
    expect([await here(), there(ann), await conflicts()]).toEqual([['Chief', 'L'], ['Chief', 'L'], []]);
  });

  test('a clearing by hand under the same map goes there, whatever else of it changes', async () => {
    const { ann, change, edit, run } = await open();
    await edit({ jobTitle: '' });
    await change({ jobtitle: { rule: 'leadline', label: 'Position' }, size: { direction: 'in' } });
    await run({ sweepsNow: true });
    expect(there(ann)).toEqual([undefined, 'L']);
  });

  describe('what was under way under the old map says nothing of the new one', () => {
    const ROLE = { jobtitle: { local: { kind: 'custom', label: 'Role' } } } as const;

    test.each<['lost' | 'never', string]>([
      ['lost', 'CTO'],
      ['never', 'Chief'],
    ])('a change whose answer was %s', async (fault, stands) => {
      const { ann, change, edit, run, remote } = await open();
      await edit({ jobTitle: 'CTO' });
      remote.seen.fault = fault;
      await run();
      await change(ROLE);
      await run({ sweepsNow: true });
      expect([there(ann), (await here())[0]]).toEqual([[stands, 'L'], 'CTO']);
      expect((await suite().bench.leads())[0]?.lead.customFields).toContainEqual({ label: 'Role', value: stands });
    });

    test('somebody who was made there without an answer', async () => {
      const { change, run, remote, tell } = await open();
      await suite().bench.addLead({ firstName: 'Bo', email: 'bo@example.com', jobTitle: 'CFO' });
      await tell({ scopeOut: { kind: 'all' } });
      remote.seen.fault = 'lost';
      await run();
      await change(ROLE);
      await run({ sweepsNow: true });
      const made = [...remote.records.values()].filter(({ values }) => values.get('email') === 'bo@example.com');
      expect(made.map(({ values }) => values.get('jobtitle'))).toEqual(['CFO']);
    });
  });

  describe('a question nobody has decided', () => {
    const ask = async () => {
      const inStep = await open({ rule: 'manual' });
      await inStep.edit({ jobTitle: 'CTO' });
      inStep.remote.user.edit(inStep.ann, 'jobtitle', 'CFO');
      await inStep.run();
      return inStep;
    };
    const questions = async () => (await suite().conflicts()).filter(({ resolved }) => resolved === null);

    test('is over with the two fields it is about: both keep their own', async () => {
      const { ann, change } = await ask();
      await change({ jobtitle: { local: { kind: 'custom', label: 'Role' } } });
      expect([await questions(), (await here())[0], there(ann)[0]]).toEqual([[], 'CTO', 'CFO']);
    });

    test('stays where they are kept in step again', async () => {
      const { ann, change, run } = await ask();
      await change({ jobtitle: { direction: 'off' } });
      await change({ jobtitle: { direction: 'both' } });
      await run({ sweepsNow: true });
      const [question, ...others] = await questions();
      expect([question?.ours, question?.theirs, others]).toEqual(['CTO', 'CFO', []]);
      const { store, workspace, connection } = suite().bench;
      expect(await store.resolveConflict({ workspace, member: null, at: 9e12 }, connection, question?.id ?? '', 'ours')).toBe('resolved');
      await run();
      expect(there(ann)[0]).toBe('CTO');
    });
  });
});
