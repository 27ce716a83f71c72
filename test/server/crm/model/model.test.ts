import fc from 'fast-check';
import { test } from 'vitest';
import { createMemorySyncStore } from '../../../../server/store/memory/sync-store.ts';
import { MAX_STEP, readStory } from './story.ts';
import { tell } from './tell.ts';

const STORIES = Number(process.env.LEADLINE_SYNC_STORIES ?? 50_000);

test('whatever happens on either side and in between, nothing is lost, doubled or sent back and forth', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(1_600),
      fc.array(
        fc.maxSafeNat().map((n) => n % MAX_STEP),
        { minLength: 1, maxLength: 12 },
      ),
      async (setup, steps) => {
        const { store, leads } = createMemorySyncStore();
        await tell(readStory(setup, steps), { store, people: leads, workspace: 1, connection: 1 });
      },
    ),
    { numRuns: STORIES, seed: 7 },
  );
}, 600_000);
