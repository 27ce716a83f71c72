import { describe, expect, test } from 'vitest';
import { ADAPTER_FAULTS } from './adapter-faults.ts';
import { ONCE_WRONG } from './once-wrong.ts';
import { SEEDS } from './seeds.ts';
import { CRM_NAMES, readStory, type Story } from './story.ts';
import { findBrokenOnLoopback, tellOnLoopback } from './tell-on.ts';

/** `npm run model` tells 10,000 of each. */
const STORIES = { hubspot: 100, salesforce: 100 } as const;

test.each(CRM_NAMES.flatMap((crm) => [[crm, '', false] as const, [crm, ' with an admin', true] as const]))(
  'the stories of a CRM like %s%s are the same with its adapter, whatever its loopback does on the wire',
  async (crm, _, hasAdmin) => {
    const count = STORIES[crm];
    expect(await findBrokenOnLoopback({ count, seed: 7, crm, hasAdmin })).toEqual({ stories: count, broken: null, numbers: null });
  },
  600_000,
);

test('so are those in which records are shared with whoever connected at times only', async () => {
  const found = await findBrokenOnLoopback({ count: STORIES.salesforce, seed: 7, crm: 'salesforce', hides: true });
  expect(found).toEqual({ stories: STORIES.salesforce, broken: null, numbers: null });
}, 600_000);

test.each(SEEDS)('%s', async (_, __, story) => {
  await tellOnLoopback(story);
});

test.each(ONCE_WRONG)('%s', async (_, setup, steps) => {
  await tellOnLoopback(readStory(setup, steps));
});

describe('what an adapter does wrong is missed', () => {
  const rules: Story['rules'] = ['crm', 'crm'];
  const each = ADAPTER_FAULTS.flatMap(([told, crms, fault, steps]) =>
    crms.map(
      (crm) => [told, crm, fault, { rules, removesLeads: false, archivesThere: false, shouts: false, crm, steps } as const] as const,
    ),
  );
  test.each(each)('%s (%s)', async (_, __, fault, story) => {
    await tellOnLoopback(story);
    await expect(tellOnLoopback(story, fault)).rejects.toThrow(/^I\d/);
  });
});
