import { plannerLock } from '../platform/locks.ts';
import { rememberMapping } from '../storage/mappings.ts';
import type { DraftState, ImportingDraft } from './draft.ts';
import type { DraftStore } from './draft-store.ts';
import type { DraftWork } from './draft-work.ts';
import type { FlowEffects } from './flow-effects.ts';
import { orderOf } from './import-order.ts';
import { PlannerFailure } from './planner.ts';
import type { ImportView } from './view.ts';

export type Confirming = {
  /** The click on Import. */
  confirm(): Promise<void>;
  /** The chunks on their way to the disk. */
  busy(): ImportView['busy'];
};

/** From the click on Import to the seal. Calls `onChange` while chunks are written. */
export function createConfirming(effects: FlowEffects, store: DraftStore, work: DraftWork, onChange: () => void): Confirming {
  const { database, now } = effects;
  let busy: ImportView['busy'] = null;

  /** The page may close at any moment from the click on: asking for the import comes first, waiting for anything later. */
  async function confirm(): Promise<void> {
    void effects.wakeLater();
    const importId = effects.newId();
    const importOf = (state: DraftState) =>
      state.step === 'importing' && state.importId === importId ? { id: importId, order: orderOf(state) } : null;
    const state = await store.dispatch({ kind: 'confirmed', importId }, { importOf });
    if (state.step !== 'importing' || state.importId !== importId) return;
    const sealed = effects.tryLock(plannerLock(importId), async () => {
      // Under the lock: the background takes care of the alarm and leaves the planning to us.
      await effects.wake();
      await seal(state);
      return true;
    });
    await Promise.all([sealed, rememberMapping(database, state.table.headers, state.mapping, now())]);
    await effects.wake();
  }

  async function seal(state: ImportingDraft): Promise<void> {
    const { importId } = state;
    const job = await work.jobToSeal(state);
    if (!job) return;
    try {
      const refused = await effects.planner.seal(job, importId, (rows, total) => {
        busy = { kind: 'sealing', rows, total };
        onChange();
      });
      // Whoever has gone on to another draft does not see it: the background imports as planned, and the server tightens.
      if (!refused || store.state().id !== state.id) return;
      const after = await store.dispatch({ kind: 'planDiffers', importId, ...refused }, { takenBack: importId });
      if (after.step === 'preview') await effects.planner.keepAnswers(job);
    } catch (error) {
      // The background plans it again; what is wrong with disk or file stands in the outbox then.
      if (!(error instanceof PlannerFailure)) throw error;
    } finally {
      busy = null;
      onChange();
    }
  }

  return { confirm, busy: () => busy };
}
