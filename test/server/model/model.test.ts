import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stories } from './make-stories.ts';
import { type ModelStore, openInMemory, openOnDisk } from './open-model-store.ts';
import { SEEDS } from './seeds.ts';
import { shorten } from './shorten.ts';
import { tell } from './tell-story.ts';
import { type Story, tellStory } from './words.ts';

const STORIES = Number(process.env.LEADLINE_STORIES ?? 10_000);
const SEED = process.env.LEADLINE_SEED;

async function tellMany(store: ModelStore, count: number, withRestarts: boolean): Promise<void> {
  const property = fc.asyncProperty(stories(withRestarts), (story) => tell(story, store));
  const found = await fc.check(property, { numRuns: count, ...(SEED ? { seed: Number(SEED) } : {}), endOnFailure: true });
  const [story] = found.counterexample ?? [];
  if (story) await fail(store, story, `seed ${found.seed}, after ${found.numRuns} stories`);
}

/** Says in a few lines what went wrong, in the shortest story that still does. */
async function fail(store: ModelStore, story: Story, where: string): Promise<never> {
  const errorOf = (one: Story) =>
    tell(one, store).then(
      () => null,
      (error: unknown) => error,
    );
  const short = await shorten(story, async (one) => (await errorOf(one)) !== null);
  expect.fail(`${where}:\n${tellStory(short)}\n\n${tellDifference(await errorOf(short))}\nas a seed: ${JSON.stringify(short)}`);
}

/** What went wrong, with both sides in whole. */
function tellDifference(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { actual, expected } = error as { readonly actual?: unknown; readonly expected?: unknown }; // an assertion has them
  return `${error.message}\nstored: ${JSON.stringify(actual)}\nwanted: ${JSON.stringify(expected)}\n${error.stack ?? ''}`;
}

test.each(SEEDS)('%s', async (_, story) => {
  const store = openInMemory();
  await tell(story, store);
  await store.end();
});

test('whatever is imported, changed, decided and undone, everything is as the product page says', async () => {
  const store = openInMemory();
  await tellMany(store, STORIES, false);
  await store.end();
}, 600_000);

test('the same on disk, with the server stopped and started in between', async () => {
  const store = openOnDisk();
  await tellMany(store, Math.ceil(STORIES / 100), true);
  await store.end();
}, 600_000);
