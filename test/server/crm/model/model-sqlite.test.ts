import { afterAll, expect, test } from 'vitest';
import { ONCE_WRONG } from './once-wrong.ts';
import { openSqlite } from './open-sqlite.ts';
import { SEEDS } from './seeds.ts';
import { CRM_NAMES, readStory } from './story.ts';
import { tell } from './tell.ts';
import { findBrokenBy } from './tell-many.ts';

/** 2,000 in all; `npm run model` tells 40,000 of each. */
const STORIES = { hubspot: 1_400, salesforce: 600 } as const;
const WITH_ADMIN = { hubspot: 100, salesforce: 60 } as const;
const HIDING = 150;

const server = openSqlite();
afterAll(() => server.end());

test.each(CRM_NAMES)(
  'the stories of a CRM like %s are the same on the database',
  async (crm) => {
    const count = STORIES[crm];
    const found = await findBrokenBy(async (story) => tell(story, await server.newStore()), { count, seed: 11, crm });
    expect(found).toEqual({ stories: count, broken: null, numbers: null });
  },
  600_000,
);

test.each(CRM_NAMES)(
  'so are those in which an admin changes the map and the scope of a CRM like %s',
  async (crm) => {
    const count = WITH_ADMIN[crm];
    const found = await findBrokenBy(async (story) => tell(story, await server.newStore()), { count, seed: 11, crm, hasAdmin: true });
    expect(found).toEqual({ stories: count, broken: null, numbers: null });
  },
  600_000,
);

test('so are those in which records are hidden for a while', async () => {
  const telling = { count: HIDING, seed: 11, crm: 'salesforce', hides: true } as const;
  const found = await findBrokenBy(async (story) => tell(story, await server.newStore()), telling);
  expect(found).toEqual({ stories: HIDING, broken: null, numbers: null });
}, 600_000);

test.each(SEEDS)('%s', async (_, __, story) => {
  await tell(story, await server.newStore());
});

test.each(ONCE_WRONG)('%s', async (_, setup, steps) => {
  await tell(readStory(setup, steps), await server.newStore());
});
