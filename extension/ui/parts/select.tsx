import { useEffect, useMemo, useRef } from 'preact/hooks';
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
  /** Takes the focus when it appears. */
  readonly focused?: boolean;
};

/** The browser's own list of choices in our frame: every keyboard and screen reader knows it. */
export function Select({ value, choices, onChoose, name, id, open, focused }: SelectProps) {
  const select = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    if (focused) select.current?.focus();
  }, [focused]);
  return (
    <span class={open ? 'select open' : 'select'}>
      <select ref={select} id={id} aria-label={name} value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        <Options choices={choices} chosen={value} />
      </select>
      <Icon name="down" />
    </span>
  );
}

type ChipSelectProps = Pick<SelectProps, 'value' | 'choices' | 'onChoose'> & {
  readonly name: string;
  /** What stands on the chip, where the chosen one's label is too long for it. */
  readonly shown?: string;
};

/** The same as a chip that shows what was detected: name, value, and a list behind it. */
export function ChipSelect({ value, choices, onChoose, name, shown }: ChipSelectProps) {
  const flat = choices.flatMap((choice) => ('choices' in choice ? choice.choices : [choice]));
  return (
    <span class="chip chip-select">
      <span class="key" aria-hidden="true">
        {name}
      </span>
      <span class="cut" aria-hidden="true">
        {shown ?? flat.find((choice) => choice.value === value)?.label ?? value}
      </span>
      <Icon name="down" />
      <select aria-label={name} value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        <Options choices={choices} chosen={value} />
      </select>
    </span>
  );
}

type OptionsProps = { readonly choices: readonly (Choice | ChoiceGroup)[]; readonly chosen: string };

/** Made again only when something about them changes: a list of countries is long, and the screen renders often. */
function Options({ choices, chosen }: OptionsProps) {
  return useMemo(
    () => <>{choices.map((choice) => ('choices' in choice ? groupOf(choice, chosen) : optionOf(choice, chosen)))}</>,
    [choices, chosen],
  );
}

function groupOf({ label, choices }: ChoiceGroup, chosen: string) {
  return (
    <optgroup key={label} label={label}>
      {choices.map((choice) => optionOf(choice, chosen))}
    </optgroup>
  );
}

function optionOf({ value, label }: Choice, chosen: string) {
  return (
    <option key={value} value={value} selected={value === chosen}>
      {label}
    </option>
  );
}
