import type { SyncRules } from '../../../../server/crm/sync/rules.ts';
import { judge, judgeRest } from './judge.ts';
import { LIMITS, type ModelStore } from './settings.ts';
import type { Story } from './story.ts';
import { createWorld, type OpenRemote, openInMemory, type World } from './world.ts';

/** Runs until nothing is written any more: more are needed only where the CRM changes what we write. */
const MAX_RESTS = 16;

/** Lets a story happen, lets everything come to rest, and throws where a promise was broken. */
export async function tell(story: Story, made: ModelStore, rules: Partial<SyncRules> = {}, open: OpenRemote = openInMemory): Promise<void> {
  const world = await createWorld(story, made, rules, open);
  try {
    await goThrough(world, story);
  } finally {
    world.remote.end();
  }
  if (world.remote.seen.bug !== null) throw world.remote.seen.bug;
}

async function goThrough(world: World, story: Story): Promise<void> {
  for (const step of story.steps) {
    if (step.kind === 'wait') world.wait(step.ms);
    else if (step.kind === 'deed') {
      world.remote.seen.lagMs = step.lagMs;
      await world.doDeed(step.deed);
    } else {
      const outcome = await world.run({ trigger: 'schedule' }, step.events, step.leftToday);
      if (outcome === 'crashed') world.wait(LIMITS.leaseMs + 1);
    }
  }
  world.remote.seen.lagMs = 0;
  world.remote.user.share();
  world.wait(LIMITS.leaseMs + 1);
  for (let rest = 0, writes = -1; rest < 3 || (rest < MAX_RESTS && world.remote.seen.writes > writes); rest++) {
    writes = world.remote.seen.writes;
    await world.run({ trigger: 'by_hand', sweepsNow: rest > 0, maxRemoved: 10 }, [], null);
    world.wait(45_000);
  }
  await judge(world);
  await judgeRest(world);
}
