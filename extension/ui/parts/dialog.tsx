import { useId, useLayoutEffect, useRef } from 'preact/hooks';

type DialogProps = {
  readonly title: string;
  readonly text: string;
  /** The safe way: it has the focus. */
  readonly keep: string;
  readonly act: string;
  readonly onKeep: () => void;
  readonly onAct: () => void;
};

/** Asks before what is hard to take back. Escape is the safe way. The focus goes back to where it was. */
export function Dialog({ title, text, keep, act, onKeep, onAct }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const textId = useId();
  useLayoutEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      // While it is open, nothing behind it takes the focus: once it is gone.
      queueMicrotask(() => before instanceof HTMLElement && before.focus());
    };
  }, []);
  return (
    <dialog class="dialog" ref={dialog} aria-labelledby={titleId} aria-describedby={textId} onClose={onKeep}>
      <h2 id={titleId}>{title}</h2>
      <p class="dim" id={textId} aria-live="polite">
        {text}
      </p>
      <div class="row">
        <button class="btn" type="button" onClick={onKeep}>
          {keep}
        </button>
        <button class="btn danger primary" type="button" onClick={onAct}>
          {act}
        </button>
      </div>
    </dialog>
  );
}
