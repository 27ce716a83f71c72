import type { MappingTarget, Suggestion } from '#shared/mapping/mapping.ts';
import { tableOf } from '../../support/table-of.ts';

/** A layout of a real kind of file with its right mapping; `expected` is parallel to `headers`. */
export type Layout = {
  readonly id: string;
  readonly headers: readonly string[];
  readonly sample: readonly (readonly string[])[];
  readonly expected: readonly string[];
  /** Positions of columns that may also stay custom. */
  readonly optional: ReadonlySet<number>;
  /** Other right answers by position. */
  readonly accepted: ReadonlyMap<number, readonly string[]>;
};

export type Score = {
  readonly fields: number;
  readonly right: number;
  readonly wrong: readonly string[];
  readonly missed: readonly string[];
};

type Entry = {
  readonly id: string;
  readonly headers: readonly string[];
  readonly sample: readonly (readonly string[])[];
  readonly expectedByIndex: readonly string[];
  readonly optionalHeaders?: readonly string[];
  readonly alsoAccepted?: Readonly<Record<string, readonly string[]>>;
};

/** The layouts of the fixture; it names the second of two like headers "Name#2". */
export function readLayouts(json: string): readonly Layout[] {
  const { entries }: { entries: readonly Entry[] } = JSON.parse(json);
  return entries.map((entry) => {
    const keys = entry.headers.map((header, i) => {
      const before = entry.headers.slice(0, i).filter((other) => other === header).length;
      return before === 0 ? header : `${header}#${before + 1}`;
    });
    const optional = new Set(keys.flatMap((key, i) => (entry.optionalHeaders?.includes(key) ? [i] : [])));
    const accepted = new Map(keys.map((key, i) => [i, entry.alsoAccepted?.[key] ?? []]));
    return { id: entry.id, headers: entry.headers, sample: entry.sample, expected: entry.expectedByIndex, optional, accepted };
  });
}

/** Custom, ignore and tags are one: no field of the person. */
function fieldOf(target: string): string {
  return target === 'ignore' || target === 'tags' ? 'custom' : target;
}

/** Compares suggestions with the right mapping; a wrong column went to a field it is not, a missed one to none. */
export function scoreLayouts(
  layouts: readonly Layout[],
  suggest: (table: ReturnType<typeof tableOf>) => readonly Pick<Suggestion, 'field'>[],
): Score {
  let fields = 0;
  let right = 0;
  const wrong: string[] = [];
  const missed: string[] = [];
  for (const layout of layouts) {
    const suggestions = suggest(tableOf(layout.headers, layout.sample));
    for (const [i, header] of layout.headers.entries()) {
      const expected = fieldOf(layout.expected[i] ?? 'custom');
      const field: MappingTarget | string = fieldOf(suggestions[i]?.field ?? 'custom');
      const also = [...(layout.accepted.get(i) ?? []).map(fieldOf), ...(layout.optional.has(i) ? ['custom'] : [])];
      const isRight = field === expected || also.includes(field);
      if (expected !== 'custom') fields++;
      if (expected !== 'custom' && isRight) right++;
      if (!isRight) (field === 'custom' ? missed : wrong).push(`${layout.id}: ${header}: ${field}, not ${expected}`);
    }
  }
  return { fields, right, wrong, missed };
}
