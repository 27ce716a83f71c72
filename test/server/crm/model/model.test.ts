import { describe, expect, test } from 'vitest';
import { ONCE_WRONG } from './once-wrong.ts';
import { SEEDS } from './seeds.ts';
import { CRM_NAMES, readStory } from './story.ts';
import { findBroken, RULE_NAMES, type RuleName, tellInMemory } from './tell-many.ts';

/** 50,000 in all; `npm run model` tells a million of each. */
const STORIES = { hubspot: 35_000, salesforce: 15_000 } as const;
/** Of those in which an admin changes the map and the scope as well. */
const WITH_ADMIN = { hubspot: 4_000, salesforce: 2_000 } as const;
/** Of those in which records are hidden for a while from whoever connected: only the one like Salesforce does that. */
const HIDING = 3_000;
/** Of those in which the CRM cannot answer now and then. */
const WITH_OUTAGES = { hubspot: 1_000, salesforce: 2_000 } as const;
/** Every rule that no seed is about is missed within so many stories. */
const FEW = 5_000;
const seeded: ReadonlySet<RuleName> = new Set(SEEDS.map(([, needs]) => needs));

test.each(CRM_NAMES)(
  'whatever happens here, in a CRM like %s and in between: nothing is lost, doubled or sent back and forth',
  async (crm) => {
    const count = STORIES[crm];
    expect(await findBroken({ count, seed: 7, crm })).toEqual({ stories: count, broken: null, numbers: null });
  },
  600_000,
);

test.each(CRM_NAMES)(
  'nor where an admin changes the map and the scope of a CRM like %s meanwhile: nothing moves but as each direction says',
  async (crm) => {
    const count = WITH_ADMIN[crm];
    expect(await findBroken({ count, seed: 7, crm, hasAdmin: true })).toEqual({ stories: count, broken: null, numbers: null });
  },
  600_000,
);

test('nor where records are hidden for a while: they go on as if they had been there', async () => {
  const found = await findBroken({ count: HIDING, seed: 7, crm: 'salesforce', hides: true });
  expect(found).toEqual({ stories: HIDING, broken: null, numbers: null });
}, 600_000);

test.each(CRM_NAMES)(
  'nor where a CRM like %s cannot answer a question now and then: the next run asks again',
  async (crm) => {
    const count = WITH_OUTAGES[crm];
    expect(await findBroken({ count, seed: 7, crm, hasOutages: true })).toEqual({ stories: count, broken: null, numbers: null });
  },
  600_000,
);

describe('stories that go wrong rarely', () => {
  test.each(SEEDS)('%s', async (_, __, story) => {
    await tellInMemory(story);
  });
});

test.each(ONCE_WRONG)('%s', async (_, setup, steps) => {
  await tellInMemory(readStory(setup, steps));
});

describe('each rule is needed', () => {
  test.each(SEEDS.map(([told, needs, story]) => [needs, told, story] as const))('%s: %s', async (needs, _, story) => {
    await expect(tellInMemory(story, [needs])).rejects.toThrow(/^I\d/);
  });
  test.each(RULE_NAMES.filter((name) => !seeded.has(name)))('%s', async (name) => {
    const { broken } = await findBroken({ count: FEW, seed: 7, shrinks: false }, [name]);
    expect(broken).toMatch(/^I\d/);
  });
});
