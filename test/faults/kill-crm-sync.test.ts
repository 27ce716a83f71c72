import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { SERVER_BUNDLE } from '../../server/launch/build.mjs';
import { createRandom } from '../support/make-leads.ts';
import { makeDataFolder, type SpawnedServer, spawnServer } from '../support/start-server.ts';
import { ask, type Reply, type Target } from './chunked-client.ts';
import { createEdits, type Edits, leadsOf } from './crm-edits.ts';
import { FIELDS, type Field, hubspotRemote, type Remote, type RemotePerson, salesforceRemote } from './crm-remote.ts';

/** A few with the other tests; where faults are looked for, 200 kills and 500 lost answers of each CRM. */
const ASKED = Number(process.env.LEADLINE_KILLS ?? 25);
const [KILLS, LOSSES] = ASKED >= 300 ? [200, 500] : [2, 4];
const SEED = Number(process.env.LEADLINE_SEED ?? 7);
const PEOPLE_THERE = 30;
const MOST_RUNS = 12;
const HOUR_MS = 3_600_000;

describe('a server that is killed while it keeps in step with', () => {
  test.each([
    ['HubSpot', hubspotRemote],
    ['Salesforce', salesforceRemote],
  ] as const)('%s makes nobody twice, loses no edit without a word, and comes to rest', { timeout: HOUR_MS }, async (name, start) => {
    const remote = await start();
    const data = makeDataFolder();
    try {
      const done = await sweep(remote, data.path, { kills: KILLS, losses: LOSSES });
      console.log(
        `${name}: ${done.kills} kills, ${done.cutOff} of them in the middle of a run; ${done.lost} answers lost; ${done.edits} edits`,
      );
    } finally {
      await remote.stop();
      data.remove();
    }
  });
});

type Sweep = { readonly remote: Remote; readonly edits: Edits; readonly random: () => number; readonly connection: string };

async function sweep(remote: Remote, dataDir: string, until: { readonly kills: number; readonly losses: number }) {
  const bundle = existsSync(SERVER_BUNDLE) ? { bundle: SERVER_BUNDLE } : {};
  const start = (port = 0) => spawnServer({ dataDir, port, ...bundle, env: { ...remote.env, LEADLINE_LOG: 'silent' } });
  const random = createRandom(SEED);
  const edits = createEdits(remote);
  for (let n = 0; n < PEOPLE_THERE; n++) remote.add(`there${n}@example.com`);
  let server = await start();
  const target: Target = { port: server.port, key: server.apiKey ?? '' };
  const connection = await remote.connect(target);
  expect((await ask(target, 'POST', `${connection}/import`, {}))?.status).toBe(201);
  expect((await ask(target, 'PATCH', connection, { scopeOut: { kind: 'all' } }))?.status).toBe(200);
  const work: Sweep = { remote, edits, random, connection };
  let [kills, cutOff, lost, tookMs] = [0, 0, 0, 500];
  try {
    // A kill counts when it cut a run off.
    while (cutOff < until.kills || lost < until.losses) {
      const raced = await editBothSides(work, target);
      if (lost < until.losses) remote.loseReplies(1 + Math.floor(random() * 3));
      const killed = cutOff < until.kills && random() < 0.9 ? armKill(work, server, tookMs, raced) : null;
      const begun = performance.now();
      const reply = await ask(target, 'POST', `${connection}/sync`, {});
      if (reply) tookMs = performance.now() - begun;
      lost += remote.calm();
      if (!killed) continue;
      await killed();
      kills++;
      if (!reply) cutOff++;
      server = await start(target.port);
    }
    await settle(work, target);
    await edits.judge(target, connection);
    const writes = remote.writes();
    expect(await run(target, connection)).toMatchObject(NOTHING);
    expect(remote.writes()).toBe(writes);
    return { kills, cutOff, lost, edits: edits.count() };
  } finally {
    await server.stop();
  }
}

type Raced = { readonly people: readonly RemotePerson[]; readonly field: Field };

/** A few people are made and edited on both sides, now and then the same one. Gives those whose edits are on their way there. */
async function editBothSides({ remote, edits, random }: Sweep, target: Target): Promise<Raced> {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T; // neither side is ever empty
  await edits.makeHere(target);
  if (random() < 0.2) remote.add(`late${edits.count()}@example.com`);
  const here = await leadsOf(target);
  const there = remote.people();
  const [both, field] = [pick(there), pick(FIELDS)];
  const edited = [pick(here), pick(here), here.find(({ email }) => email === both.email) ?? pick(here)];
  for (const lead of new Set(edited)) await edits.editHere(target, lead, field);
  for (const person of [both, pick(there)]) edits.editThere(person, field);
  return { people: there.filter(({ email }) => edited.some((lead) => lead.email === email)), field };
}

/** Kills after a while, or as the CRM has a request in its hands, and as somebody edits there what is on its way; gives what waits until it is done. */
function armKill({ remote, edits, random }: Sweep, server: SpawnedServer, tookMs: number, raced: Raced): () => Promise<void> {
  if (random() < 0.5) {
    const after = wait(random() * tookMs * 1.1).then(server.kill);
    return () => after;
  }
  remote.before(1 + Math.floor(random() * 8), () => {
    if (remote.seesRaces) for (const person of raced.people) edits.editThere(person, raced.field);
    server.process.kill('SIGKILL');
  });
  return server.kill;
}

const NOTHING = { outcome: 'done', here: { created: 0, updated: 0 }, there: { created: 0, updated: 0 }, conflicts: 0, errors: 0 };

async function run(target: Target, connection: string) {
  const reply: Reply = await ask(target, 'POST', `${connection}/sync`, {});
  if (reply?.status !== 200) throw new Error(`${reply?.status} ${reply?.body}`);
  return JSON.parse(reply.body);
}

/** Runs until one finds nothing to do. */
async function settle({ connection }: Sweep, target: Target): Promise<void> {
  for (let runs = 0; runs < MOST_RUNS; runs++) {
    const { outcome, here, there } = await run(target, connection);
    if (outcome === 'done' && here.created + here.updated + there.created + there.updated === 0) return;
  }
  throw new Error('it never came to rest');
}
