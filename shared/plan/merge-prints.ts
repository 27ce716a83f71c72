import { compareSheetRows } from './compare-sheet-rows.ts';
import { PRINT_STATES, type PrintState, type SheetPrints } from './sheet-prints.ts';

/** A row to remember: that of `source` at `row`, as being in this line of the sheet, and what became of it. */
type Pick = { readonly source: SheetPrints; readonly row: number; readonly line: number; readonly state: PrintState };

const OPEN = PRINT_STATES.indexOf('open');

/**
 * What is to be remembered of a sheet while `sent` lines of it are being imported: those are `open` until it is known
 * what became of them. The others stay as they are remembered, at their new place; of one that has changed and is left
 * out this time, what it was, so that it is still a changed one the next time. What nobody has imported is forgotten.
 */
export function beginPrints(
  before: SheetPrints | null,
  now: SheetPrints,
  sent: ReadonlySet<number>,
  options: Parameters<typeof compareSheetRows>[2],
): SheetPrints {
  const found = before && compareSheetRows(before, now, options);
  const different = new Set(found ? [...found.again, ...found.changed.map(({ row }) => row)] : []);
  const picks: Pick[] = [];
  for (const [row, line] of now.lines.entries()) {
    const known = found?.matches[row] ?? -1;
    if (sent.has(line)) picks.push({ source: now, row, line, state: 'open' });
    else if (before && known >= 0) {
      const isHidden = options?.hidden?.has(line) ?? false;
      const keepsOld = isHidden || different.has(row);
      const state = PRINT_STATES[before.states[known] ?? OPEN] ?? 'open';
      picks.push(keepsOld ? { source: before, row: known, line, state } : { source: now, row, line, state });
    }
  }
  return gather(picks);
}

/** The same once it is known what became of the lines that were sent; those of which nobody knows are forgotten. */
export function endPrints(prints: SheetPrints, outcomes: ReadonlyMap<number, PrintState>): SheetPrints {
  const picks: Pick[] = [];
  for (const [row, line] of prints.lines.entries()) {
    const before = PRINT_STATES[prints.states[row] ?? OPEN] ?? 'open';
    const state = before === 'open' ? (outcomes.get(line) ?? 'open') : before;
    if (state !== 'open') picks.push({ source: prints, row, line, state });
  }
  return gather(picks);
}

function gather(picks: readonly Pick[]): SheetPrints {
  const sources = [...new Set(picks.map(({ source }) => source))];
  const names = new Map(sources.map((source) => [source, source.names.split('\n')]));
  const fedOf = (source: SheetPrints) => source.fields.slice(0, source.fed);
  const fed = new Set(sources.flatMap(fedOf));
  const fields = [...new Set([...fed, ...sources.flatMap((source) => source.fields)])];
  const places = new Map(sources.map((source) => [source, new Map(source.fields.map((field, at) => [field, at]))]));
  const numbers = (of: (pick: Pick) => number) => Uint32Array.from(picks, of);
  const hashes = (name: 'emails' | 'profiles' | 'phones') => Float64Array.from(picks, ({ source, row }) => source[name][row] ?? 0);
  const printOf = (field: string, { source, row }: Pick) => {
    const at = places.get(source)?.get(field);
    return at === undefined ? 0 : (source.values[at]?.[row] ?? 0);
  };
  return {
    lines: numbers(({ line }) => line),
    states: Uint8Array.from(picks, ({ state }) => PRINT_STATES.indexOf(state)),
    emails: hashes('emails'),
    profiles: hashes('profiles'),
    phones: hashes('phones'),
    fields,
    fed: fed.size,
    values: fields.map((field) => numbers((pick) => printOf(field, pick))),
    texts: numbers(({ source, row }) => source.texts[row] ?? 0),
    names: picks.map(({ source, row }) => names.get(source)?.[row] ?? '').join('\n'),
  };
}
