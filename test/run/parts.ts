import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildAll, prepareTypes } from '../../server/launch/build.mjs';
import { ROOT, runToEnd, toolPath } from '../../server/launch/processes.mjs';
import { type Counts, countReport, NO_TESTS } from './count-tests.ts';

/** One part of a test run. `run` gives its numbers; its output is shown when something failed, or as it comes (`live`). */
export type Part = {
  readonly name: string;
  readonly needsBrowser?: boolean;
  /** It tries what is shipped, so that must be built before. */
  readonly needsBuild?: boolean;
  /** The part has nothing to run yet. */
  readonly isEmpty: boolean;
  /** `without`: a pattern of files to leave out. */
  readonly run: (without?: string) => Promise<Counts>;
};

/** No part may hang for ever: after this it is ended and counts as failed. */
const PART_LIMIT_MS = 20 * 60_000;

/** Everything `npm test` runs, in its order: what is quick and tells most comes first. */
export function allParts(): readonly Part[] {
  return [
    check('types', async () => {
      await prepareTypes(process.execPath);
      return nodeTool(toolPath('typescript', 'bin/tsc'), ['--noEmit', '--project', 'tsconfig.json']);
    }),
    check('lint', () =>
      nodeTool(toolPath('@biomejs/biome', 'bin/biome'), ['ci', '--error-on-warnings', '--max-diagnostics=30', '--colors=off']),
    ),
    tests('house', ['house', 'run']),
    tests('unit', ['shared', 'server', 'contract', 'extension']),
    tests('seed', ['seed']),
    check('build', async () => {
      await buildAll(process.execPath);
      return 0;
    }),
    { ...tests('faults', ['faults'], { live: true }), needsBuild: true },
    { ...tests('e2e', ['e2e'], { live: true }), needsBuild: true, needsBrowser: true },
  ];
}

/** A part that either holds or does not. */
function check(name: string, run: () => Promise<number>): Part {
  return {
    name,
    isEmpty: false,
    run: async () => {
      const status = await run().catch((error: unknown) => {
        console.log(error instanceof Error ? error.message : error);
        return 1;
      });
      return status === 0 ? { ...NO_TESTS, passed: 1 } : { ...NO_TESTS, failed: 1 };
    },
  };
}

/** A part made of the tests of some rooms under `test/`. */
function tests(name: string, rooms: readonly string[], { live = false } = {}): Part {
  const present = rooms.filter((room) => globSync(`test/${room}/**/*.test.{ts,tsx}`, { cwd: ROOT }).length > 0);
  return { name, isEmpty: present.length === 0, run: (without) => runTests(present, live, without) };
}

async function runTests(rooms: readonly string[], live: boolean, without?: string): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), 'leadline-test-'));
  const reportFile = join(folder, 'report.json');
  try {
    const args = ['run', '--config', 'test/vitest.config.ts', '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
    if (without) args.push(`--exclude=${without}`);
    const status = await nodeTool(toolPath('vitest', 'vitest.mjs'), [...args, ...rooms.map((room) => `--project=${room}`)], live);
    return countReport(existsSync(reportFile) ? readFileSync(reportFile, 'utf8') : null, status);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a tool under this Node and gives its exit code; unless `live`, its output is shown only when it failed. */
function nodeTool(script: string, args: readonly string[], live = false): Promise<number> {
  return runToEnd(process.execPath, [script, ...args], { quiet: !live, limitMs: PART_LIMIT_MS });
}
