import { Agent } from 'node:http';
import { join } from 'node:path';
import type { LeadFile } from '../support/make-leads.ts';
import { spawnServer } from '../support/start-server.ts';
import { type Bar, median } from './measure.ts';
import { importChunks, insertAgain, planChunks, send } from './server.ts';

const RUNS = 3;

/**
 * Undoing an import of 70,000 leads over HTTP, over raw prepared inserts of the very same rows: what the import itself
 * had to write. Both in turn, the median of the pairs. The server was restarted in between: nothing is warm.
 */
export async function measureUndo(leads: LeadFile, folder: string): Promise<readonly Bar[]> {
  const chunks = planChunks(leads.bytes);
  const runs: { readonly undoMs: number; readonly insertMs: number; readonly ratio: number; readonly removed: number }[] = [];
  for (let run = 0; run < RUNS; run++) {
    const dataDir = join(folder, `undo-${run}`);
    const server = await spawnServer({ dataDir });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const done = await importChunks(server, chunks, 'Bench');
    await server.stop();
    const insertMs = insertAgain(join(dataDir, 'leadline.db'), join(folder, `undo-floor-${run}`), done.created);
    const again = await spawnServer({ dataDir });
    const start = performance.now();
    const body = await send({ ...again, apiKey: server.apiKey }, agent, 'POST', `/api/imports/${done.id}/undo`, Buffer.from('{}'));
    const undoMs = performance.now() - start;
    agent.destroy();
    await again.stop();
    const { removed } = JSON.parse(body) as { removed: number }; // api.md: the answer of an undo
    if (removed !== done.created) throw new Error(`${removed} of ${done.created} leads were removed`);
    runs.push({ undoMs, insertMs, ratio: undoMs / insertMs, removed });
  }
  const ratio = median(runs.map((run) => run.ratio));
  const { undoMs = 0, insertMs = 0, removed = 0 } = runs.find((run) => run.ratio === ratio) ?? {};
  return [
    {
      name: `server: undo of an import of ${removed} leads`,
      measured: `${Math.round(undoMs)} ms`,
      floor: `${Math.round(insertMs)} ms (raw prepared inserts of the import)`,
      ratio,
      promise: { kind: 'at most', ratio: 1.5 },
    },
  ];
}
