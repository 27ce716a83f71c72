import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Button } from './parts/button.tsx';
import { Icon } from './parts/icon.tsx';
import { PasteAnywhere } from './parts/paste-anywhere.tsx';

type PasteRangeProps = {
  readonly onText: (text: string) => void;
  readonly onFile: (file: File) => void;
};

/** A range copied from a spreadsheet: pasted anywhere on the screen, or into a field for it. */
export function PasteRange({ onText, onFile }: PasteRangeProps) {
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [isRefused, setRefused] = useState(false);
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (isOpen) field.current?.focus();
  }, [isOpen]);
  const take = (text: string) => {
    setRefused(!isRange(text));
    if (isRange(text)) onText(text);
    else setOpen(true);
  };
  return (
    <div class="stack">
      <PasteAnywhere onText={take} onFile={onFile} />
      <ul class="pick">
        <li>
          <button type="button" aria-expanded={isOpen} aria-controls={isOpen ? `${id}-area` : undefined} onClick={() => setOpen(!isOpen)}>
            <span class="tile">
              <Icon name="paste" />
            </span>
            <span class="what">
              <span>Paste a range</span>
              <span>From Excel, Sheets or a page. Ctrl+V works anywhere here</span>
            </span>
            <Icon name={isOpen ? 'down' : 'forward'} tone="go" />
          </button>
        </li>
      </ul>
      {isOpen && (
        <div class="stack paste-area" id={`${id}-area`}>
          <label class="sr" for={`${id}-field`}>
            Rows to paste
          </label>
          <textarea
            ref={field}
            class="input area mono"
            id={`${id}-field`}
            rows={4}
            value={typed}
            spellcheck={false}
            placeholder="Copy the cells with their column names, and paste them here."
            aria-invalid={isRefused ? 'true' : undefined}
            aria-describedby={isRefused ? `${id}-why` : undefined}
            onInput={(event) => {
              setTyped(event.currentTarget.value);
              setRefused(false);
            }}
            onPaste={(event) => {
              const text = event.clipboardData?.getData('text/plain') ?? '';
              if (typed !== '' || !isRange(text)) return;
              event.preventDefault();
              onText(text);
            }}
          />
          {isRefused && (
            <p class="hint row bad" id={`${id}-why`} role="alert">
              <Icon name="bad" />
              What you pasted is no table. Copy the cells with their column names, then paste again.
            </p>
          )}
          <div class="row">
            <Button look="tonal" off={typed.trim() === '' ? 'Nothing is pasted yet' : null} onClick={() => take(typed)}>
              Read these rows
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}

/** Cells between tabs, or lines of delimited text: a single line without either is no table. */
function isRange(text: string): boolean {
  const lines = text.trim().split(/\r\n|\r|\n/);
  return lines.length > 1 && (text.includes('\t') || lines.every((line) => line.trim() === '' || /[,;|]/.test(line)) || text.includes('@'));
}
