import fc from 'fast-check';
import { expect } from 'vitest';
import { stories } from './make-stories.ts';
import type { ModelStore } from './open-model-store.ts';
import { shorten } from './shorten.ts';
import { tell } from './tell-story.ts';
import { type Story, tellStory } from './words.ts';

/** How many stories a run tells: `LEADLINE_STORIES=100000` tells more. */
export const STORIES = Number(process.env.LEADLINE_STORIES ?? 10_000);

/** Tells stories to a store and to the model. The same ones each time, or those of `LEADLINE_SEED`; `any` for ever new ones. */
export async function tellMany(
  store: ModelStore,
  count: number,
  options: { readonly seed: number; readonly withRestarts: boolean },
): Promise<void> {
  const property = fc.asyncProperty(stories(options.withRestarts), (story) => tell(story, store));
  const found = await fc.check(property, { numRuns: count, ...seedOf(options.seed), endOnFailure: true });
  const [story] = found.counterexample ?? [];
  if (story) await fail(store, story, `seed ${found.seed}, after ${found.numRuns} stories`);
}

function seedOf(usual: number): { readonly seed?: number } {
  const wanted = process.env.LEADLINE_SEED;
  return wanted === 'any' ? {} : { seed: wanted === undefined ? usual : Number(wanted) };
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
