import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { suggestionsToMapping, suggestMapping } from '#shared/mapping/suggest-mapping.ts';
import { buildPlan } from '#shared/plan/build-plan.ts';
import type { ImportPolicy } from '#shared/plan/plan.ts';
import { readTable, readTableHead } from '#shared/table/read-csv.ts';
import type { RawTable } from '#shared/table/table.ts';
import { type Bar, medianMs } from './measure.ts';

const POLICY: ImportPolicy = { require: 'complete', defaultCountry: 'US', onDuplicate: 'skip', scope: 'list', overwriteFields: [] };
const RUNS = 5;
/** Columns and rows that a mapping is suggested for. */
const WIDE = 200;
const DEEP = 100;

/** The stages a browser runs on a 10 MB file, over reading it and splitting it into arrays. */
export async function measureClient(file: string): Promise<readonly Bar[]> {
  const readFloor = () => Papa.parse<string[]>(new TextDecoder().decode(readFileSync(file)), { delimiter: ',' }).data.length;
  const parse = () => mustRead(readFileSync(file));
  const everything = () => {
    const table = parse();
    return buildPlan({ table, mapping: suggestionsToMapping(suggestMapping(table)), policy: POLICY }).rows.length;
  };
  const head = () => readTableHead(readBeginning(file, 64 * 1024), {}, 10);
  const wide = widen(parse());
  const suggest = () => suggestMapping(wide).length;
  readFloor();
  everything();
  head();
  suggest();
  const floorMs = await medianMs(RUNS, readFloor);
  const allMs = await medianMs(RUNS, everything);
  const parseMs = await medianMs(RUNS, parse);
  const headMs = await medianMs(RUNS, head);
  const suggestMs = await medianMs(RUNS, suggest);
  return [
    bar('client: read, parse, map, check, dedupe', allMs, floorMs, 'read + Papa arrays', 9),
    bar(`suggest a mapping for ${WIDE} columns`, suggestMs, allMs, 'the client stages', 0.15),
    bar('first 10 rows', headMs, parseMs, 'the full parse', 0.05),
  ];
}

function bar(name: string, ms: number, floorMs: number, floor: string, most: number): Bar {
  const promise = { kind: 'at most', ratio: most } as const;
  return { name, measured: `${ms.toFixed(1)} ms`, floor: `${floorMs.toFixed(1)} ms (${floor})`, ratio: ms / floorMs, promise };
}

/** The first rows of a table, its columns over and over under names of many programs. */
function widen(table: RawTable): RawTable {
  const { entries }: { entries: readonly { readonly headers: readonly string[] }[] } = JSON.parse(
    readFileSync(join(import.meta.dirname, '../fixtures/dialects.json'), 'utf8'),
  );
  const headers = entries.flatMap((entry) => entry.headers).slice(0, WIDE);
  const rows = table.rows.slice(0, DEEP).map((row) => headers.map((_, column) => row[column % row.length] ?? ''));
  return { ...table, headers, rows, facts: { ...table.facts, rowCount: rows.length, columnCount: headers.length } };
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
