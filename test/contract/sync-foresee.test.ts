import { expect, test } from 'vitest';
import type { SyncSettings } from '../../shared/crm/sync-settings.ts';
import { type InStep, keepInStep } from './run-in-step.ts';
import { type Bench, PAIRS } from './sync-benches.ts';
import { inEveryStore, withRule } from './sync-suite.ts';

const HOUR = 60 * 60_000;
const ANN = { firstname: 'Ann', lastname: 'Lee', email: 'ann@example.com', jobtitle: 'Buyer' } as const;
const BOB = { firstname: 'Bob', lastname: 'Ray', email: 'bob@example.com', jobtitle: 'Clerk' } as const;
const FAIR: Partial<SyncSettings> = { scopeIn: { kind: 'list', id: 'fair', name: 'Fair' } };
const OUT: Partial<SyncSettings> = { scopeOut: { kind: 'all' } };

type World = InStep & { readonly bench: Bench; readonly idOf: (email: string) => Promise<string> };
type Situation = readonly [what: string, settings: Partial<SyncSettings>, make: (world: World) => Promise<void> | void];

/** Ann is linked, and an hour goes by. */
async function linked({ add, run, wait }: World) {
  const ann = add(ANN);
  await run();
  wait(HOUR);
  return ann;
}

const SITUATIONS: readonly Situation[] = [
  ['nothing anywhere', {}, () => {}],
  ['people who are new there', {}, ({ add }) => void [add(ANN), add(BOB), add({ ...ANN, email: 'cy@example.com' })]],
  ['people who are new here, and may be made there', OUT, async ({ bench }) => void (await bench.addLead({ firstName: 'Bob' }))],
  ['and may not', {}, async ({ bench }) => void (await bench.addLead({ firstName: 'Bob' }))],
  [
    'people who are new on both sides and the same: blanks are filled both ways',
    {},
    async ({ bench, add }) => {
      add({ firstname: 'Ann', email: 'ann@example.com', jobtitle: 'Buyer' });
      await bench.addLead({ lastName: 'Lee', email: 'ann@example.com' });
    },
  ],
  [
    'the same, with values that differ',
    withRule('leadline'),
    async ({ bench, add }) => {
      add(ANN);
      await bench.addLead({ firstName: 'Ann', email: 'ann@example.com', jobTitle: 'Chief' });
    },
  ],
  [
    'somebody who is there outside the scope, and is not made again',
    { ...OUT, ...FAIR },
    async ({ bench, add }) => {
      add({ ...ANN, phone: '+12025550123' });
      await bench.addLead({ firstName: 'Ann', email: 'ann@example.com', jobTitle: 'Chief' });
    },
  ],
  [
    'two leads with the address of one record',
    { ...OUT, ...FAIR },
    async ({ bench, add }) => {
      add(ANN);
      await bench.addLead({ firstName: 'Ann', email: 'ann@example.com' });
      await bench.addLead({ firstName: 'Anna', email: 'ann@example.com' });
    },
  ],
  ['an edit there', {}, async (world) => void world.remote.user.edit(await linked(world), 'jobtitle', 'Head')],
  [
    'an edit there of a linked record outside the scope',
    FAIR,
    async (world) => {
      const { add, inScope, run, wait, remote } = world;
      const ann = add(ANN);
      inScope.add(ann.id);
      await run();
      inScope.delete(ann.id);
      wait(HOUR);
      remote.user.edit(ann, 'jobtitle', 'Head');
    },
  ],
  [
    'an edit here of a lead whose record is outside the scope',
    FAIR,
    async (world) => {
      const { add, inScope, run, wait, bench, idOf } = world;
      const ann = add(ANN);
      inScope.add(ann.id);
      await run();
      inScope.delete(ann.id);
      wait(HOUR);
      await bench.editLead(await idOf('ann@example.com'), { jobTitle: 'Chief' }, world.now());
    },
  ],
  ...(['crm', 'leadline', 'manual', 'newest'] as const).map(
    (rule): Situation => [
      `edits on both sides (${rule})`,
      withRule(rule),
      async (world) => {
        const ann = await linked(world);
        world.remote.user.edit(ann, 'jobtitle', 'Head');
        await world.bench.editLead(await world.idOf('ann@example.com'), { jobTitle: 'Chief' }, world.now());
      },
    ],
  ),
  [
    'the same edit on both sides',
    {},
    async (world) => {
      const ann = await linked(world);
      world.remote.user.edit(ann, 'jobtitle', 'Head');
      await world.bench.editLead(await world.idOf('ann@example.com'), { jobTitle: 'Head' }, world.now());
    },
  ],
  [
    'an edit here of a lead whose record was archived',
    {},
    async (world) => {
      const ann = await linked(world);
      ann.state = 'archived';
      await world.bench.editLead(await world.idOf('ann@example.com'), { jobTitle: 'Chief' }, world.now());
    },
  ],
  ['a record that is nobody', {}, ({ add }) => void add({ size: '10' })],
  ['a value no lead can hold', {}, ({ add }) => void add({ ...ANN, phone: 'call me' })],
  [
    'an edit here beside a value no lead can hold',
    {},
    async (world) => {
      const ann = await linked(world);
      world.remote.user.edit(ann, 'phone', 'call me');
      await world.bench.editLead(await world.idOf('ann@example.com'), { jobTitle: 'Chief' }, world.now());
    },
  ],
  [
    'somebody who opted out there',
    {},
    async (world) => {
      world.remote.user.optOut(await linked(world));
      await world.bench.editLead(await world.idOf('ann@example.com'), { jobTitle: 'Chief' }, world.now());
    },
  ],
  [
    'somebody who opted out here, and whom the CRM is to be told of',
    { writesOptOuts: true },
    async (world) => {
      await linked(world);
      await world.bench.suppress('ann@example.com');
    },
  ],
  [
    'somebody who opted out on both sides',
    { writesOptOuts: true },
    async (world) => {
      const ann = await linked(world);
      await world.bench.suppress('ann@example.com');
      world.remote.user.optOut(ann);
    },
  ],
  [
    'somebody who opted out here and whose record is no more',
    { writesOptOuts: true },
    async (world) => {
      const ann = await linked(world);
      await world.bench.suppress('ann@example.com');
      ann.state = 'archived';
    },
  ],
  [
    'a field mapped newly',
    { pairs: PAIRS.filter(({ id }) => id !== 'title') },
    async (world) => {
      await linked(world);
      await world.tell({});
    },
  ],
  [
    'a lead deleted here, whose record is to go too',
    { whenDeletedHere: 'archive_there' },
    async (world) => {
      await linked(world);
      await world.bench.deleteLead(await world.idOf('ann@example.com'));
    },
  ],
  [
    'records that were merged there',
    {},
    async (world) => {
      const ann = await linked(world);
      const other = world.add({ ...ANN, email: 'ann@acme.example', jobtitle: 'Head' });
      world.remote.user.merge(other, ann);
    },
  ],
  [
    'a value that the CRM changed back twice',
    withRule('leadline'),
    async (world) => {
      const ann = await linked(world);
      for (let times = 0; times < 3; times++) {
        await world.bench.editLead(await world.idOf('ann@example.com'), { jobTitle: 'Chief' }, world.now());
        if (times === 2) return;
        await world.run();
        world.remote.user.edit(ann, 'jobtitle', 'Buyer');
        await world.run();
      }
    },
  ],
];

