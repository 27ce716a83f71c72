import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { LinkButton } from './parts/button.tsx';

type CustomLabelProps = {
  /** The column it is about. */
  readonly column: string;
  readonly label: string;
  readonly isTaken: (label: string) => boolean;
  readonly onRename: (label: string) => void;
};

/** The name a column has as a custom field, and the way to another one. A blank name is the column's own again. */
export function CustomLabel({ column, label, isTaken, onRename }: CustomLabelProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const id = useId();
  const place = useRef<HTMLSpanElement>(null);
  const wasOpen = useRef(false);
  const isOpen = typed !== null;
  useEffect(() => {
    if (isOpen) place.current?.querySelector('input')?.select();
    // The input is gone: who was in it is where they came from.
    else if (wasOpen.current && document.activeElement === document.body) place.current?.querySelector('button')?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  if (!isOpen) {
    return (
      <span ref={place}>
        {label !== column && `Named “${label}”. `}
        <LinkButton label={`Rename the custom field for ${column}`} onClick={() => setTyped(label)}>
          Rename
        </LinkButton>
      </span>
    );
  }
  const name = typed.trim() || column;
  const isBad = isTaken(name);
  const finish = () => {
    if (!wasOpen.current) return; // taking the input away is leaving it, too
    wasOpen.current = false;
    if (!isBad && name !== label) onRename(name);
    setTyped(null);
  };
  return (
    <span ref={place} class="stack stack-1 rename">
      <input
        class="input thin"
        aria-label={`Name of the custom field for ${column}`}
        aria-invalid={isBad ? 'true' : undefined}
        aria-describedby={isBad ? id : undefined}
        value={typed}
        maxLength={300}
        autocomplete="off"
        onInput={(event) => setTyped(event.currentTarget.value)}
        onBlur={finish}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !isBad) finish();
          if (event.key !== 'Escape') return;
          wasOpen.current = false;
          setTyped(null);
        }}
      />
      {isBad && (
        <span id={id} class="bad" role="alert">
          Another column has this name.
        </span>
      )}
    </span>
  );
}
