import type { SyncRules } from '../../../../server/crm/sync/rules.ts';
import type { MemoryRules } from '../../../../server/store/memory/state.ts';
import { createMemorySyncStore } from '../../../../server/store/memory/sync-store.ts';
import { openOrgRemote } from './org-remote.ts';
import { openPortalRemote } from './portal-remote.ts';
import type { CrmName, Story } from './story.ts';
import { tell } from './tell.ts';
import { type Found, findBrokenBy, type Telling } from './tell-many.ts';
import type { OpenRemote } from './world.ts';

/** The loopback of each CRM, which the real adapter speaks with. */
const LOOPBACKS = { hubspot: openPortalRemote, salesforce: openOrgRemote } as const satisfies Record<CrmName, OpenRemote>;

/** Tells one story on a fresh store in memory with the adapter of its CRM, with rules of the engine or the store switched off. */
export async function tellOnLoopback(story: Story, without: Partial<SyncRules & MemoryRules> = {}): Promise<void> {
  const { store, leads } = createMemorySyncStore(without);
  const open = LOOPBACKS[story.crm ?? 'hubspot'];
  await tell(story, { store, people: leads, workspace: 1, connection: 1 }, without, open);
}

/** Tells the stories of one CRM with its adapter, until one breaks a promise. */
export function findBrokenOnLoopback(telling: Telling): Promise<Found> {
  return findBrokenBy((story) => tellOnLoopback(story), telling);
}
