import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from './icon.tsx';

/** What the file dialog offers first; whatever is chosen is judged by its bytes. */
const ACCEPTED =
  '.csv,.tsv,.txt,.tab,.xlsx,.xlsm,text/csv,text/tab-separated-values,text/plain,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

type FileButtonProps = {
  readonly children: ComponentChildren;
  readonly onFile: (file: File) => void;
  /** Where the dialog would close this page, the click goes here instead. */
  readonly onElsewhere: (() => void) | null;
  readonly primary?: boolean;
  readonly focused?: boolean;
};

/** A button that opens the file dialog. The same file can be chosen twice in a row. */
export function FileButton({ children, onFile, onElsewhere, primary, focused }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (focused) button.current?.focus();
  }, [focused]);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={ACCEPTED}
        hidden
        aria-label="File to import"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file) onFile(file);
        }}
      />
      <button
        ref={button}
        type="button"
        class={primary ? 'btn primary' : 'btn'}
        onClick={() => (onElsewhere ? onElsewhere() : input.current?.click())}
      >
        {primary && <Icon name="file" />}
        {children}
      </button>
    </>
  );
}
