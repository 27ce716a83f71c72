import { useId } from 'preact/hooks';

type SegmentsProps<T extends string> = {
  /** What is chosen here; read out, not shown. */
  readonly name: string;
  readonly value: T;
  readonly choices: readonly { readonly value: T; readonly label: string }[];
  readonly onChoose: (value: T) => void;
};

/** Two or three choices side by side, of which one holds. */
export function Segments<T extends string>({ name, value, choices, onChoose }: SegmentsProps<T>) {
  const group = useId();
  return (
    <div class="seg" role="radiogroup" aria-label={name}>
      {choices.map((choice) => (
        <label key={choice.value}>
          <input type="radio" name={group} checked={choice.value === value} onChange={() => onChoose(choice.value)} />
          {choice.label}
        </label>
      ))}
    </div>
  );
}
