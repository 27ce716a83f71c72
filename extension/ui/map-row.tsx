import type { ColumnMapping, Mapping, Suggestion } from '#shared/mapping/mapping.ts';
import type { PlanView } from '../flow/draft.ts';
import type { CustomFieldInfo } from '../flow/view.ts';
import { columnQuality } from './column-quality.ts';
import type { OptionsGiven } from './map-choices.ts';
import { MapTarget } from './map-target.tsx';
import { MapWhy } from './map-why.tsx';
import { share } from './numbers.ts';
import { Icon } from './parts/icon.tsx';
import { Strip } from './parts/strip.tsx';
import type { MapEdits } from './use-map-edits.ts';

type MapRowProps = {
  readonly suggestion: Suggestion;
  readonly places: readonly ColumnMapping[];
  readonly mapping: Mapping;
  readonly suggestions: readonly Suggestion[];
  readonly given: OptionsGiven;
  /** Null while the workspace cannot be asked. */
  readonly customFields: readonly CustomFieldInfo[] | null;
  readonly plan: PlanView | null;
  /** As in the mapping that was taken over, and not as suggested. */
  readonly remembered: boolean;
  /** Nobody has chosen for this unsure column yet. */
  readonly open: boolean;
  readonly edits: MapEdits;
};

/** One column of the file: how it is filled, its first values, where it goes, and why. */
export function MapRow(props: MapRowProps) {
  const { suggestion, places, given, plan, open, edits } = props;
  return (
    <li class="map">
      <div class="col">
        <div class="row">
          <span class="strong cut" title={suggestion.header}>
            {suggestion.label}
          </span>
          <span class="small faint nowrap">{filledWords(suggestion.filled)}</span>
        </div>
        <Strip quality={columnQuality(suggestion, plan)} />
      </div>
      <div class="samples cut">
        {suggestion.samples.map((sample) => (
          <span key={sample}>{sample}</span>
        ))}
        {suggestion.samples.length === 0 && <span class="faint">no values</span>}
      </div>
      <Icon name="arrow" />
      <MapTarget suggestion={suggestion} places={places} given={given} open={open} edits={edits} />
      <MapWhy {...props} />
    </li>
  );
}

function filledWords(filled: number): string {
  if (filled >= 1) return 'all filled';
  return filled <= 0 ? 'all blank' : `${share(filled)} filled`;
}
