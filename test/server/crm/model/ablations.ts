import { SEEDS } from './seeds.ts';
import { CRM_NAMES, type CrmName } from './story.ts';
import { findBroken, RULE_NAMES, type RuleName, tellInMemory } from './tell-many.ts';

/** Prints, for each rule and each CRM, after how many stories the test misses it. `only`: some rules, by name. */
export async function printAblations(count: number, seed: number, only: readonly string[] = []): Promise<void> {
  process.stdout.write('| Rule switched off | CRM | Caught after | What broke | Shortest story |\n|---|---|---|---|---|\n');
  for (const name of RULE_NAMES.filter((each) => only.length === 0 || only.includes(each)))
    for (const crm of CRM_NAMES) process.stdout.write(`${await row(name, crm, count, seed)}\n`);
}

async function row(name: RuleName, crm: CrmName, count: number, seed: number): Promise<string> {
  const { stories: told, broken, numbers } = await findBroken({ count, seed, crm }, [name]);
  if (broken === null) return `| ${name} | ${crm} | not in ${told} | ${await tellSeed(name, crm)} |`;
  return `| ${name} | ${crm} | ${told} | ${broken} | ${JSON.stringify(numbers)} |`;
}

/** What the fixed story of a rule that only long luck catches shows, and that story. */
async function tellSeed(name: RuleName, crm: CrmName): Promise<string> {
  const [told, , story] = SEEDS.find(([, needs, { crm: where = 'hubspot' }]) => needs === name && where === crm) ?? [];
  if (!story) return '| ';
  const broken = await tellInMemory(story, [name]).then(() => 'nothing', String);
  return `${broken} | fixed: ${told}`;
}

// By itself: `node test/server/crm/model/ablations.ts 100000 7`, with names of rules after them for some alone.
if (import.meta.main) {
  const [count = '100000', seed = '7', ...only] = process.argv.slice(2);
  await printAblations(Number(count), Number(seed), only);
}
