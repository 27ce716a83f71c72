import { expect, test } from 'vitest';
import type { CrmScope } from '../../shared/crm/scope.ts';
import { type InStep, keepInStep } from './run-in-step.ts';
import { inEveryStore } from './sync-suite.ts';

const HOUR = 60 * 60_000;
const FAIR: CrmScope = { kind: 'list', id: 'fair', name: 'Fair' };
const ANN = { firstname: 'Ann', lastname: 'Lee', email: 'ann@example.com', jobtitle: 'Buyer' } as const;
const BOB = { firstname: 'Bob', lastname: 'Ray', email: 'bob@example.com', jobtitle: 'Clerk' } as const;

inEveryStore('another scope', (suite) => {
  const open = async (): Promise<InStep> => {
    const inStep = keepInStep(suite().bench);
    await inStep.tell({});
    return inStep;
  };
  const titles = async () => (await suite().bench.leads()).map(({ lead }) => lead.jobTitle).sort();

  test('what was edited between the last run and the change comes in, though its record is outside the new scope', async () => {
    const { add, run, remote, tell, wait } = await open();
    const ann = add(ANN);
    await run();
    wait(HOUR);
    remote.user.edit(ann, 'jobtitle', 'Head');
    wait(HOUR);
    await tell({ scopeIn: FAIR });
    await run();
    await run();
    expect(await titles()).toEqual(['Head']);
  });

  test('who is linked stays in step outside the new scope, and whoever is in it comes in', async () => {
    const { add, run, remote, tell, wait, inScope } = await open();
    await tell({ scopeIn: FAIR });
    const ann = add(ANN);
    inScope.add(ann.id);
    await run();
    const bob = add(BOB);
    wait(HOUR);
    await run();
    inScope.delete(ann.id);
    inScope.add(bob.id);
    await tell({ scopeIn: { ...FAIR, id: 'webinar' } });
    await run();
    remote.user.edit(ann, 'jobtitle', 'Head');
    wait(HOUR);
    await run();
    expect(await titles()).toEqual(['Clerk', 'Head']);
  });

  test('what is edited while the new scope is read comes in with the next run', async () => {
    const inStep = await open();
    const { add, run, remote, tell, wait, crm } = inStep;
    const ann = add(ANN);
    const bob = add(BOB);
    await run();
    wait(HOUR);
    await tell({ scopeIn: FAIR });
    inStep.inScope.add(bob.id);
    inStep.crm = {
      ...crm,
      listRecords: async (...args) => {
        const listed = await crm.listRecords(...args);
        remote.user.edit(ann, 'jobtitle', 'Head');
        remote.user.edit(bob, 'jobtitle', 'Chair');
        return listed;
      },
    };
    await run();
    inStep.crm = crm;
    wait(HOUR);
    await run();
    expect(await titles()).toEqual(['Chair', 'Head']);
  });

  test.each([
    ['the first reading', 'listRecords'],
    ['a list of changes', 'listChanged'],
  ] as const)('chosen in the middle of %s, it is read in full by the next run', async (_, when) => {
    const inStep = await open();
    const { add, run, tell, wait, crm } = inStep;
    await tell({ scopeIn: FAIR });
    const old = add(BOB); // never changed again, and not in the list
    if (when === 'listChanged') {
      await run();
      wait(HOUR);
    }
    inStep.inScope.add(add(ANN).id);
    const changing = async <T>(answer: Promise<T>) => {
      const known = await answer;
      await tell({ scopeIn: { kind: 'all' } });
      return known;
    };
    inStep.crm = { ...crm, [when]: (...args: Parameters<(typeof crm)['listRecords']>) => changing(crm.listRecords(...args)) };
    if (when === 'listChanged') inStep.crm = { ...crm, listChanged: (...args) => changing(crm.listChanged(...args)) };
    wait(2 * 60_000);
    expect(await run()).toMatchObject({ outcome: 'stopped', failure: { kind: 'changed', code: 'settings_changed' } });
    inStep.crm = crm;
    wait(HOUR);
    expect((await run()).outcome).toBe('done');
    expect([old.state, await titles()]).toEqual(['live', ['Buyer', 'Clerk']]);
  });

  test('a field mapped in the middle of a sweep is brought together everywhere', async () => {
    const inStep = await open();
    const { add, run, tell, crm } = inStep;
    const { pairs } = await suite().bench.store.readSettings(suite().bench.workspace, suite().bench.connection);
    const withoutTitle = pairs.filter(({ id }) => id !== 'title');
    await tell({ pairs: withoutTitle });
    for (const person of [ANN, BOB, { ...ANN, email: 'cy@example.com', firstname: 'Cy' }]) add(person);
    await run();
    inStep.wait(HOUR);
    inStep.crm = {
      ...crm,
      readRecords: async (...args) => {
        const read = await crm.readRecords(...args);
        await tell({ pairs });
        return read;
      },
    };
    await run({ sweepsNow: true });
    inStep.crm = crm;
    await run();
    expect(await titles()).toEqual(['Buyer', 'Buyer', 'Clerk']);
  });
});
