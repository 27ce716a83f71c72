import type { Crm } from '../../server/crm/adapter.ts';
import { defaultPairs, type KnownFields } from '../../server/crm/default-pairs.ts';
import { HUBSPOT_FIELDS } from '../../server/crm/hubspot/fields.ts';
import { importRecords, previewRecords } from '../../server/crm/import-records.ts';
import { createRecordShelf } from '../../server/crm/record-shelf.ts';
import { BULK_PART_ROWS } from '../../server/crm/salesforce/bulk-reading.ts';
import { SALESFORCE_FIELDS } from '../../server/crm/salesforce/fields.ts';
import { SYNC_LIMITS } from '../../server/crm/sync/limits.ts';
import { runSync } from '../../server/crm/sync/run.ts';
import type { FieldPair, RecordType } from '../../shared/crm/record.ts';
import { NEW_SETTINGS } from '../../shared/crm/sync-settings.ts';
import type { Result } from '../../shared/result.ts';
import { openSqliteBench, type SqliteBench } from '../contract/sync-benches.ts';
import { unwrap } from '../support/crm-answers.ts';
import { openHubspotCrm } from '../support/hubspot/open-crm.ts';
import { openOrg } from '../support/salesforce/open-org.ts';
import type { Bar } from './measure.ts';

/** Calls that keeping in step costs, beside the fewest that could do it. Both CRMs count every call, and so do these. */
const RECORDS = 20_000;
const CHANGED = RECORDS / 100;
/** So many that Salesforce reads them by a job. */
const VERY_MANY = 60_000;
const MOST = 1.1;
const TEN_MINUTES = 600_000;

type World = {
  readonly name: string;
  readonly records: number;
  readonly crm: Crm;
  readonly known: (type: RecordType) => KnownFields;
  readonly change: (index: number) => void;
  /** By the CRM's clock, which waiting for its limits moves on. */
  readonly now: () => number;
  readonly pass: (ms: number) => void;
  /**
   * The fewest calls for reading all, for reading what changed and looking once at each kind of side data, and for the way by
   * hand. What fields there are is known before the first two; by hand it is an hour old by then, and asked for anew.
   */
  readonly least: { readonly initial: number; readonly incremental: number | null; readonly byHand?: number };
  /** What the CRM allows (ms a call), where it says so. */
  readonly msPerCall: number | null;
  readonly end: () => Promise<void>;
};

/** 20,000 records at first, then 1 % of them changed; a first reading of very many; and the way by hand: a preview, its import, a sync. */
export async function measureCrm(): Promise<readonly Bar[]> {
  const bars: Bar[] = [];
  for (const open of [openHubspot, openSalesforce, openBigSalesforce]) bars.push(...(await measureWorld(await open())));
  for (const open of [openHubspot, openSalesforce]) bars.push(await measureByHand(await open()));
  return bars;
}

/** What is read for the preview serves the import, and the first sync asks only for what changed since. */
async function measureByHand(world: World): Promise<Bar> {
  const { crm, name, now, least, records } = world;
  const bench = await openSqliteBench();
  try {
    await crm.ensureKeyField(crm.traits.types[0] ?? 'contact');
    const pairs = await setUp(bench, world);
    const backend = { ...bench.server.backend, now };
    const links = { store: bench.server.store, limits: SYNC_LIMITS, now, newId: () => `bench-${lastId++}` };
    const deps = { backend, shelf: createRecordShelf(now), links };
    const { types } = crm.traits;
    const asked = { types, scope: { kind: 'all' }, pairs, wholeTypes: types } as const;
    const open = { id: 'bench', number: bench.connection, crm, name };
    // Nobody has just been made: such a record is asked for again by the overlap.
    world.pass(6 * TEN_MINUTES);
    const before = crm.usage().calls;
    const { planned } = done(await previewRecords(deps, bench.server.actor, open, asked));
    const { created } = done(await importRecords(deps, bench.server.actor, open, asked, null));
    const calls = crm.usage().calls - before;
    if (planned.created !== records || created !== records) throw new Error(`${created} of ${planned.created} came`);
    world.pass(2 * TEN_MINUTES);
    const first = await run(bench, world);
    return callsBar(`${name}: calls for a preview, its import and the first sync`, calls + first.calls, least.byHand ?? least.initial);
  } finally {
    await bench.end();
    await world.end();
  }
}

async function measureWorld(world: World): Promise<readonly Bar[]> {
  const bench = await openSqliteBench();
  try {
    await world.crm.ensureKeyField(world.crm.traits.types[0] ?? 'contact');
    await setUp(bench, world);
    const initial = await run(bench, world);
    const first = callsBar(`${world.name}: calls for ${world.records.toLocaleString('en')} records`, initial.calls, world.least.initial);
    if (initial.created !== world.records) throw new Error(`${initial.created} came`);
    if (world.least.incremental === null) return [first];
    world.pass(2 * TEN_MINUTES);
    await run(bench, world); // side data of the past, and the overlap with the first reading
    for (let index = 0; index < CHANGED; index++) world.change(index);
    world.pass(2 * TEN_MINUTES);
    const incremental = await run(bench, world);
    if (incremental.updated !== CHANGED) throw new Error(`${incremental.updated} changed`);
    return [
      first,
      callsBar(`${world.name}: calls for ${CHANGED} changes`, incremental.calls, world.least.incremental),
      ...(world.msPerCall === null ? [] : [timeBar(world.name, initial.waitedMs, initial.calls * world.msPerCall)]),
    ];
  } finally {
    await bench.end();
    await world.end();
  }
}

