import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';

/** Every room but the extension's runs as the server does, in Node. */
function nodeRoom(name: string) {
  return { extends: true as const, test: { name, environment: 'node' as const, include: [`test/${name}/**/*.test.ts`] } };
}

/** Rooms that start real processes, `atOnce` files at a time, with time for a slow machine. */
function processRoom(name: string, atOnce: number) {
  const room = nodeRoom(name);
  return { ...room, test: { ...room.test, maxWorkers: atOnce, testTimeout: 300_000, hookTimeout: 120_000 } };
}

export default defineConfig({
  root: join(import.meta.dirname, '..'),
  test: {
    isolate: false, // no test replaces a module: loading everything anew for each file took two thirds of the time
    maxWorkers: '100%', // a runner of two cores would otherwise test with one
    testTimeout: 30_000, // a machine that does other things too is slow, not wrong
    projects: [
      nodeRoom('shared'),
      nodeRoom('server'),
      nodeRoom('contract'),
      nodeRoom('house'),
      nodeRoom('run'),
      nodeRoom('seed'),
      {
        extends: true,
        plugins: [WxtVitest()],
        test: {
          name: 'extension',
          environment: 'happy-dom',
          include: ['test/extension/**/*.test.{ts,tsx}'],
          setupFiles: ['test/support/extension-setup.ts'],
        },
      },
      processRoom('faults', 1), // who is killed when is only told from a server that has the machine to itself
      processRoom('e2e', 2), // browsers wait more than they work: two at a time take a third less
    ],
  },
});
