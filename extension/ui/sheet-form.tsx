import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { SheetAddressError } from '#shared/table/sheet-address.ts';
import type { SheetFlow, SheetWish } from '../flow/sheet-flow.ts';
import { Button, LinkButton } from './parts/button.tsx';
import { Icon } from './parts/icon.tsx';
import { ADDRESS_REFUSALS } from './sheet-words.ts';

type SheetFormProps = { readonly wish: SheetWish; readonly refusal: SheetAddressError | null; readonly sheets: SheetFlow };

/** Which sheet, and by whose leave: one's own sign-in, or a token from elsewhere. */
export function SheetForm({ wish, refusal, sheets }: SheetFormProps) {
  const [typed, setTyped] = useState(wish);
  const [token, setToken] = useState('');
  const isByToken = typed.way === 'token';
  const missing = isByToken && token.trim() === '' ? 'No token is given yet' : typed.text.trim() === '' ? 'No sheet is given yet' : null;
  const connect = () => {
    if (missing === null) void sheets.connect(typed, isByToken ? token : undefined);
  };
  const set = (part: Partial<SheetWish>) => setTyped({ ...typed, ...part });
  return (
    <form
      class="stack stack-4"
      onSubmit={(event) => {
        event.preventDefault();
        connect();
      }}
    >
      {isByToken && (
        <Field
          label="Access token"
          value={token}
          onInput={setToken}
          secret
          focused
          hint="It goes to Google only, and is forgotten as soon as this page closes."
        />
      )}
      <Field
        // Another field, with a focus of its own, when the way changes.
        key={typed.way}
        label={isByToken ? 'Spreadsheet ID' : 'Link or ID of the sheet'}
        value={typed.text}
        onInput={(text) => set({ text })}
        focused={!isByToken}
        refusal={refusal !== null && typed.text === wish.text ? ADDRESS_REFUSALS[refusal] : null}
        {...(isByToken ? { hint: 'The part of its address between /d/ and /edit. The whole address will do.' } : { placeholder: LINK })}
      />
      <div class="fields-2">
        <Field label={isByToken ? 'Sheet name' : 'Tab'} optional value={typed.tab} onInput={(tab) => set({ tab })} />
        {!isByToken && <Field label="Range" optional value={typed.range} onInput={(range) => set({ range })} placeholder="A1:F200" />}
      </div>
      <div class="row wrap">
        {/* Enter in a field of several needs a button of this type. */}
        <button type="submit" hidden />
        <Button look="primary" off={missing} onClick={connect}>
          Connect & Import
        </Button>
        <LinkButton onClick={() => set({ way: isByToken ? 'google' : 'token' })}>
          {isByToken ? 'Sign in with Google instead' : 'Use an access token instead'}
        </LinkButton>
      </div>
    </form>
  );
}

const LINK = 'https://docs.google.com/spreadsheets/d/…';

type FieldProps = {
  readonly label: string;
  readonly value: string;
  readonly onInput: (text: string) => void;
  readonly optional?: boolean;
  readonly secret?: boolean;
  readonly focused?: boolean;
  readonly placeholder?: string;
  readonly hint?: string;
  /** Why it can't be used. */
  readonly refusal?: string | null;
};

function Field({ label, value, onInput, optional, secret, focused, placeholder, hint, refusal = null }: FieldProps) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focused || refusal !== null) field.current?.focus();
  }, [focused, refusal]);
  const said = refusal ?? hint ?? null;
  return (
    <div class="stack stack-1">
      <span class="row between">
        <label class="label" for={id}>
          {label}
        </label>
        {optional && <span class="small faint">optional</span>}
      </span>
      <input
        ref={field}
        class="input"
        id={id}
        {...(secret ? { type: 'password' as const } : { type: 'text' as const })}
        autocomplete="off"
        spellcheck={false}
        placeholder={placeholder}
        value={value}
        aria-invalid={refusal === null ? undefined : 'true'}
        aria-describedby={said === null ? undefined : `${id}-said`}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      {said !== null && (
        <p class={refusal === null ? 'hint' : 'hint row bad'} id={`${id}-said`} role={refusal === null ? undefined : 'alert'}>
          {refusal !== null && <Icon name="bad" />}
          {said}
        </p>
      )}
    </div>
  );
}

/** On the start screen: the row that leads to the form. */
export function SheetRow({ onOpen }: { readonly onOpen: () => void }) {
  return (
    <ul class="pick">
      <li>
        <button type="button" onClick={onOpen}>
          <span class="tile">
            <Icon name="sheet" />
          </span>
          <span class="what">
            <span>Google Sheets</span>
            <span>By link, read with your own Google sign-in</span>
          </span>
          <Icon name="forward" tone="go" />
        </button>
      </li>
    </ul>
  );
}
