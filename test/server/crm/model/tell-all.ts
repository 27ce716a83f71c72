import { printAblations } from './ablations.ts';
import { openSqlite } from './open-sqlite.ts';
import { CRM_NAMES } from './story.ts';
import { tell } from './tell.ts';
import { type Found, findBroken, findBrokenBy } from './tell-many.ts';
import { findBrokenOnLoopback } from './tell-on.ts';

/**
 * What `npm run model` does: many stories of each CRM in memory, a twenty-fifth of them on the database and a hundredth with the
 * CRM's adapter and its loopback: without an admin, with one who changes the map and the scope, with outages, and where the CRM can
 * hide records, with that; then the table of what each rule is for. `npm run model -- 50000 2026` tells so many, from that seed.
 */
const [count = '1000000', seed = '7'] = process.argv.slice(2);
const stories = Number(count);
const server = openSqlite();
let isWhole = true;
for (const crm of CRM_NAMES) {
  const kinds = [{}, { hasAdmin: true }, { hasOutages: true, hasAdmin: true }, ...(crm === 'salesforce' ? [{ hides: true }] : [])];
  for (const { hasAdmin = false, hides = false, hasOutages = false } of kinds) {
    const telling = { seed: Number(seed), crm, hasAdmin, hides, hasOutages };
    const who = `${crm}${hasAdmin ? ' with an admin' : ''}${hides ? ' with hidden records' : ''}${hasOutages ? ' with outages' : ''}`;
    await say(`${who} in memory`, () => findBroken({ ...telling, count: stories }));
    const onDatabase = async (story: Parameters<typeof tell>[0]) => tell(story, await server.newStore());
    await say(`${who} on the database`, () => findBrokenBy(onDatabase, { ...telling, count: Math.ceil(stories / 25) }));
    await say(`${who} with its adapter`, () => findBrokenOnLoopback({ ...telling, count: Math.ceil(stories / 100) }));
  }
}
await server.end();
await printAblations(Math.ceil(stories / 10), Number(seed));
process.exitCode = isWhole ? 0 : 1;

async function say(where: string, telling: () => Promise<Found>): Promise<void> {
  const startedAt = performance.now();
  const { stories: told, broken, numbers } = await telling();
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  isWhole &&= broken === null;
  process.stdout.write(
    `${where}: ${told} stories in ${seconds} s: ${broken === null ? 'every promise kept' : `${broken} ${JSON.stringify(numbers)}`}\n`,
  );
}
