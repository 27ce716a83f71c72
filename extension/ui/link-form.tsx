import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Button } from './parts/button.tsx';
import { Icon } from './parts/icon.tsx';

type LinkFormProps = { readonly text?: string; readonly onLink: (text: string) => void };

/** A field for a link; it has the focus as soon as it is there. */
export function LinkForm({ text = '', onLink }: LinkFormProps) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(text);
  useEffect(() => field.current?.focus(), []);
  const give = () => {
    if (typed.trim() !== '') onLink(typed);
  };
  return (
    <form
      class="stack stack-2"
      onSubmit={(event) => {
        event.preventDefault();
        give();
      }}
    >
      <label class="label" for={id}>
        Link to a CSV, text or Excel file
      </label>
      <input
        ref={field}
        class="input"
        id={id}
        type="text"
        inputmode="url"
        autocomplete="off"
        spellcheck={false}
        placeholder="https://files.example.com/leads.csv"
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <div class="row">
        <Button look="tonal" off={typed.trim() === '' ? 'No link is given yet' : null} onClick={give}>
          Get the file
        </Button>
      </div>
    </form>
  );
}

/** On the start screen: a row that opens the field. */
export function LinkRow({ onLink }: { readonly onLink: (text: string) => void }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <div class="stack">
      <ul class="pick">
        <li>
          <button type="button" aria-expanded={isOpen} aria-controls={isOpen ? id : undefined} onClick={() => setOpen(!isOpen)}>
            <span class="tile">
              <Icon name="link" />
            </span>
            <span class="what">
              <span>Link</span>
              <span>Paste one, or right-click any link on a page</span>
            </span>
            <Icon name={isOpen ? 'down' : 'forward'} tone="go" />
          </button>
        </li>
      </ul>
      {isOpen && (
        <div class="paste-area" id={id}>
          <LinkForm onLink={onLink} />
        </div>
      )}
    </div>
  );
}
