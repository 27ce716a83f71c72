/**
 * The one entry of every npm script: makes this folder ready (Node, packages, builds), then runs what was asked.
 * Plain JavaScript without dependencies, as it runs before there are any and on a Node too old for the product (20 or newer).
 *
 *   node server/run.mjs start [code | key --role admin]      the server and a browser, or one command of the server
 *   node server/run.mjs test | check | faults [...]          see test/run/run-tests.ts
 *   node server/run.mjs build [zip] | bench
 *   node server/run.mjs model [stories seed]                see test/server/crm/model/tell-all.ts
 *   node server/run.mjs demo [--headless]                   the product with invented accounts, see test/demo/run.ts
 */
import { buildAll, buildServer, EXTENSION_BUILDS, packForStores } from './launch/build.mjs';
import { ensureNode, pathWith } from './launch/node-runtime.mjs';
import { ensurePackages } from './launch/packages.mjs';
import { runToEnd } from './launch/processes.mjs';
import { say, sayOnStderr } from './launch/say.mjs';
import { runServerCommand, startServer } from './launch/start.mjs';

/** @type {Record<string, (node: string, args: string[]) => Promise<number>>} */
const COMMANDS = {
  async start(node, args) {
    if (args.length > 0) {
      await buildServer(node);
      return runServerCommand(node, args);
    }
    await buildAll(node);
    return startServer(node);
  },
  test: (node, args) => runToEnd(node, ['test/run/run-tests.ts', 'test', ...args]),
  check: (node, args) => runToEnd(node, ['test/run/run-tests.ts', 'check', ...args]),
  faults: (node, args) => runToEnd(node, ['test/run/run-tests.ts', 'faults', ...args]),
  model: (node, args) => runToEnd(node, ['test/server/crm/model/tell-all.ts', ...args]),
  async bench(node, args) {
    await buildAll(node);
    return runToEnd(node, ['test/bench/run.ts', ...args]);
  },
  async demo(node, args) {
    await buildAll(node);
    return runToEnd(node, ['test/demo/run.ts', ...args]);
  },
  async build(node, args) {
    if (args.includes('zip')) await packForStores(node);
    await buildAll(node);
    for (const { label, folder } of EXTENSION_BUILDS) say(`${label}: ${folder}`);
    return 0;
  },
};

const [name = '', ...args] = process.argv.slice(2);
const command = COMMANDS[name];
if (!command) {
  console.error(`Say one of: ${Object.keys(COMMANDS).join(', ')}.`);
  process.exit(2);
}
// The output of a server command is for reading by scripts: what the launcher does goes elsewhere.
if (name === 'start' && args.length > 0) sayOnStderr();
try {
  const node = await ensureNode();
  process.env.PATH = pathWith(node); // whoever below says `node` means this one
  await ensurePackages(node);
  process.exitCode = await command(node, args);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
