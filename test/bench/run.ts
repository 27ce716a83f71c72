import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MAX_FILE_BYTES } from '#shared/limits.ts';
import { makeLeadFile } from '../support/make-leads.ts';
import { measureBrowser } from './browser.ts';
import { measureClient } from './client.ts';
import { measureCrm } from './crm.ts';
import { measureGrid } from './grid.ts';
import { measureLeads } from './leads.ts';
import { isMet, printBars } from './measure.ts';
import { measureRecheck } from './recheck.ts';
import { measureServer } from './server.ts';
import { measureSheet } from './sheet.ts';
import { measureSheetPage } from './sheet-page.ts';
import { measureUndo } from './undo.ts';
import { measureUnpushed } from './unpushed.ts';

/** `npm run bench`: every bar as a ratio to its floor, both measured in this run. Exits with 1 when one is missed. */
const folder = mkdtempSync(join(tmpdir(), 'leadline-bench-'));
try {
  const leads = makeLeadFile({ maxBytes: MAX_FILE_BYTES });
  const file = join(folder, 'leads.csv');
  writeFileSync(file, leads.bytes);
  console.log(`${leads.rows.length} rows, ${leads.bytes.length} bytes, Node ${process.version}`);
  const client = [...(await measureClient(file)), ...measureRecheck()];
  const bars = [
    ...client,
    ...(await measureServer(leads, folder)),
    ...(await measureUndo(leads, folder)),
    ...(await measureLeads(folder)),
    ...(await measureCrm()),
    ...(await measureUnpushed(folder)),
    ...(await measureBrowser(file, folder)),
    ...(await measureGrid(folder)),
    ...(await measureSheet()),
    ...(await measureSheetPage(folder)),
  ];
  printBars(bars);
  process.exitCode = bars.every(isMet) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
