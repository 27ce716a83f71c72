import { globSync } from 'node:fs';
import { ROOT } from '../../server/launch/processes.mjs';
import { ensureBrowsers } from './browsers.ts';
import { addCounts, type Counts, closingLine, countsInWords, NO_TESTS } from './count-tests.ts';
import { allParts, type Part } from './parts.ts';

/**
 * What `npm test`, `npm run check` and `npm run faults` run once everything is installed. Arguments: the command, then
 * `--no-browser`, or names of parts to run only these. The last line is `N passed, N failed, N skipped`.
 */
const PARTS_OF = new Map<string, readonly string[] | null>([
  ['test', null],
  ['check', ['types', 'lint', 'house']],
  ['faults', ['faults']],
]);
/** How often the server is killed: a sample in every test run, the whole sweep when it is asked for. */
const KILLS = new Map([['faults', '300']]);

const [command = 'test', ...args] = process.argv.slice(2);
process.env.LEADLINE_KILLS ??= KILLS.get(command) ?? '25';
if (!process.stdout.isTTY) process.env.NO_COLOR ??= '1'; // a log is for reading
process.exitCode = await runParts(partsToRun(command, args), !args.includes('--no-browser'));

function partsToRun(command: string, args: readonly string[]): readonly Part[] {
  const all = allParts();
  const named = args.filter((arg) => !arg.startsWith('-'));
  const unknown = args.filter((arg) => (arg.startsWith('-') ? arg !== '--no-browser' : !all.some((part) => part.name === arg)));
  if (unknown.length > 0) {
    console.error(`There is no ${unknown.join(', ')}. Parts: ${all.map((part) => part.name).join(', ')}; option: --no-browser.`);
    process.exit(2);
  }
  const wanted = named.length > 0 ? named : (PARTS_OF.get(command) ?? all.map((part) => part.name));
  const chosen = all.filter((part) => wanted.includes(part.name) && !part.isEmpty);
  const needsBuild = chosen.some((part) => part.needsBuild);
  return all.filter((part) => chosen.includes(part) || (needsBuild && part.name === 'build'));
}

async function runParts(parts: readonly Part[], withBrowser: boolean): Promise<number> {
  console.log(`Leadline tests: ${parts.map((part) => part.name).join(', ')}`);
  const counts: Counts[] = [];
  for (const part of parts) {
    const start = performance.now();
    const count = part.needsBrowser ? await runInBrowsers(part, withBrowser) : await part.run();
    counts.push(count);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`${part.name.padEnd(8)} ${seconds.padStart(6)} s  ${countsInWords(count)}`);
    if (part.name === 'seed')
      console.log(`seed: ${count.passed} of ${count.passed + count.failed + count.skipped + count.todo} statements hold`);
  }
  const total = addCounts(counts);
  if (total.passed + total.failed === 0) console.log('No test ran.');
  console.log(closingLine(total));
  return total.failed > 0 || total.passed === 0 ? 1 : 0;
}

/** Runs a part that drives browsers. What cannot be run is said loudly, and is a failure where nobody reads along. */
async function runInBrowsers(part: Part, withBrowser: boolean): Promise<Counts> {
  const all = `test/${part.name}/**/*.test.ts`;
  if (!withBrowser) return notRun(all, 'as asked (--no-browser)', false);
  const missing = await ensureBrowsers((line) => console.log(line));
  const isFailure = process.env.CI === 'true';
  const why = `there is no ${missing.join(' and no ')} here`;
  if (missing.includes('Chromium')) return notRun(all, why, isFailure);
  if (missing.length === 0) return part.run();
  const forFirefox = `test/${part.name}/**/*firefox*.test.ts`;
  return addCounts([await part.run(forFirefox), notRun(forFirefox, why, isFailure)]);
}

function notRun(pattern: string, why: string, isFailure: boolean): Counts {
  const files = globSync(pattern, { cwd: ROOT });
  console.log(`*** BROWSER TESTS NOT RUN: ${files.join(', ')}: ${why} ***`);
  return { ...NO_TESTS, [isFailure ? 'failed' : 'skipped']: files.length };
}
