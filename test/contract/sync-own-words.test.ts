import { describe, expect, test } from 'vitest';
import type { Crm } from '../../server/crm/adapter.ts';
import type { FieldPair } from '../../shared/crm/record.ts';
import { ok } from '../../shared/result.ts';
import { keepInStep } from './run-in-step.ts';
import { PAIRS } from './sync-benches.ts';
import { inEveryStore } from './sync-suite.ts';

const ANN = { firstname: 'Ann', lastname: 'Lee', email: 'ann@example.com', phone: '(202) 555-0123' } as const;

inEveryStore('what the CRM writes in its own words', (suite) => {
  const open = async (rest: Partial<FieldPair>, values: Readonly<Record<string, string>> = {}) => {
    const inStep = keepInStep(suite().bench);
    await inStep.tell({ pairs: PAIRS.map((pair) => (pair.id === (rest.valueType ? 'size' : 'phone') ? { ...pair, ...rest } : pair)) });
    const ann = inStep.add({ ...ANN, ...values });
    await inStep.run();
    return { ...inStep, ann, inStep };
  };
  const lead = async () => (await suite().bench.leads())[0];
  const goOn = ({ inStep }: Awaited<ReturnType<typeof open>>, crm: Crm) => {
    inStep.crm = crm;
    return () => inStep.run({ sweepsNow: true });
  };
  const conflicts = async () => (await suite().conflicts()).map(({ ours, theirs, winner }) => [ours, theirs, winner]);

  test('an extension that comes to a number there stays there, and nothing is asked', async () => {
    const { ann, remote, run, wait } = await open({});
    wait(60_000);
    remote.user.edit(ann, 'phone', '202-555-0123 x77');
    for (const counts of [(await run()).counts, (await run({ sweepsNow: true })).counts])
      expect(counts).toMatchObject({ updatedHere: 0, updatedThere: 0, conflicts: 0 });
    expect([ann.values.get('phone'), (await lead())?.lead.phone]).toEqual(['202-555-0123 x77', '+12025550123']);
  });

  test('in a custom field the extension comes in and stays there', async () => {
    const { ann, remote, run, wait } = await open({ valueType: 'phone' }, { size: '(202) 555-0123' });
    wait(60_000);
    remote.user.edit(ann, 'size', '202-555-0123 x77');
    for (const [updatedHere, { counts }] of [
      [1, await run()],
      [0, await run({ sweepsNow: true })],
    ] as const)
      expect(counts).toMatchObject({ updatedHere, updatedThere: 0, conflicts: 0 });
    expect(ann.values.get('size')).toBe('202-555-0123 x77');
    expect((await lead())?.lead.customFields).toEqual([{ label: 'Size', value: '+12025550123 x77' }]);
  });

  test('a conflict keeps the number there with its extension, and it can be chosen', async () => {
    const { ann, remote, run, now } = await open({ rule: 'leadline' });
    await suite().bench.editLead((await lead())?.id ?? '', { phone: '+12025550199' }, now());
    remote.user.edit(ann, 'phone', '202-555-0144 x77');
    await run();
    expect(await conflicts()).toEqual([['+12025550199', '202-555-0144 x77', 'ours']]);
    const [conflict] = await suite().conflicts();
    const { store, workspace, connection } = suite().bench;
    await store.resolveConflict({ workspace, member: null, at: now() }, connection, conflict?.id ?? '', 'undone');
    expect((await lead())?.lead.phone).toBe('+12025550144');
  });

  describe('choices', () => {
    const options = [
      { value: '0', label: '1' },
      { value: '1', label: '2' },
      { value: '01', label: '1; 2' },
    ];

    test.each<['choice' | 'choices', string, string]>([
      ['choice', '0', '1'],
      ['choices', '0;1', '1; 2'],
      ['choices', '01', '1; 2'],
    ])('a %s named like another one’s value stays what it is', async (valueType, there, here) => {
      const { ann, run } = await open({ valueType, options }, { size: there });
      expect((await run({ sweepsNow: true })).counts).toMatchObject({ updatedHere: 0, updatedThere: 0, conflicts: 0 });
      expect([ann.values.get('size'), (await lead())?.lead.customFields]).toEqual([there, [{ label: 'Size', value: here }]]);
    });
  });

  describe('choices that change there', () => {
    const A = { value: 'a', label: 'Small' };
    const B = { value: 'b', label: 'Big' };
    const offer = (inStep: Awaited<ReturnType<typeof open>>, ...options: readonly (typeof A)[]) => {
      const { crm } = inStep;
      const size = { name: 'size', label: 'Size', valueType: 'choice', options, isReadOnly: false, isRequired: false } as const;
      return { ...crm, describe: async () => ok([{ ...size, isCustom: true, isRestricted: true, maxLength: null }]) };
    };

    test('one that was renamed is the same choice: the CRM keeps it, and who chooses the new name means it', async () => {
      const inStep = await open({ valueType: 'choice', options: [A, B] }, { size: 'a' });
      const { ann, now } = inStep;
      const run = goOn(inStep, offer(inStep, { ...A, label: 'Petite' }, B));
      expect((await run()).counts).toMatchObject({ updatedHere: 0, updatedThere: 0, conflicts: 0, errors: 0 });
      const edit = (value: string) =>
        lead().then((one) => suite().bench.editLead(one?.id ?? '', { customFields: [{ label: 'Size', value }] }, now()));
      await edit('Big');
      await run();
      expect(ann.values.get('size')).toBe('b');
      await edit('petite');
      await run();
      expect(ann.values.get('size')).toBe('a');
    });

    test('one that was added is known by its name', async () => {
      const inStep = await open({ valueType: 'choice', options: [A] }, { size: 'a' });
      const run = goOn(inStep, offer(inStep, A, B));
      inStep.wait(60_000);
      inStep.remote.user.edit(inStep.ann, 'size', 'b');
      await run();
      expect((await lead())?.lead.customFields).toEqual([{ label: 'Size', value: 'Big' }]);
    });
  });

  test('every figure of a number is sent', async () => {
    const { ann, run, now } = await open({ valueType: 'number' }, { size: '9007199254740993' });
    await suite().bench.editLead((await lead())?.id ?? '', { customFields: [{ label: 'Size', value: '9007199254740995' }] }, now());
    await run();
    expect(ann.values.get('size')).toBe('9007199254740995');
  });
});