/** Of a CRM with two kinds of people: here Ann is a lead there, and linked. */
const BOTH = [...PAIRS, ...PAIRS.map((pair) => ({ ...pair, id: `lead-${pair.id}`, type: 'lead' as const }))];
async function leadThere({ add, run, wait }: World) {
  const ann = add(ANN, 'lead');
  await run();
  wait(HOUR);
  return ann;
}

const OF_TWO_KINDS: readonly Situation[] = [
  ['a person of each kind', {}, ({ add }) => void [add(ANN, 'lead'), add(BOB, 'contact')]],
  ['somebody new, who becomes a lead there', OUT, async ({ bench }) => void (await bench.addLead({ firstName: 'Bob', lastName: 'Ray' }))],
  [
    'somebody who is a contact there',
    OUT,
    async ({ bench, add }) => void [add(ANN, 'contact'), await bench.addLead({ lastName: 'Lee', email: ANN.email })],
  ],
  ['a lead that became a contact', {}, async (world) => void world.remote.user.convert(await leadThere(world), null)],
  [
    'a lead that became a contact who was there, with an edit here',
    {},
    async (world) => {
      const ann = await leadThere(world);
      world.remote.user.convert(ann, world.add({ ...ANN, email: 'ann@acme.example', jobtitle: 'Head' }, 'contact'));
      await world.bench.editLead(await world.idOf('ann@example.com'), { phone: '+12025550123' }, world.now());
    },
  ],
  [
    'leads that were merged there',
    {},
    async (world) => {
      const ann = await leadThere(world);
      world.remote.user.merge(world.add({ ...ANN, email: 'ann@acme.example', jobtitle: 'Head' }, 'lead'), ann);
    },
  ],
];

inEveryStore('what a dry run says', (suite) => {
  const everything = async ({ remote }: InStep) => {
    const { bench, links, conflicts, errors } = suite();
    const { pairs } = await bench.store.readSettings(bench.workspace, bench.connection);
    const records = [...remote.records.values()].map(({ id, values, state, isOptedOut }) => [id, [...values], state, isOptedOut]);
    return { leads: await bench.leads(), links: await links(), conflicts: await conflicts(), errors: await errors(), pairs, records };
  };

  const situations = [
    ...SITUATIONS.map((each) => ['hubspot', ...each] as const),
    ...OF_TWO_KINDS.map(([what, settings, make]) => ['salesforce', what, { pairs: BOTH, ...settings }, make] as const),
  ];
  test.each(situations)('is what the run then does, and nothing is done before it (%s): %s', async (crm, _, settings, make) => {
    const { bench } = suite();
    const inStep = keepInStep(bench, crm);
    const idOf = async (email: string) => (await bench.leads()).find(({ lead }) => lead.email === email)?.id ?? '';
    await inStep.tell(settings);
    await make({ ...inStep, bench, idOf });
    inStep.wait(2 * 60_000);
    const before = await everything(inStep);
    const said = await inStep.run({ trigger: 'dry_run' });
    expect(await everything(inStep)).toEqual(before);
    const done = await inStep.run();
    expect(said.counts).toEqual(done.counts);
    expect(said.foreseen?.createsThere).toHaveLength(done.counts.createdThere);
    expect([said.outcome, done.outcome]).toEqual(['done', 'done']);
  });
});
