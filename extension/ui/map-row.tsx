import type { ColumnMapping, Suggestion } from '#shared/mapping/mapping.ts';
import { sentenceForReason } from '#shared/sentences/en.ts';
import { choiceOf, optionOf, type TargetChoice, targetLabel } from './map-choices.ts';
import { share } from './numbers.ts';
import { Icon } from './parts/icon.tsx';
import { type ChoiceGroup, Select } from './parts/select.tsx';
import { type Quality, Strip } from './parts/strip.tsx';

/** From here a suggestion is called certain. */
const CERTAIN = 0.95;
/** Candidates below this are noise. */
const WORTH_SHOWING = 0.1;

type MapRowProps = {
  readonly suggestion: Suggestion;
  readonly place: ColumnMapping;
  readonly options: readonly ChoiceGroup[];
  readonly quality: Quality;
  readonly remembered: boolean;
  /** Nobody has chosen for this unsure column yet. */
  readonly open: boolean;
  readonly onChoose: (suggestion: Suggestion, target: TargetChoice) => void;
};

/** One column of the file: how it is filled, its first values, where it goes, and why. */
export function MapRow({ suggestion, place, options, quality, remembered, open, onChoose }: MapRowProps) {
  const value = open ? '' : optionOf(place, suggestion.type);
  return (
    <li class="map">
      <div class="col">
        <div class="row">
          <span class="strong cut" title={suggestion.header}>
            {suggestion.label}
          </span>
          <span class="small faint nowrap">{filledWords(suggestion.filled)}</span>
        </div>
        <Strip quality={quality} />
      </div>
      <div class="samples cut">
        {suggestion.samples.map((sample) => (
          <span key={sample}>{sample}</span>
        ))}
        {suggestion.samples.length === 0 && <span class="faint">no values</span>}
      </div>
      <Icon name="arrow" />
      <div>
        <Select
          name={`Field for ${suggestion.label}`}
          open={open}
          value={value}
          choices={open ? [{ value: '', label: 'Open, choose a field' }, ...options] : options}
          onChoose={(option) => {
            const target = choiceOf(option);
            if (target) onChoose(suggestion, target);
          }}
        />
      </div>
      <div class="reason">
        {open ? (
          <Candidates suggestion={suggestion} onChoose={onChoose} />
        ) : (
          <span>
            <Trust suggestion={suggestion} chosen={optionOf(place, suggestion.type)} remembered={remembered} />
          </span>
        )}
        {(open || isAsSuggested(suggestion, place.field)) && <span>{sentenceForReason(suggestion.reason)}</span>}
      </div>
    </li>
  );
}

function Candidates({ suggestion, onChoose }: Pick<MapRowProps, 'suggestion' | 'onChoose'>) {
  return (
    <span class="row wrap tight">
      {suggestion.candidates
        .filter((candidate) => candidate.confidence >= WORTH_SHOWING)
        .map(({ field, confidence }) => {
          const target: TargetChoice = field === 'custom' ? { field, type: suggestion.type } : { field };
          return (
            <button key={field} class="chip thin" type="button" onClick={() => onChoose(suggestion, target)}>
              {targetLabel(field)} <span class="key">{share(confidence)}</span>
            </button>
          );
        })}
    </span>
  );
}

type TrustProps = { readonly suggestion: Suggestion; readonly chosen: string; readonly remembered: boolean };

function Trust({ suggestion, chosen, remembered }: TrustProps) {
  if (chosen === 'ignore') return <span class="badge">Left out</span>;
  if (chosen.startsWith('custom:')) return <span class="badge">Kept as it is</span>;
  if (!isAsSuggested(suggestion, chosen)) return <span class="badge">{remembered ? 'As last time' : 'Your choice'}</span>;
  if (suggestion.confidence >= CERTAIN) {
    return (
      <span class="badge" data-tone="ok">
        <Icon name="check" />
        Certain
      </span>
    );
  }
  return (
    <span class="badge" data-tone="accent">
      Likely {share(suggestion.confidence)}
    </span>
  );
}

function isAsSuggested(suggestion: Suggestion, field: string): boolean {
  return suggestion.field === field;
}

function filledWords(filled: number): string {
  if (filled >= 1) return 'all filled';
  return filled <= 0 ? 'all blank' : `${share(filled)} filled`;
}
