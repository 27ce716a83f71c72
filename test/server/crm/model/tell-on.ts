import { createMemorySyncStore } from '../../../../server/store/memory/sync-store.ts';
import type { AdapterFault } from './adapter-faults.ts';
import { openOrgRemote } from './org-remote.ts';
import { openPortalRemote } from './portal-remote.ts';
import type { CrmName, Story } from './story.ts';
import { tell } from './tell.ts';
import { type Found, findBrokenBy, type Telling } from './tell-many.ts';
import type { OpenRemote } from './world.ts';

/** The loopback of each CRM, which the real adapter speaks with. */
const LOOPBACKS = { hubspot: openPortalRemote, salesforce: openOrgRemote } as const satisfies Record<CrmName, OpenRemote>;

/** Tells one story on a fresh store in memory with the adapter of its CRM, which does something wrong where a fault is given. */
export async function tellOnLoopback(story: Story, fault: AdapterFault = () => ({})): Promise<void> {
  const { store, leads } = createMemorySyncStore({});
  const open: OpenRemote = (...given) => {
    const remote = LOOPBACKS[story.crm ?? 'hubspot'](...given);
    return { ...remote, crm: { ...remote.crm, ...fault(remote.crm) } };
  };
  await tell(story, { store, people: leads, workspace: 1, connection: 1 }, {}, open);
}

/** Tells the stories of one CRM with its adapter, until one breaks a promise. */
export function findBrokenOnLoopback(telling: Telling, fault?: AdapterFault): Promise<Found> {
  return findBrokenBy((story) => tellOnLoopback(story, fault), telling);
}
