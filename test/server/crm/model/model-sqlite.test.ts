import { afterAll, expect, test } from 'vitest';
import { openSqlite } from './open-sqlite.ts';
import { SEEDS } from './seeds.ts';
import { tell } from './tell.ts';
import { findBrokenBy } from './tell-many.ts';

/** `LEADLINE_STORIES=1000000` tells more, a twenty-fifth of them here. */
const STORIES = Math.ceil(Number(process.env.LEADLINE_STORIES ?? 50_000) / 25);

const server = openSqlite();
afterAll(() => server.end());

test('the stories are the same on the database', async () => {
  const found = await findBrokenBy(async (story) => tell(story, await server.newStore()), STORIES, 11);
  expect(found).toEqual({ stories: STORIES, broken: null, numbers: null });
}, 3_600_000);

test.each(SEEDS)('%s', async (_, __, story) => {
  await tell(story, await server.newStore());
});
