import { showBadge } from '../platform/badge.ts';
import { browser } from '../platform/browser.ts';
import { plannerLock, SENDER_LOCK, tryLock, withLock } from '../platform/locks.ts';
import { type ServerApi, serverApi } from '../platform/server-api.ts';
import { readSettings } from '../platform/settings.ts';
import type { Database } from '../storage/database.ts';
import { readUnfinished } from '../storage/outbox.ts';
import { prepareImport } from '../storage/prepare-import.ts';
import { watchImports } from '../storage/watch.ts';
import { badgeStateOf } from './badge-state.ts';
import { pushOutbox } from './push-outbox.ts';

export const OUTBOX_ALARM = 'outbox';
/** The shortest period a browser grants. */
const ALARM_MINUTES = 0.5;
/** A worker is stopped after 30 s in which it called no extension API, however busy it is. */
const KEEP_ALIVE_MS = 20_000;

/**
 * Gives the function that brings the outbox forward: finish what a closed page left unsealed, send what is sealed. Safe
 * to call at any time and as often as one likes: one runs, at most one more waits in this context.
 */
export function createRunner(database: Database): () => Promise<void> {
  let isWaiting = false; // spares work; who loses it merely looks once more
  return async () => {
    if (isWaiting) return;
    isWaiting = true;
    try {
      await withLock(SENDER_LOCK, async () => {
        // What is asked for from here on is not seen by this run.
        isWaiting = false;
        await runOnce(database);
      });
    } finally {
      isWaiting = false;
    }
  };
}

async function runOnce(database: Database): Promise<void> {
  const unfinished = await readUnfinished(database);
  // First of all, so that a worker that dies below is woken again.
  if (unfinished.length > 0) await browser.alarms.create(OUTBOX_ALARM, { periodInMinutes: ALARM_MINUTES });
  const keepAlive = setInterval(() => void browser.runtime.getPlatformInfo(), KEEP_ALIVE_MS);
  const stopWatching = watchImports(database, (records) => void showBadge(badgeStateOf(records)));
  try {
    for (const record of unfinished)
      if (record.stage === 'planning') await tryLock(plannerLock(record.id), () => prepareImport(database, record.id));
    await pushOutbox({ database, api: apiNow, now: Date.now, random: Math.random, sleep });
  } finally {
    clearInterval(keepAlive);
    stopWatching();
  }
  if ((await readUnfinished(database)).length === 0) await browser.alarms.clear(OUTBOX_ALARM);
  await showBadge(badgeStateOf(await database.imports.toArray()));
}

async function apiNow(): Promise<ServerApi | null> {
  const { serverAddress, key } = await readSettings();
  return key === null ? null : serverApi({ address: serverAddress, key, fetch: globalThis.fetch.bind(globalThis), now: Date.now });
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
