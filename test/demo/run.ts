import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasDisplay } from '../../server/launch/browser-choice.mjs';
import { forwardSignals, ROOT } from '../../server/launch/processes.mjs';
import { allWorked, writeDemoPage } from './demo-page.ts';
import { SHEET_ADDRESS } from './invented-accounts.ts';
import { DEMO_WORDS } from './mark-build.ts';
import { type Demo, openDemo } from './open-demo.ts';
import { PEOPLE_COUNT } from './people.ts';
import { makeRecorder } from './record-steps.ts';
import { walkHubspot } from './walk-hubspot.ts';
import { walkSalesforce } from './walk-salesforce.ts';
import { walkCsv, walkPanel, walkSheet } from './walk-sheet.ts';

/** `npm run demo`: with a display the demo is for a person to try; without one it walks by itself and leaves a page. */
const isForPerson = hasDisplay(process.platform, process.env) && !process.argv.includes('--headless');
const stopped = new Promise<void>((resolve) => forwardSignals(() => resolve()));
const demo = await openDemo({ headless: !isForPerson });
try {
  process.exitCode = isForPerson ? await showDemo(demo) : await Promise.race([walkDemo(demo), stopped.then(() => 1)]);
} finally {
  await demo.close();
}
process.exit();

async function showDemo({ browser }: Demo): Promise<number> {
  await browser.openPage('workspace.html#/connections');
  await (await browser.context.newPage()).goto(SHEET_ADDRESS);
  await browser.openPage('importer.html');
  await browser.context.pages()[0]?.close(); // the empty one it started with
  console.log(`
${DEMO_WORDS}: ${PEOPLE_COUNT} invented people, in a folder that goes when you press Ctrl-C or close the browser.
Try in the browser that has opened:
  Google Sheets  paste ${SHEET_ADDRESS}
                 or click Leadline's button (behind the puzzle piece) on the tab of the sheet
  HubSpot        Workspace, Connections, "Authorize & Import"
  Salesforce     the same; choose the campaign "Spring roadshow" before you import
  A file         drop any CSV or Excel file on the page`);
  await Promise.race([stopped, new Promise<void>((resolve) => browser.context.once('close', () => resolve()))]);
  return 0;
}

async function walkDemo(opened: Demo): Promise<number> {
  const folder = join(ROOT, 'dist/demo');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const recorder = makeRecorder(folder, (line) => console.log(line));
  await recorder.part('Beside a Google Sheet', (take) => walkPanel(opened, take));
  await recorder.part('Google Sheets', (take) => walkSheet(opened, take));
  await recorder.part('A CSV file', (take) => walkCsv(opened, take));
  await recorder.part('HubSpot', (take) => walkHubspot(opened, take));
  await recorder.part('Salesforce', (take) => walkSalesforce(opened, take));
  const page = join(folder, 'index.html');
  writeFileSync(page, writeDemoPage({ steps: recorder.steps, at: new Date(), people: PEOPLE_COUNT }));
  console.log(`${DEMO_WORDS}. What was done, with pictures: ${page}`);
  return allWorked(recorder.steps) ? 0 : 1;
}
