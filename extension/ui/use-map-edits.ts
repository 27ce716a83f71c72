import { useState } from 'preact/hooks';
import type { KnownDateOrder } from '#shared/mapping/date-order.ts';
import type { ConstantMapping, Mapping, Suggestion } from '#shared/mapping/mapping.ts';
import type { TableDraft } from '../flow/draft.ts';
import type { ImportFlow } from '../flow/import-flow.ts';
import { choiceLabel, targetLabel } from './map-choices.ts';
import {
  constantsOf,
  feedersOf,
  isSingle,
  placesOfColumn,
  type TargetChoice,
  withColumns,
  withConstant,
  withDateOrder,
  withLabel,
  withoutPlace,
  withTarget,
} from './map-places.ts';

/** What a person does on the map screen. `slot` is 0 for a column's first place, 1 for its second. */
export type MapEdits = {
  readonly choose: (suggestion: Suggestion, slot: number, target: TargetChoice) => void;
  readonly removePlace: (suggestion: Suggestion, slot: number) => void;
  readonly rename: (suggestion: Suggestion, slot: number, label: string) => void;
  readonly orderDates: (suggestion: Suggestion, slot: number, order: KnownDateOrder) => void;
  readonly all: (columns: readonly Suggestion[], wish: 'keep' | 'leaveOut') => void;
  /** Null adds, or takes away. */
  readonly setConstant: (before: ConstantMapping | null, after: ConstantMapping | null) => void;
  /** Columns somebody has chosen for. */
  readonly decided: ReadonlySet<number>;
  /** What a choice elsewhere did to a column, by its index. */
  readonly notes: ReadonlyMap<number, string>;
};

/** The mapping's edits, each sent as one change, and said where it touches more than its own column. */
export function useMapEdits({ mapping, table }: TableDraft, flow: ImportFlow, onSay: (text: string) => void): MapEdits {
  const { suggestions } = table;
  const [decided, setDecided] = useState<ReadonlySet<number>>(new Set());
  const [notes, setNotes] = useState<ReadonlyMap<number, string>>(new Map());
  const send = (next: Mapping) => void flow.send({ kind: 'mappingChanged', mapping: next, from: mapping });
  const decide = (columns: readonly number[]) => {
    setDecided((before) => new Set([...before, ...columns]));
    setNotes((before) => new Map([...before].filter(([column]) => !columns.includes(column))));
  };

  return {
    decided,
    notes,
    choose: (suggestion, slot, target) => {
      const note = whatMoves(mapping, suggestions, suggestion, target);
      decide([suggestion.index]);
      if (note) setNotes((before) => new Map(before).set(note.column, note.text));
      onSay(`${suggestion.label}: ${choiceLabel(target)}.${note ? ` ${note.said}` : ''}`);
      send(withTarget(mapping, suggestions, suggestion.index, slot, target));
    },
    removePlace: (suggestion, slot) => send(withoutPlace(mapping, suggestion.index, slot)),
    rename: (suggestion, slot, label) => send(withLabel(mapping, suggestion.index, slot, label)),
    orderDates: (suggestion, slot, order) => send(withDateOrder(mapping, suggestion.index, slot, order)),
    all: (columns, wish) => {
      decide(columns.map(({ index }) => index));
      send(withColumns(mapping, columns, wish));
    },
    setConstant: (before, after) => send(withConstant(mapping, before, after)),
  };
}

type Note = { readonly column: number; readonly text: string; readonly said: string };

/** Who loses the field, and how that is told: in the row of the one that lost it, and aloud. */
function whatMoves(mapping: Mapping, suggestions: readonly Suggestion[], { index, label }: Suggestion, target: TargetChoice): Note | null {
  if (!isSingle(target.field)) return null;
  const field = targetLabel(target.field);
  const feeder = suggestions.find((one) => one.index === feedersOf(mapping).get(target.field) && one.index !== index);
  if (feeder) {
    const becomes = placesOfColumn(mapping, feeder.index).length > 1 ? 'keeps its other field' : 'is now kept as a custom field';
    return { column: feeder.index, text: `${field} now comes from “${label}”.`, said: `“${feeder.label}” ${becomes}.` };
  }
  const fixed = constantsOf(mapping).find((one) => one.field === target.field);
  if (!fixed) return null;
  const said = `Takes the place of the fixed value “${fixed.value}”.`;
  return { column: index, text: said, said };
}
