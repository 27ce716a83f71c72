import { describe, expect, test } from 'vitest';
import { keepInStep } from './run-in-step.ts';
import { PAIRS, SETTINGS } from './sync-benches.ts';
import { inEveryStore } from './sync-suite.ts';

const ANN = { firstname: 'Ann', lastname: 'Lee', email: 'ann@example.com' } as const;
const LONG = 'x'.repeat(60_000);

inEveryStore('values no lead can hold', (suite) => {
  const open = async () => {
    const inStep = keepInStep(suite().bench);
    await inStep.tell({});
    return inStep;
  };
  const lead = async () => (await suite().bench.leads())[0]?.lead;

  test('who loses name, email and phone in the CRM stays a lead, and an error says so until one of them is back', async () => {
    const { add, run, remote: crm } = await open();
    const record = add(ANN);
    await run();
    for (const field of Object.keys(ANN)) crm.user.edit(record, field, '');
    const { counts } = await run();
    expect([counts.updatedHere, counts.errors]).toEqual([1, 1]);
    expect(await suite().bench.leads()).toHaveLength(1);
    const nobody = { remoteId: record.id, failure: { kind: 'validation', code: 'no_contact' } };
    expect(await suite().errors()).toMatchObject([nobody]);
    await run({ sweepsNow: true });
    expect(await suite().errors()).toMatchObject([nobody]);
    crm.user.edit(record, 'email', 'ann@example.com');
    await run();
    expect(await suite().errors()).toEqual([]);
  });

  describe('the record comes in without it, and the error names the field', () => {
    test.each([
      ['a phone that is a sentence', 'phone', 'call me', 'phone'],
      ['a title of 60,000 letters', 'jobtitle', LONG, 'jobTitle'],
      ['an address without an @', 'email', 'ann at example', 'email'],
    ] as const)('of a new person: %s', async (_, remote, value, field) => {
      const { add, run } = await open();
      const { id } = add({ ...ANN, [remote]: value });
      const { counts } = await run();
      expect([counts.createdHere, counts.errors]).toEqual([1, 1]);
      expect(await lead()).toMatchObject({ firstName: 'Ann', lastName: 'Lee' });
      expect(await lead()).not.toHaveProperty(field);
      expect(await suite().errors()).toMatchObject([
        { stage: 'pull', remoteId: id, nextAt: null, failure: { kind: 'validation', code: 'value_unfit', field: remote } },
      ]);
    });

    test.each([
      ['a phone that is a sentence', 'phone', '+12025550123', 'call me', 'phone'],
      ['a title of 60,000 letters', 'jobtitle', 'Chief', LONG, 'jobTitle'],
      ['an address without an @', 'email', 'ann@example.com', 'ann at example', 'email'],
    ] as const)('of a lead that has a value of its own, which stays on either side: %s', async (_, remote, old, value, field) => {
      const { add, run, remote: crm } = await open();
      const record = add({ ...ANN, [remote]: old });
      await run();
      crm.user.edit(record, remote, value);
      crm.user.edit(record, 'lastname', 'Miller');
      const { counts } = await run();
      expect([counts.errors, counts.updatedHere, counts.updatedThere]).toEqual([1, 1, 0]);
      expect(await lead()).toMatchObject({ lastName: 'Miller', [field]: old });
      await run({ sweepsNow: true });
      expect(record.values.get(remote)).toBe(value);
    });

    test('each of several', async () => {
      const { add, run } = await open();
      add({ ...ANN, phone: 'call me', jobtitle: LONG });
      expect((await run()).counts.errors).toBe(1);
      expect(await suite().errors()).toMatchObject([{ failure: { field: 'phone', message: 'jobtitle' } }]);
    });
  });

  test('a custom field holds any text there is', async () => {
    const { add, run, tell } = await open();
    const pairs = PAIRS.map((pair) => (pair.id === 'size' ? ({ ...pair, valueType: 'email' } as const) : pair));
    await tell({ ...SETTINGS, pairs });
    add({ ...ANN, size: 'ask Bob' });
    expect((await run()).counts.errors).toBe(0);
    expect((await lead())?.customFields).toEqual([{ label: 'Size', value: 'ask Bob' }]);
  });

  describe('it is looked at again', () => {
    test('when the record was mended there, and the error is over', async () => {
      const { add, run, remote } = await open();
      const record = add({ ...ANN, phone: 'call me' });
      await run();
      remote.user.edit(record, 'phone', '(202) 555-0123');
      expect((await run()).counts.errors).toBe(0);
      expect([await lead(), await suite().errors()]).toMatchObject([{ phone: '+12025550123' }, []]);
    });

    test('when the map changed, though the record did not', async () => {
      const { add, run, tell, wait } = await open();
      add({ ...ANN, phone: 'call me' });
      await run();
      wait(60 * 60_000);
      await tell({ pairs: PAIRS.map((pair) => (pair.id === 'phone' ? { ...pair, direction: 'out' } : pair)) });
      await run();
      expect(await suite().errors()).toEqual([]);
    });

    test('not before: other runs neither read it nor count it', async () => {
      const { add, run, wait } = await open();
      add({ ...ANN, phone: 'call me' });
      await run();
      wait(60 * 60_000);
      await run();
      expect((await run()).counts).toMatchObject({ errors: 0, pulled: 0 });
      expect(await suite().errors()).toHaveLength(1);
    });

    test('and one that was set aside stays so', async () => {
      const { bench, errors } = suite();
      const { add, run, remote, now } = await open();
      const record = add({ ...ANN, phone: 'call me' });
      await run();
      const [error] = await errors();
      const act = { workspace: bench.workspace, member: null, at: now() };
      await bench.store.retryError(act, bench.connection, error?.id ?? '', { kind: 'ignore' });
      remote.user.edit(record, 'phone', 'call me later');
      await run();
      expect(await errors()).toMatchObject([{ id: error?.id, isIgnored: true }]);
    });
  });

  test('edited here meanwhile, it is a question and not pushed over theirs', async () => {
    const { bench, conflicts } = suite();
    const { add, run, remote } = await open();
    const record = add({ ...ANN, phone: '+12025550123' });
    await run();
    const [known] = await bench.leads();
    remote.user.edit(record, 'phone', 'call me');
    await bench.editLead(known?.id ?? '', { phone: '+12025550199' }, 0);
    await run();
    expect([record.values.get('phone'), (await lead())?.phone]).toEqual(['call me', '+12025550199']);
    expect(await conflicts()).toMatchObject([{ theirs: 'call me', winner: 'open' }]);
  });

  test('a dry run counts it too', async () => {
    const { add, run } = await open();
    add({ ...ANN, phone: 'call me' });
    expect((await run({ trigger: 'dry_run' })).counts.errors).toBe(1);
    expect(await suite().errors()).toEqual([]);
  });
});
