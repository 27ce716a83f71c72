import { test } from 'vitest';
import { openInMemory } from './open-model-store.ts';
import { SEEDS } from './seeds.ts';
import { STORIES, tellMany } from './tell-many.ts';
import { tell } from './tell-story.ts';

test.each(SEEDS)('%s', async (_, story) => {
  const store = openInMemory();
  await tell(story, store);
  await store.end();
});

test('whatever is imported, changed, decided and undone, everything is as the product page says', async () => {
  const store = openInMemory();
  await tellMany(store, STORIES / 2, { seed: 1, withRestarts: false });
  await store.end();
}, 600_000);
