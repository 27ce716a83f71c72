import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../parts/button.tsx';

type CopyTextProps = { readonly label: string; readonly text: string; readonly children: ComponentChildren };

/** A text that is shown once: chosen whole, copied by a button. */
export function CopyText({ label, text, children }: CopyTextProps) {
  const field = useRef<HTMLInputElement>(null);
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    setCopied(false);
    field.current?.focus();
    field.current?.select();
  }, [text]);
  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      setCopied(false); // the text stays chosen: the keys of the system copy it
    }
  };
  return (
    <div class="note" data-tone="accent">
      <div class="body">
        <div class="row copy-line">
          <input
            class="input mono"
            ref={field}
            aria-label={label}
            readOnly
            value={text}
            onFocus={(event) => event.currentTarget.select()}
          />
          <Button look="primary" onClick={() => void copy()}>
            {isCopied ? 'Copied' : 'Copy'}
          </Button>
        </div>
        <p class="small">{children}</p>
      </div>
    </div>
  );
}
