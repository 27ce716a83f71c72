import { CHUNK_ROWS, CHUNK_TARGET_BYTES } from '../limits.ts';
import { jsonBytes, MAX_ROW_BYTES, refuseRow } from './fit-row.ts';
import type { Decision, PlannedRow } from './plan.ts';

/** Part of a plan as it is sent: `body` is the JSON `{"rows":[…]}` of `rows`. */
export type Chunk = { readonly seq: number; readonly rows: readonly PlannedRow[]; readonly body: string };

const HEAD = '{"rows":[';
const TAIL = ']}';

/** Decisions whose lead the server has no use for: nothing of it is stored. Suppressed rows keep no values at all. */
const WITHOUT_LEAD: ReadonlySet<Decision> = new Set(['reject', 'exclude', 'blank', 'suppress']);
/** Only rows somebody may want to mend or decide keep their cells. */
const WITH_RAW: ReadonlySet<Decision> = new Set(['reject', 'review']);

/**
 * Cuts the rows of a plan into chunks of at most 1,000 rows and 900 kB of UTF-8 JSON, in order, numbered from 0. The
 * same rows always give the same chunks, byte for byte: that is how a chunk sent twice is known. No rows, no chunk.
 */
export function* splitChunks(rows: Iterable<PlannedRow>): Generator<Chunk, void> {
  let seq = 0;
  let taken: PlannedRow[] = [];
  let texts: string[] = [];
  let bytes = HEAD.length + TAIL.length;
  for (const planned of rows) {
    const { row, json, size } = toWire(planned);
    if (taken.length > 0 && (taken.length === CHUNK_ROWS || bytes + size > CHUNK_TARGET_BYTES)) {
      yield { seq: seq++, rows: taken, body: HEAD + texts.join(',') + TAIL };
      taken = [];
      texts = [];
      bytes = HEAD.length + TAIL.length;
    }
    taken.push(row);
    texts.push(json);
    bytes += size;
  }
  if (taken.length > 0) yield { seq, rows: taken, body: HEAD + texts.join(',') + TAIL };
}

/** A row with only what travels, its JSON and the bytes of that with a comma. */
function toWire(planned: PlannedRow): { readonly row: PlannedRow; readonly json: string; readonly size: number } {
  const row = withoutRest(planned);
  const json = JSON.stringify(row);
  const bytes = jsonBytes(json);
  if (bytes <= MAX_ROW_BYTES) return { row, json, size: bytes + 1 };
  return toWire(refuseRow(row, row.raw ?? [], bytes)); // what is refused is small
}

function withoutRest(planned: PlannedRow): PlannedRow {
  const { line, decision, leadId, leadVersion, seen, answered, rule, lead, problems, raw } = planned;
  return {
    line,
    decision,
    ...(leadId === undefined ? {} : { leadId }),
    ...(leadVersion === undefined ? {} : { leadVersion }),
    ...(seen === undefined ? {} : { seen }),
    ...(answered === undefined || WITHOUT_LEAD.has(decision) ? {} : { answered }),
    ...(rule === undefined ? {} : { rule }),
    ...(lead === undefined || WITHOUT_LEAD.has(decision) ? {} : { lead }),
    ...(problems === undefined || problems.length === 0 ? {} : { problems: decision === 'suppress' ? withoutValues(problems) : problems }),
    ...(raw === undefined || !WITH_RAW.has(decision) ? {} : { raw }),
  };
}

function withoutValues(problems: NonNullable<PlannedRow['problems']>): NonNullable<PlannedRow['problems']> {
  return problems.filter(({ code }) => code === 'suppressed');
}
