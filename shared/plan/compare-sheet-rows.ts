import { type FieldPair, matchSheetRows } from './match-sheet-rows.ts';
import { PRINT_STATES, type PrintState, type SheetPrints } from './sheet-prints.ts';

/** A field whose value is another now; `was` is the print of what it was. */
export type ChangedField = { readonly field: string; readonly was: number };
/** `row` of the sheet as it is now, `before` of what is remembered. */
export type ChangedRow = { readonly row: number; readonly before: number; readonly fields: readonly ChangedField[] };

export type SheetComparison = {
  /** Rows nobody has seen yet, in the sheet's order. */
  readonly fresh: readonly number[];
  /** Rows that were not stored last time, and have changed since. */
  readonly again: readonly number[];
  /** Rows whose lead was stored, and some of whose fields have changed. */
  readonly changed: readonly ChangedRow[];
  /** Remembered rows that are in the sheet no more and whose leads were stored. */
  readonly removed: readonly number[];
  /** Rows that are as they were. */
  readonly same: number;
  /** For each row of the sheet as it is now the remembered one; -1 = none. */
  readonly matches: Int32Array<ArrayBuffer>;
};

export type CompareOptions = {
  /** Rows of the sheet that are hidden now: they are in it, and neither new nor changed. */
  readonly hidden?: ReadonlySet<number>;
};

const NOTHING: ReadonlySet<number> = new Set();

/**
 * What has become of the rows of a sheet since they were remembered. Their order says nothing: a row is known by whom it
 * is about, and one that is about nobody in particular by what it says, else by its number.
 */
export function compareSheetRows(remembered: SheetPrints, now: SheetPrints, options: CompareOptions = {}): SheetComparison {
  const { hidden = NOTHING } = options;
  const fields = pairFields(remembered, now);
  const matches = matchSheetRows(remembered, now, fields);
  const stillThere = new Uint8Array(remembered.lines.length);
  const fresh: number[] = [];
  const again: number[] = [];
  const changed: ChangedRow[] = [];
  let same = 0;
  for (const [row, before] of matches.entries()) {
    if (before >= 0) stillThere[before] = 1;
    const isHidden = hidden.has(now.lines[row] ?? 0);
    const state = before < 0 ? 'open' : stateOf(remembered, before);
    if (state === 'open') {
      if (!isHidden) fresh.push(row);
      continue;
    }
    const others = isHidden ? [] : changedFields(fields, before, row);
    const saysOther = others.length > 0 || (!isHidden && isOtherText(remembered, before, now, row));
    if (!saysOther) same++;
    else if (state === 'left') again.push(row);
    else changed.push({ row, before, fields: others });
  }
  const removed = [...stillThere.keys()].filter((row) => stillThere[row] === 0 && stateOf(remembered, row) === 'stored');
  return { fresh, again, changed, removed, same, matches };
}

export function stateOf({ states }: SheetPrints, row: number): PrintState {
  return PRINT_STATES[states[row] ?? 0] ?? 'open';
}

/**
 * The fields that can have changed. One that columns feed in one of them only says nothing: it was mapped in another way.
 * One that no column feeds, as an extension of a phone, is blank where it is not known.
 */
function pairFields(remembered: SheetPrints, now: SheetPrints): readonly FieldPair[] {
  const columnsOf = ({ fields, values }: SheetPrints) => new Map(fields.map((field, at) => [field, values[at] ?? null]));
  const fedOf = ({ fields, fed }: SheetPrints) => new Set(fields.slice(0, fed));
  const [old, current] = [columnsOf(remembered), columnsOf(now)];
  const [fedBefore, fedNow] = [fedOf(remembered), fedOf(now)];
  const known = [...new Set([...now.fields, ...remembered.fields])].filter((field) => fedBefore.has(field) === fedNow.has(field));
  return known.map((field) => ({ field, before: old.get(field) ?? null, now: current.get(field) ?? null }));
}

function changedFields(fields: readonly FieldPair[], before: number, row: number): readonly ChangedField[] {
  const changed: ChangedField[] = [];
  for (const { field, before: old, now } of fields) {
    const was = old?.[before] ?? 0;
    if (was !== (now?.[row] ?? 0)) changed.push({ field, was });
  }
  return changed;
}

/** Of a row that cannot be stored every word counts: it may be the one that was mended. */
function isOtherText(remembered: SheetPrints, before: number, now: SheetPrints, row: number): boolean {
  return (remembered.texts[before] ?? 0) !== (now.texts[row] ?? 0);
}
