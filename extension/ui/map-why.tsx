import type { ColumnMapping, Mapping, Suggestion } from '#shared/mapping/mapping.ts';
import { sentenceForReason } from '#shared/sentences/en.ts';
import type { PlanView } from '../flow/draft.ts';
import type { CustomFieldInfo } from '../flow/view.ts';
import { CustomLabel } from './custom-label.tsx';
import { DateQuestion } from './date-question.tsx';
import { customFieldNamed, targetLabel, typeLabel } from './map-choices.ts';
import { isLabelTaken, labelOf } from './map-labels.ts';
import type { TargetChoice } from './map-places.ts';
import { shapingOf } from './map-shaping.ts';
import { share } from './numbers.ts';
import { LinkButton } from './parts/button.tsx';
import { Icon } from './parts/icon.tsx';
import type { MapEdits } from './use-map-edits.ts';

/** From here a suggestion is called certain. */
const CERTAIN = 0.95;
/** Candidates below this are noise. */
const WORTH_SHOWING = 0.1;

type MapWhyProps = {
  readonly suggestion: Suggestion;
  readonly places: readonly ColumnMapping[];
  readonly mapping: Mapping;
  readonly suggestions: readonly Suggestion[];
  /** Of the workspace; null while it cannot be asked. */
  readonly customFields: readonly CustomFieldInfo[] | null;
  readonly plan: PlanView | null;
  readonly remembered: boolean;
  readonly open: boolean;
  readonly edits: MapEdits;
};

/** Why a column goes where it goes, what becomes of its values there, and what only a person can say. */
export function MapWhy(props: MapWhyProps) {
  const { suggestion, places, plan, remembered, open, edits } = props;
  const note = edits.notes.get(suggestion.index);
  const first = places[0];
  if (open || !first) {
    return (
      <div class="reason">
        <Candidates suggestion={suggestion} onChoose={(target) => edits.choose(suggestion, 0, target)} />
        <span>{sentenceForReason(suggestion.reason)}</span>
      </div>
    );
  }
  return (
    <div class="reason">
      {remembered && (
        <span class="badge" data-tone="accent">
          As remembered
        </span>
      )}
      {first.field === 'custom' || remembered ? null : <Trust suggestion={suggestion} field={first.field} />}
      {first.field !== 'custom' && isAsSuggested(suggestion, first.field) && <span>{sentenceForReason(suggestion.reason)}</span>}
      {note && (
        <span class="row tight ask">
          <Icon name="info" />
          {note}
        </span>
      )}
      {places.map((place, slot) =>
        place.field === 'custom' ? (
          <CustomPlace key={slot} {...props} place={place} slot={slot} />
        ) : (
          <Shaping key={slot} text={shapingOf(suggestion, place, plan)} />
        ),
      )}
    </div>
  );
}

function Shaping({ text }: { readonly text: string | null }) {
  return text === null ? null : <span class="wide">{text}</span>;
}

function Candidates({ suggestion, onChoose }: { readonly suggestion: Suggestion; readonly onChoose: (target: TargetChoice) => void }) {
  return (
    <span class="row wrap tight">
      {suggestion.candidates
        .filter((candidate) => candidate.confidence >= WORTH_SHOWING)
        .map(({ field, confidence }) => (
          <button
            key={field}
            class="chip thin"
            type="button"
            onClick={() => onChoose(field === 'custom' ? { field, type: suggestion.type } : { field })}
          >
            {targetLabel(field)} <span class="key">{share(confidence)}</span>
          </button>
        ))}
    </span>
  );
}

/** A column kept as a custom field: whether the workspace has it, its name, and its dates. */
function CustomPlace(props: MapWhyProps & { readonly place: ColumnMapping; readonly slot: number }) {
  const { suggestion, place, slot, mapping, suggestions, customFields, edits } = props;
  const label = labelOf(place, suggestion);
  const known = customFields && customFieldNamed(customFields, label);
  const type = place.type ?? 'text';
  return (
    <>
      <span class="badge">{customFields === null ? 'Kept as it is' : known ? 'Field you have' : 'New field'}</span>
      {known && known.type !== type && (
        <span>
          “{known.label}” is {typeLabel(known.type)} in the workspace.{' '}
          <LinkButton onClick={() => edits.choose(suggestion, slot, { field: 'custom', type: known.type, label: known.label })}>
            Use that
          </LinkButton>
        </span>
      )}
      <CustomLabel
        column={suggestion.label}
        label={label}
        isTaken={(name) => isLabelTaken(mapping, suggestions, suggestion.index, name)}
        onRename={(name) => edits.rename(suggestion, slot, name)}
      />
      <DateQuestion suggestion={suggestion} place={place} onAnswer={(order) => edits.orderDates(suggestion, slot, order)} />
    </>
  );
}

type TrustProps = { readonly suggestion: Suggestion; readonly field: ColumnMapping['field'] };

function Trust({ suggestion, field }: TrustProps) {
  if (field === 'ignore') return <span class="badge">Left out</span>;
  if (!isAsSuggested(suggestion, field)) return <span class="badge">Your choice</span>;
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

function isAsSuggested(suggestion: Suggestion, field: ColumnMapping['field']): boolean {
  return suggestion.field === field;
}
