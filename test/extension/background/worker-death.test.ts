// @vitest-environment node
import { expect, test } from 'vitest';
import { pushOutbox } from '../../../extension/background/push-outbox.ts';
import type { Database } from '../../../extension/storage/database.ts';
import { readImport } from '../../../extension/storage/outbox.ts';
import { fakeServer } from './fake-server.ts';
import { addSealed, effectsFor, freshDatabase } from './sealed-import.ts';

class Death extends Error {}

/** Counts every step that waits for something, and dies at one of them. */
function mortal(dieAt: number) {
  let step = 0;
  let die: (death: Death) => void = () => {};
  const died = new Promise<never>((_, reject) => {
    die = reject;
  });
  died.catch(() => {});
  return {
    died,
    steps: () => step,
    /** True when this is where it ends. */
    isLast(): boolean {
      if (step++ !== dieAt) return false;
      die(new Death());
      return true;
    },
  };
}

/** Every read, write and commit of the database is a step; death aborts the open transaction, as the browser does. */
function watch(database: Database, life: ReturnType<typeof mortal>): void {
  database.use({
    stack: 'dbcore',
    name: 'death',
    create: (core) => ({
      ...core,
      table: (name) => {
        const table = core.table(name);
        const mayDie =
          <A, R>(work: (ask: A) => Promise<R>) =>
          (ask: A) =>
            life.isLast() ? Promise.reject(new Death()) : work(ask);
        return { ...table, get: mayDie(table.get), mutate: mayDie(table.mutate), query: mayDie(table.query) };
      },
    }),
  });
}

test('the worker may die at any step: started again, every row is stored exactly once', async () => {
  let deaths = 0;
  let unnoticed = 0;
  for (let dieAt = 0; ; dieAt++) {
    const database = freshDatabase();
    await addSealed(database, 'i1', 3, 4);
    const server = fakeServer();
    const life = mortal(dieAt);
    watch(database, life);
    database.close();
    await database.open();
    const never = new Promise<never>(() => {});
    server.before = () => (life.isLast() ? never : null);
    server.after = () => (life.isLast() ? never : null);
    const ended = await Promise.race([pushOutbox(effectsFor(database, server)), life.died]).then(
      () => 'finished',
      (error) => (error instanceof Death || error?.inner instanceof Death ? 'died' : Promise.reject(error)),
    );
    if (ended === 'finished' && life.steps() <= dieAt) break;
    deaths++;
    if (server.stored.length > ((await readImport(database, 'i1'))?.rowsDone ?? 0)) unnoticed++;
    server.before = () => null;
    server.after = () => null;
    await pushOutbox(effectsFor(database, server));
    const record = await readImport(database, 'i1');
    expect(record, `death at step ${dieAt}`).toMatchObject({ stage: 'done', rowsDone: 12, receipt: { created: 12, total: 12 } });
    expect(
      [...server.stored].sort((a, b) => a - b),
      `death at step ${dieAt}`,
    ).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
    expect(await database.chunks.count(), `death at step ${dieAt}`).toBe(0);
  }
  expect(deaths).toBeGreaterThan(25);
  // The window that matters was hit: rows the server had stored and the browser did not know of.
  expect(unnoticed).toBeGreaterThanOrEqual(3);
});
