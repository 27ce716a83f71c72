import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page, Worker } from 'playwright-core';
import { clickImport, goToPreview, pairBrowser, readReceipt } from '../e2e/drive-import.ts';
import { launchChromium } from '../support/chromium.ts';
import { spawnServer } from '../support/start-server.ts';
import { type Bar, median } from './measure.ts';

const RUNS = 3;
/** Below this a click or a key press is answered before anybody notices. */
const MOST_MS = 50;

type Run = { readonly longestTaskMs: number; readonly readMs: number; readonly writeMs: number };

/** A 10 MB import in the real extension: how long the page was ever busy, and what keeping the rows costs beside reading them. */
export async function measureBrowser(file: string, folder: string): Promise<readonly Bar[]> {
  const runs: Run[] = [];
  for (let run = 0; run < RUNS; run++) runs.push(await importOnce(file, join(folder, `browser-${run}`)));
  const longest = Math.min(...runs.map((run) => run.longestTaskMs));
  const ratios = runs.map((run) => run.writeMs / run.readMs);
  const middle = runs[ratios.indexOf(median(ratios))];
  return [
    {
      name: 'browser: longest task of the page, best of three',
      measured: longest === 0 ? `none over ${MOST_MS} ms` : `${longest.toFixed(0)} ms`,
      floor: `${MOST_MS} ms`,
      ratio: longest / MOST_MS,
      promise: { kind: 'at most', ratio: 1 },
    },
    {
      name: 'browser: writing the chunks',
      measured: `${middle?.writeMs.toFixed(0)} ms`,
      floor: `${middle?.readMs.toFixed(0)} ms (reading the table)`,
      ratio: median(ratios),
      promise: { kind: 'at most', ratio: 4 },
    },
  ];
}

async function importOnce(file: string, dataDir: string): Promise<Run> {
  const server = await spawnServer({ dataDir });
  const browser = await launchChromium(mkdtempSync(`${dataDir}-profile-`));
  try {
    const options = await browser.openPage('options.html');
    await pairBrowser(options, server.url, server.pairingCode ?? '');
    await options.close();
    const page = await openQuietPage(browser.context, `chrome-extension://${browser.extensionId}/importer.html`);
    await watchTasks(page);
    await goToPreview(page, file, 'Bench');
    await clickImport(page);
    await readReceipt(page);
    const longestTaskMs = await page.evaluate(() => Math.max(0, ...(globalThis as unknown as { tasks: number[] }).tasks)); // set by watchTasks
    const [planner] = page.workers();
    if (!planner) throw new Error('the planner has no worker');
    return {
      longestTaskMs,
      readMs: await measured(planner, 'leadline: read the table'),
      writeMs: await measured(planner, 'leadline: write the chunks'),
    };
  } finally {
    await browser.close();
    await server.kill();
  }
}

/** The page with its first rendering behind it: that is not part of an import. */
async function openQuietPage(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('button', { name: 'Choose file' }).waitFor();
  await page.waitForTimeout(1_000);
  return page;
}

/** Collects every task of the page over 50 ms, as the browser reports them. */
async function watchTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const tasks: number[] = [];
    (globalThis as unknown as { tasks: number[] }).tasks = tasks;
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: 'longtask' });
  });
}

async function measured(worker: Worker, name: string): Promise<number> {
  return worker.evaluate((wanted) => performance.getEntriesByName(wanted).at(-1)?.duration ?? Number.NaN, name);
}
