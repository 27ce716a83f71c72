import { test } from 'vitest';
import { openInMemory, openOnDisk } from './open-model-store.ts';
import { STORIES, tellMany } from './tell-many.ts';

/** Beside model.test.ts, so that both halves of the stories are told at the same time. */
test('the other half of the stories', async () => {
  const store = openInMemory();
  await tellMany(store, STORIES / 2, { seed: 2, withRestarts: false });
  await store.end();
}, 600_000);

test('some on disk, with the server stopped and started in between', async () => {
  const store = openOnDisk();
  await tellMany(store, Math.ceil(STORIES / 100), { seed: 3, withRestarts: true });
  await store.end();
}, 600_000);
