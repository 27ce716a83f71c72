import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

type PickerProps = {
  readonly name: string;
  readonly children: ComponentChildren;
  readonly onClose: () => void;
  readonly onSubmit: () => void;
};

/** A small question over the page: takes the focus, Enter answers it, Escape closes it. */
export function Picker({ name, children, onClose, onSubmit }: PickerProps) {
  const box = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    box.current?.querySelector<HTMLElement>('select, input')?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <form
      ref={box}
      class="toast picker"
      aria-label={name}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <h2>{name}</h2>
      {children}
    </form>
  );
}
