import { showBadge } from '../platform/badge.ts';
import { plannerLock, SENDER_LOCK, withLock } from '../platform/locks.ts';
import { type ServerApi, serverApi } from '../platform/server-api.ts';
import { readSettings } from '../platform/settings.ts';
import { clearOutboxAlarm, setOutboxAlarm } from '../platform/wake.ts';
import { takeUpClicks } from '../storage/clicks.ts';
import type { Database } from '../storage/database.ts';
import { readUnfinished } from '../storage/outbox.ts';
import { prepareImport } from '../storage/prepare-import.ts';
import { readSheetLinks } from '../storage/sheet-links.ts';
import { watchImports } from '../storage/watch.ts';
import { badgeStateOf } from './badge-state.ts';
import { pushOutbox } from './push-outbox.ts';
import { staysAlive } from './stay-alive.ts';

/**
 * Gives the function that brings the outbox forward: finish what a closed page left unsealed, send what is sealed. Safe
 * to call at any time and as often as one likes. What it holds in memory only spares work.
 */
export function createRunner(database: Database): () => Promise<void> {
  const adopting = new Set<string>();
  let isWaiting = false;

  async function run(): Promise<void> {
    // A popup that closed in the moment of the click has written it and no more.
    await takeUpClicks(database);
    await Promise.all([send(), adopt()]);
  }

  /** One sends in the whole browser, at most one more waits in this context. */
  async function send(): Promise<void> {
    if (isWaiting) return;
    isWaiting = true;
    try {
      await withLock(SENDER_LOCK, async () => {
        // What is asked for from here on is not seen by this run.
        isWaiting = false;
        await sendOnce(database);
      });
    } finally {
      isWaiting = false;
    }
  }

  /**
   * Stands behind the page that plans an import: its lock comes free when it is done, and then there is nothing to do,
   * or when it dies.
   */
  async function adopt(): Promise<void> {
    const orphans = (await readUnfinished(database)).filter((record) => record.stage === 'planning' && !adopting.has(record.id));
    await Promise.all(
      orphans.map(async ({ id }) => {
        adopting.add(id);
        await staysAlive(() => withLock(plannerLock(id), () => prepareImport(database, id))).finally(() => adopting.delete(id));
        await send();
      }),
    );
  }

  return run;
}

async function sendOnce(database: Database): Promise<void> {
  // First of all, so that a worker that dies below is woken again.
  if ((await readUnfinished(database)).length > 0) await setOutboxAlarm();
  const stopWatching = watchImports(database, (records) => void showBadge(badgeStateOf(records)));
  try {
    await staysAlive(() => pushOutbox({ database, api: apiNow, now: Date.now, random: Math.random, sleep }));
  } finally {
    stopWatching();
  }
  if ((await readUnfinished(database)).length === 0) await clearOutboxAlarm();
  await showState(database);
}

/** What the toolbar says now of imports and linked sheets. */
export async function showState(database: Database): Promise<void> {
  const [records, links] = await Promise.all([database.imports.toArray(), readSheetLinks(database)]);
  await showBadge(badgeStateOf(records, links));
}

/** The server as it is set; null while this browser is not paired. */
export async function apiNow(): Promise<ServerApi | null> {
  const { serverAddress, key } = await readSettings();
  return key === null ? null : serverApi({ address: serverAddress, key, fetch: globalThis.fetch.bind(globalThis), now: Date.now });
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
