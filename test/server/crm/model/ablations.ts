import { findBroken, RULE_NAMES, type RuleName } from './tell-many.ts';

/** Prints, for each rule, after how many stories the test misses it: `node test/server/crm/model/ablations.ts 100000 7`. */
const [stories = '100000', seed = '7', ...only] = process.argv.slice(2);
const names = RULE_NAMES.filter((name) => only.length === 0 || only.includes(name));
process.stdout.write('| Rule switched off | Caught after | What broke | Shortest story |\n|---|---|---|---|\n');
for (const name of names) process.stdout.write(`${await row(name)}\n`);

async function row(name: RuleName): Promise<string> {
  const { stories: told, broken, numbers } = await findBroken(Number(stories), Number(seed), [name]);
  return `| ${name} | ${broken === null ? `not in ${told}` : told} | ${broken ?? ''} | ${broken === null ? '' : JSON.stringify(numbers)} |`;
}
