import type { SyncRules } from '../../../../server/crm/sync/rules.ts';
import { createDeeds } from './deeds.ts';
import { createLedger, type Ledger, type Scene } from './ledger.ts';
import { createRemote, type Remote } from './remote.ts';
import { createRunner } from './run-engine.ts';
import { type ModelStore, settingsOf } from './settings.ts';
import type { Story } from './story.ts';

/** Opens the CRM of a story, whose time is the ledger's. */
export type OpenRemote = (story: Story, ledger: Pick<Ledger, 'now' | 'wait'>) => Remote;
export const openInMemory: OpenRemote = (story, { now }) => {
  const remote = createRemote(now, story.crm);
  remote.seen.shouts = story.shouts;
  return remote;
};

export type World = Awaited<ReturnType<typeof createWorld>>;

/** Leads here, records there, people who change both, and the real engine between them. */
export async function createWorld(story: Story, made: ModelStore, rules: Partial<SyncRules>, open: OpenRemote) {
  const { store, workspace, connection } = made;
  const ledger = createLedger();
  const remote = open(story, ledger);
  await store.changeSettings({ workspace, member: null, at: ledger.now() }, connection, settingsOf(story));
  const scene: Scene = { ...made, story, remote, ledger };
  const deeds = createDeeds(scene);
  return { ...scene, wait: ledger.wait, doDeed: deeds.doDeed, run: createRunner(scene, deeds, rules) };
}
