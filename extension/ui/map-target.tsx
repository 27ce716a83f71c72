import { useEffect, useState } from 'preact/hooks';
import type { ColumnMapping, Suggestion } from '#shared/mapping/mapping.ts';
import { choiceOf, type OptionsGiven, optionOf, optionsFor, targetLabel } from './map-choices.ts';
import { IconButton } from './parts/button.tsx';
import { Select } from './parts/select.tsx';
import type { MapEdits } from './use-map-edits.ts';

type MapTargetProps = {
  readonly suggestion: Suggestion;
  /** Where the column goes, at least one. */
  readonly places: readonly ColumnMapping[];
  readonly given: OptionsGiven;
  /** Nobody has chosen for this unsure column yet. */
  readonly open: boolean;
  readonly edits: MapEdits;
};

/** The field a column feeds, and a second one where it feeds two. */
export function MapTarget({ suggestion, places, given, open, edits }: MapTargetProps) {
  const [isAdding, setAdding] = useState(false);
  const { label, index } = suggestion;
  const options = optionsFor(given, index);
  const [first, ...more] = places;
  const hasSecond = more.length > 0;
  const canHaveSecond = !open && !hasSecond && first !== undefined && first.field !== 'ignore';
  const choose = (slot: number) => (option: string) => {
    const target = choiceOf(option, given.customFields);
    if (target) edits.choose(suggestion, slot, target);
  };
  useEffect(() => {
    if (hasSecond) setAdding(false);
  }, [hasSecond]);
  const optionFor = (place: ColumnMapping) => optionOf(place, suggestion.type, given.customFields);
  return (
    <div class="target">
      <div class="row tight">
        <Select
          name={`Field for ${label}`}
          open={open}
          value={open || !first ? '' : optionFor(first)}
          choices={open ? [{ value: '', label: 'Open, choose a field' }, ...options] : options}
          onChoose={choose(0)}
        />
        {canHaveSecond && !isAdding && (
          <IconButton name={`${label} also into a second field`} icon="plus" onClick={() => setAdding(true)} />
        )}
      </div>
      {/* The select that adds a place is the one that shows it then: the focus stays in it. */}
      {[...more, ...(canHaveSecond && isAdding ? [null] : [])].map((place, at) => (
        <div key={at} class="row tight">
          <Select
            name={`Second field for ${label}`}
            open={place === null}
            focused={place === null}
            value={place ? optionFor(place) : ''}
            choices={place ? withoutLeaveOut(options) : [{ value: '', label: 'Second field' }, ...withoutLeaveOut(options)]}
            onChoose={choose(at + 1)}
          />
          <IconButton
            name={place ? `${label} no longer into ${targetLabel(place.field)}` : 'No second field'}
            icon="cross"
            onClick={() => (place ? edits.removePlace(suggestion, at + 1) : setAdding(false))}
          />
        </div>
      ))}
    </div>
  );
}

/** A second place is taken away by its button. */
function withoutLeaveOut(options: ReturnType<typeof optionsFor>): ReturnType<typeof optionsFor> {
  return options.map(({ label, choices }) => ({ label, choices: choices.filter(({ value }) => value !== 'ignore') }));
}
