import { useLayoutEffect, useRef } from 'preact/hooks';

type CellInputProps = {
  readonly name: string;
  /** What stands in it at first: the cell, or the key that was pressed. */
  readonly text: string;
  /** The text is replaced by what is typed next. */
  readonly selects: boolean;
  /** `stays`: the focus remains in the grid. */
  readonly onSave: (text: string, stays: boolean) => void;
  readonly onCancel: () => void;
};

/** A cell while it is changed: Enter keeps the text, Escape gives the old one back, leaving keeps it. */
export function CellInput({ name, text, selects, onSave, onCancel }: CellInputProps) {
  const input = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  useLayoutEffect(() => {
    const element = input.current;
    element?.focus({ preventScroll: true }); // before the next key is pressed
    if (selects) element?.select();
    else element?.setSelectionRange(text.length, text.length);
  }, []);
  const end = (save: boolean, stays: boolean) => {
    if (isDone.current) return;
    isDone.current = true;
    if (save) onSave(input.current?.value ?? text, stays);
    else onCancel();
  };
  return (
    <input
      ref={input}
      class="input"
      aria-label={name}
      defaultValue={text}
      autocomplete="off"
      spellcheck={false}
      onBlur={() => end(true, false)}
      onKeyDown={(event) => {
        event.stopPropagation(); // the grid's keys are letters here
        if (event.isComposing) return;
        if (event.key === 'Enter' || event.key === 'Escape') {
          event.preventDefault();
          end(event.key === 'Enter', true);
        }
      }}
    />
  );
}
