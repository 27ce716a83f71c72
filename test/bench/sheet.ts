import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type SheetsAccess, sleep } from '../../extension/platform/google-sheets.ts';
import { openGoogleSheet, readGoogleSheet } from '../../extension/sources/google-sheet.ts';
import type { FakeSpreadsheet } from '../support/google/fake-sheets.ts';
import { fetchInto, makeGoogle } from '../support/google/start-google.ts';
import { HEADERS, makeLeadFile } from '../support/make-leads.ts';
import { type Bar, median } from './measure.ts';

const ROWS = 70_000;
const RUNS = 7;
const ID = '1BenchSheet0fSeventyThousandR0wsXXXXXXXXXXXXX';

/** A sheet as large as they come, of the same invented people as the file. */
export function largeSheet(): FakeSpreadsheet {
  const rows = [HEADERS, ...makeLeadFile({ rowCount: ROWS }).rows.map(({ cells }) => cells)];
  return { id: ID, title: 'Spring roadshow', tabs: [{ gid: 0, title: 'Attendees', rows, rowCount: rows.length }] };
}

/** A sheet of 70,000 rows over loopback: all that reading it costs, over the transfer of the same answers alone. */
export async function measureSheet(): Promise<readonly Bar[]> {
  const { answers, token } = await recordAnswers(largeSheet());
  const server = await serve(answers);
  try {
    const access = accessTo(server.url, token, (input, init) => fetch(input, init));
    const transfer = async () => {
      for (const path of answers.keys()) await (await fetch(`${server.url}${path}`)).arrayBuffer();
    };
    const read = () => readAll(access);
    await transfer();
    await read();
    const runs: { readonly transferMs: number; readonly readMs: number }[] = [];
    // One beside the other: the machine may be slower a second later.
    for (let run = 0; run < RUNS; run++) runs.push({ transferMs: await timeOf(transfer), readMs: await timeOf(read) });
    const ratios = runs.map(({ transferMs, readMs }) => readMs / transferMs);
    const middle = runs[ratios.indexOf(median(ratios))];
    return [
      {
        name: `sheet: ${ROWS.toLocaleString('en')} rows read and kept`,
        measured: `${middle?.readMs.toFixed(0)} ms`,
        floor: `${middle?.transferMs.toFixed(0)} ms (the transfer alone)`,
        ratio: median(ratios),
        promise: { kind: 'at most', ratio: 15 },
      },
    ];
  } finally {
    await server.stop();
  }
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function readAll(access: SheetsAccess): Promise<void> {
  const book = await openGoogleSheet(access, { spreadsheetId: ID });
  if (!book.ok) throw new Error(book.error.kind);
  const given = await readGoogleSheet(access, book.value, {});
  if (!given.ok) throw new Error(given.error.kind);
}

/** What Google answers to each question of one reading, by path and query, so that making it is not measured. */
async function recordAnswers(spreadsheet: FakeSpreadsheet) {
  const google = makeGoogle({ spreadsheets: [spreadsheet] });
  const token = google.auth.grant('ann@example.com');
  const answers = new Map<string, Uint8Array>();
  const ask = fetchInto(google);
  const recording: typeof fetch = async (input, init) => {
    const { pathname, search } = new URL(String(input));
    const bytes = new Uint8Array(await (await ask(input, init)).arrayBuffer());
    answers.set(pathname + search, bytes);
    return new Response(bytes);
  };
  await readAll(accessTo('http://127.0.0.1', token, recording));
  return { answers, token };
}

function accessTo(apiUrl: string, accessToken: string, ask: typeof fetch): SheetsAccess {
  return { apiUrl, accessToken, fetch: ask, now: Date.now, random: Math.random, sleep };
}

async function serve(answers: ReadonlyMap<string, Uint8Array>) {
  const server = createServer((request, response) => response.end(answers.get(request.url ?? '')));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, stop };
}
