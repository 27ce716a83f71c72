import { Icon } from './icon.tsx';

export type Choice = { readonly value: string; readonly label: string };
export type ChoiceGroup = { readonly label: string; readonly choices: readonly Choice[] };

type SelectProps = {
  readonly value: string;
  readonly choices: readonly (Choice | ChoiceGroup)[];
  readonly onChoose: (value: string) => void;
  /** The name that is read out. Leave it out when a <label for> names the `id`. */
  readonly name?: string;
  readonly id?: string;
  /** Nobody has chosen yet: drawn dashed. */
  readonly open?: boolean;
};

/** The browser's own list of choices in our frame: every keyboard and screen reader knows it. */
export function Select({ value, choices, onChoose, name, id, open }: SelectProps) {
  return (
    <span class={open ? 'select open' : 'select'}>
      <select id={id} aria-label={name} value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        <Options choices={choices} chosen={value} />
      </select>
      <Icon name="down" />
    </span>
  );
}

/** The same as a chip that shows what was detected: name, value, and a list behind it. */
export function ChipSelect({ value, choices, onChoose, name }: Omit<SelectProps, 'id' | 'open'> & { readonly name: string }) {
  const flat = choices.flatMap((choice) => ('choices' in choice ? choice.choices : [choice]));
  return (
    <span class="chip chip-select">
      <span class="key" aria-hidden="true">
        {name}
      </span>
      <span aria-hidden="true">{flat.find((choice) => choice.value === value)?.label ?? value}</span>
      <Icon name="down" />
      <select aria-label={name} value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        <Options choices={choices} chosen={value} />
      </select>
    </span>
  );
}

function Options({ choices, chosen }: { readonly choices: readonly (Choice | ChoiceGroup)[]; readonly chosen: string }) {
  const option = (choice: Choice) => (
    <option key={choice.value} value={choice.value} selected={choice.value === chosen}>
      {choice.label}
    </option>
  );
  return (
    <>
      {choices.map((choice) =>
        'choices' in choice ? (
          <optgroup key={choice.label} label={choice.label}>
            {choice.choices.map(option)}
          </optgroup>
        ) : (
          option(choice)
        ),
      )}
    </>
  );
}
