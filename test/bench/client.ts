import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import Papa from 'papaparse';
import { suggestionsToMapping, suggestMapping } from '#shared/mapping/suggest-mapping.ts';
import { buildPlan } from '#shared/plan/build-plan.ts';
import type { ImportPolicy } from '#shared/plan/plan.ts';
import { readTable, readTableHead } from '#shared/table/read-csv.ts';
import { type Bar, medianMs } from './measure.ts';

const POLICY: ImportPolicy = { require: 'complete', defaultCountry: 'US', onDuplicate: 'skip', scope: 'list', overwriteFields: [] };
const RUNS = 5;

/** The stages a browser runs on a 10 MB file, over reading it and splitting it into arrays. */
export async function measureClient(file: string): Promise<readonly Bar[]> {
  const readFloor = () => Papa.parse<string[]>(new TextDecoder().decode(readFileSync(file)), { delimiter: ',' }).data.length;
  const parse = () => mustRead(readFileSync(file));
  const everything = () => {
    const table = parse();
    return buildPlan({ table, mapping: suggestionsToMapping(suggestMapping(table)), policy: POLICY }).rows.length;
  };
  const head = () => readTableHead(readBeginning(file, 64 * 1024), {}, 10);
  readFloor();
  everything();
  head();
  const floorMs = await medianMs(RUNS, readFloor);
  const allMs = await medianMs(RUNS, everything);
  const parseMs = await medianMs(RUNS, parse);
  const headMs = await medianMs(RUNS, head);
  return [
    bar('client: read, parse, map, check, dedupe', allMs, floorMs, 'read + Papa arrays', 7),
    bar('first 10 rows', headMs, parseMs, 'the full parse', 0.05),
  ];
}

function bar(name: string, ms: number, floorMs: number, floor: string, most: number): Bar {
  const promise = { kind: 'at most', ratio: most } as const;
  return { name, measured: `${ms.toFixed(1)} ms`, floor: `${floorMs.toFixed(1)} ms (${floor})`, ratio: ms / floorMs, promise };
}

function mustRead(bytes: Uint8Array) {
  const table = readTable(bytes);
  if (!table.ok) throw new Error(`the bench file does not read: ${table.error.code}`);
  return table.value;
}

function readBeginning(file: string, bytes: number): Uint8Array {
  const handle = openSync(file, 'r');
  const beginning = Buffer.alloc(bytes);
  const read = readSync(handle, beginning);
  closeSync(handle);
  return beginning.subarray(0, read);
}
