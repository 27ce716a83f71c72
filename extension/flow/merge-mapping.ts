import { type ColumnMapping, type ConstantMapping, isColumnMapping, type Mapping } from '#shared/mapping/mapping.ts';

/**
 * What a screen changed, from the mapping it showed to the one it asks for, done to the mapping as it is by now: columns
 * and fixed values it did not touch stay as they are, whoever changed them meanwhile.
 */
export function mergeMapping(now: Mapping, from: Mapping, to: Mapping): Mapping {
  let merged = now;
  for (const column of columnsOf([...from, ...to])) {
    const entries = placesOf(to, column);
    if (!isSame(placesOf(from, column), entries)) merged = withColumn(merged, column, entries);
  }
  const gone = constantsOf(from).filter((one) => !has(to, one));
  const added = constantsOf(to).filter((one) => !has(from, one));
  return [...merged.filter((one) => !has(gone, one)), ...added];
}

/** A column's places where the column stands in the mapping; one that is not in it comes last. */
function withColumn(mapping: Mapping, column: number, entries: Mapping): Mapping {
  const at = mapping.findIndex((one) => isColumnMapping(one) && one.column === column);
  const others = mapping.filter((one) => !isColumnMapping(one) || one.column !== column);
  return at < 0 ? [...others, ...entries] : [...others.slice(0, at), ...entries, ...others.slice(at)];
}

function columnsOf(mapping: Mapping): ReadonlySet<number> {
  return new Set(mapping.filter(isColumnMapping).map(({ column }) => column));
}

function placesOf(mapping: Mapping, column: number): readonly ColumnMapping[] {
  return mapping.filter(isColumnMapping).filter((one) => one.column === column);
}

function constantsOf(mapping: Mapping): readonly ConstantMapping[] {
  return mapping.filter((one): one is ConstantMapping => !isColumnMapping(one));
}

function has(mapping: Mapping, wanted: Mapping[number]): boolean {
  return mapping.some((one) => isSame(one, wanted));
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
