import { useId, useState } from 'preact/hooks';
import type { ConstantMapping, Mapping, Suggestion } from '#shared/mapping/mapping.ts';
import type { CustomFieldInfo } from '../flow/view.ts';
import { constantOptions, constantTarget } from './map-choices.ts';
import { isLabelTaken } from './map-labels.ts';
import { Button } from './parts/button.tsx';
import { Select } from './parts/select.tsx';

const NO_COLUMN = -1;

type ConstantFormProps = {
  readonly mapping: Mapping;
  readonly suggestions: readonly Suggestion[];
  readonly customFields: readonly CustomFieldInfo[];
  readonly onAdd: (constant: ConstantMapping) => void;
  readonly onCancel: () => void;
};

/** A fixed value in the making: the field, the name of a new custom field, the value. Enter adds it, Escape does not. */
export function ConstantForm({ mapping, suggestions, customFields, onAdd, onCancel }: ConstantFormProps) {
  const id = useId();
  const groups = constantOptions(new Set(mapping.map(({ field }) => field)), customFields);
  const [option, setOption] = useState(groups.flatMap(({ choices }) => choices)[0]?.value ?? 'custom');
  const [typedLabel, setTypedLabel] = useState('');
  const [value, setValue] = useState('');
  const { field, label: known } = constantTarget(option, customFields);
  const label = field === 'custom' ? (known ?? typedLabel.trim()) : null;
  const off = whyNot(label, field === 'ownerEmail', value, label !== null && isLabelTaken(mapping, suggestions, NO_COLUMN, label));
  const add = () => onAdd({ field, value: value.trim(), ...(label === null ? {} : { label }) });
  return (
    <form
      class="row wrap constant-form"
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
        if (event.key === 'Enter' && event.target instanceof HTMLInputElement && off === null) add();
      }}
    >
      <div>
        <label class="label" for={`${id}-field`}>
          Field
        </label>
        <Select id={`${id}-field`} focused value={option} choices={groups} onChoose={setOption} />
      </div>
      {field === 'custom' && known === null && (
        <div>
          <label class="label" for={`${id}-label`}>
            Name of the custom field
          </label>
          <input
            class="input"
            id={`${id}-label`}
            value={typedLabel}
            maxLength={300}
            autocomplete="off"
            onInput={(event) => setTypedLabel(event.currentTarget.value)}
          />
        </div>
      )}
      <div>
        <label class="label" for={`${id}-value`}>
          Value for every row
        </label>
        <input
          class="input"
          id={`${id}-value`}
          value={value}
          autocomplete="off"
          placeholder={field === 'tags' ? 'fair; spring' : field === 'ownerEmail' ? 'name@example.com' : undefined}
          onInput={(event) => setValue(event.currentTarget.value)}
        />
      </div>
      <div class="row">
        <Button look="tonal" off={off} onClick={add}>
          Add
        </Button>
        <Button look="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </div>
      {off !== null && value !== '' && <p class="small faint wide">{off}.</p>}
    </form>
  );
}

function whyNot(label: string | null, isOwner: boolean, value: string, isTaken: boolean): string | null {
  if (label === '') return 'The custom field needs a name';
  if (isTaken) return 'A column has this name already';
  if (value.trim() === '') return 'The value is blank';
  return isOwner && !value.includes('@') ? 'An owner is an email address' : null;
}
