// @vitest-environment node
import { expect, test } from 'vitest';
import { pushOutbox } from '../../../extension/background/push-outbox.ts';
import type { Database } from '../../../extension/storage/database.ts';
import { addImport, readImport } from '../../../extension/storage/outbox.ts';
import { prepareImport } from '../../../extension/storage/prepare-import.ts';
import { fakeServer } from './fake-server.ts';
import { addSealed, effectsFor, freshDatabase, ORDER } from './sealed-import.ts';

class Death extends Error {}
const NEVER = new Promise<never>(() => {});

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
    /** From here on nothing dies. */
    spare: () => {
      step = Number.MAX_SAFE_INTEGER - 1_000;
    },
    /** True when this is where it ends. */
    isLast(): boolean {
      if (step++ !== dieAt) return false;
      die(new Death());
      return true;
    },
  };
}

/** Every read and write of the database is a step; death aborts the open transaction, as the browser does. */
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
    server.before = () => (life.isLast() ? NEVER : null);
    server.after = () => (life.isLast() ? NEVER : null);
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

test('planning may break off at any step: planned again, the chunks are the same and the seal is on', async () => {
  const rows = Array.from({ length: 2_500 }, (_, row) => `Ann,Lee,ann${row}@example.com`);
  const file = new Blob([`First name,Last name,Email\n${rows.join('\n')}\n`]);
  const whole = await planned(null);
  expect(whole.chunks).toHaveLength(3);
  let deaths = 0;
  for (let dieAt = 0; ; dieAt++) {
    const again = await planned(dieAt);
    if (!again.hasDied) break;
    deaths++;
    expect(again, `broke off at step ${dieAt}`).toMatchObject({
      stage: 'sealed',
      failure: null,
      chunks: whole.chunks,
      chunkRows: [1_000, 1_000, 500],
    });
  }
  expect(deaths).toBeGreaterThanOrEqual(6);

  async function planned(dieAt: number | null) {
    const database = freshDatabase();
    await database.files.put({ draft: 'd1', blob: file });
    await addImport(database, 'i1', 'd1', ORDER, 0);
    const life = mortal(dieAt ?? -1);
    watch(database, life);
    database.close();
    await database.open();
    await prepareImport(database, 'i1').catch(() => {});
    const hasDied = dieAt !== null && life.steps() > dieAt;
    life.spare();
    if (hasDied) {
      expect((await readImport(database, 'i1'))?.stage).toBe('planning');
      await prepareImport(database, 'i1');
    }
    const record = await readImport(database, 'i1');
    const chunks = (await database.chunks.orderBy('[import+seq]').toArray()).map(({ sha256 }) => sha256);
    return { hasDied, stage: record?.stage, failure: record?.failure, chunkRows: record?.chunkRows, chunks };
  }
});
