import { tryLock } from '../platform/locks.ts';
import { serverApi } from '../platform/server-api.ts';
import { readSettings, watchSettings } from '../platform/settings.ts';
import { wakeBackground, wakeLater } from '../platform/wake.ts';
import { openDatabase } from '../storage/database.ts';
import { driveFlow } from './drive-flow.ts';
import type { ImportFlow } from './import-flow.ts';
import { createWorkerPlanner } from './planner-client.ts';

/** The import of this browser as a page sees it: the draft named, else the newest unfinished one, else a new one. */
export async function openImportFlow(draftId?: string): Promise<ImportFlow> {
  return driveFlow(
    {
      database: openDatabase(),
      planner: createWorkerPlanner(),
      now: Date.now,
      newId: () => crypto.randomUUID(),
      server: async () => {
        const { serverAddress: address, key } = await readSettings();
        return { address, key, api: serverApi({ address, key, fetch: globalThis.fetch.bind(globalThis), now: Date.now }) };
      },
      watchServer: (listener) => watchSettings(() => listener()),
      defaultCountry: async () => (await readSettings()).defaultCountry,
      wakeLater,
      wake: wakeBackground,
      tryLock,
      after: (ms, work) => {
        const timer = setTimeout(work, ms);
        return () => clearTimeout(timer);
      },
    },
    draftId,
  );
}