function done<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

async function setUp(bench: SqliteBench, { crm, known }: World): Promise<readonly FieldPair[]> {
  const pairs: FieldPair[] = [];
  for (const type of crm.traits.types) pairs.push(...defaultPairs(crm.provider, type, known(type), unwrap(await crm.describe(type))));
  await bench.store.changeSettings({ workspace: bench.workspace, member: null, at: 0 }, bench.connection, { ...NEW_SETTINGS, pairs });
  return pairs;
}

let lastId = 0;
async function run({ store, workspace, connection }: SqliteBench, { crm, now }: World) {
  const startedAt = now();
  const newId = () => `bench-${lastId++}`;
  const parts = { crm, store, workspace, connection, defaultCountry: 'US', owner: 'bench', now, newId };
  const ran = await runSync(parts, { trigger: 'by_hand' });
  if (ran.kind !== 'ran' || ran.failure) throw new Error(JSON.stringify(ran));
  const { createdHere: created, updatedHere: updated } = ran.counts;
  return { calls: ran.calls, created, updated, waitedMs: now() - startedAt };
}

async function openHubspot(): Promise<World> {
  const { hubspot, crm, clock } = await openHubspotCrm();
  const ids = Array.from({ length: RECORDS }, (_, index) =>
    hubspot.people.createContact(personOf(index, 'firstname', 'lastname', 'email')),
  );
  return {
    name: 'HubSpot',
    records: RECORDS,
    crm,
    known: () => HUBSPOT_FIELDS,
    change: (index) => hubspot.people.editContact(ids[index] ?? '', { jobtitle: `Buyer ${index}` }),
    now: () => clock.at,
    pass: (ms) => {
      clock.at += ms;
    },
    // Pages of 100; search 200 at a time, read 100 at a time, one search for each kind of side data.
    least: {
      initial: RECORDS / 100 + crm.traits.sideKinds.length,
      incremental: 1 + CHANGED / 100 + crm.traits.sideKinds.length,
      byHand: RECORDS / 100 + 1 + crm.traits.sideKinds.length,
    },
    msPerCall: 10_000 / 80,
    end: hubspot.close,
  };
}

async function openSalesforce(): Promise<World> {
  // Pages of 2,000 leads and one of contacts; what changed and what went of each, 200 read at once; two kinds of side data, one by
  // two stamps. By hand also the fields of each.
  return openOrgOf('Salesforce', RECORDS, {
    initial: RECORDS / 2_000 + 1 + 3,
    incremental: 2 * 2 + 1 + 3,
    byHand: 2 + RECORDS / 2_000 + 1 + 2 * 2 + 3,
  });
}

async function openBigSalesforce(): Promise<World> {
  const parts = Math.ceil((VERY_MANY - 2_000) / BULK_PART_ROWS);
  // A first page, which says how many there are; a job, one look at it and its parts; one page of contacts and the side data.
  return openOrgOf('Salesforce, by a job', VERY_MANY, { initial: 1 + 2 + parts + 1 + 3, incremental: null });
}

async function openOrgOf(name: string, records: number, least: World['least']): Promise<World> {
  const org = await openOrg();
  const ids = Array.from({ length: records }, (_, index) => org.fake.people.addLead(personOf(index, 'FirstName', 'LastName', 'Email')));
  return {
    name,
    records,
    crm: org.crm,
    known: (type) => SALESFORCE_FIELDS[type],
    change: (index) => org.fake.people.edit(ids[index] ?? '', { Title: `Buyer ${index}` }),
    now: () => org.now,
    pass: (ms) => {
      org.now += ms;
    },
    least,
    msPerCall: null,
    end: org.fake.stop,
  };
}

function personOf(index: number, first: string, last: string, email: string): Record<string, string> {
  return { [first]: `Pat${index}`, [last]: `Fern${index}`, [email]: `pat${index}@example.com` };
}

function callsBar(name: string, calls: number, least: number): Bar {
  return { name, measured: `${calls} calls`, floor: `${least} at least`, ratio: calls / least, promise: { kind: 'at most', ratio: MOST } };
}

function timeBar(name: string, waitedMs: number, limitMs: number): Bar {
  return {
    name: `${name}: time of the first reading by the limit alone`,
    measured: `${(waitedMs / 1_000).toFixed(1)} s`,
    floor: `${(limitMs / 1_000).toFixed(1)} s`,
    ratio: waitedMs / limitMs,
    promise: { kind: 'at most', ratio: MOST },
  };
}
