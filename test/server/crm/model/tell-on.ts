import type { SyncRules } from '../../../../server/crm/sync/rules.ts';
import type { MemoryRules } from '../../../../server/store/memory/state.ts';
import { createMemorySyncStore } from '../../../../server/store/memory/sync-store.ts';
import { openOrgRemote } from './org-remote.ts';
import type { CrmName, Story } from './story.ts';
import { tell } from './tell.ts';
import { type Found, findBrokenBy, type Telling } from './tell-many.ts';
import type { OpenRemote } from './world.ts';

/** The loopback of each CRM, which the real adapter speaks with. */
const LOOPBACKS = { salesforce: openOrgRemote } as const satisfies Partial<Record<CrmName, OpenRemote>>;
/** CRMs whose stories are told with their adapter, too. */
export type AdapterName = keyof typeof LOOPBACKS;

/** Tells one story on a fresh store in memory with the adapter of its CRM, with rules of the engine or the store switched off. */
export async function tellOnLoopback(story: Story, without: Partial<SyncRules & MemoryRules> = {}): Promise<void> {
  const { store, leads } = createMemorySyncStore(without);
  const open = LOOPBACKS[(story.crm ?? 'hubspot') as AdapterName]; // both are there
  await tell(story, { store, people: leads, workspace: 1, connection: 1 }, without, open);
}

/** Tells the stories of one CRM with its adapter, until one breaks a promise. */
export function findBrokenOnLoopback(telling: Telling & { readonly crm: AdapterName }): Promise<Found> {
  return findBrokenBy((story) => tellOnLoopback(story), telling);
}
