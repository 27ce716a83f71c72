import { useState } from 'preact/hooks';
import { Button } from './parts/button.tsx';
import { OptionRow } from './parts/option-row.tsx';

type GoogleOptionProps = {
  /** This browser's own; null = the server's. */
  readonly clientId: string | null;
  /** What Google has to lead back to. */
  readonly redirectUrl: string;
  readonly onClientId: (clientId: string | null) => void;
};

/** How people sign in to Google: usually by the server's client ID, which is made once for all; how that is done. */
export function GoogleOption({ clientId, redirectUrl, onClientId }: GoogleOptionProps) {
  const [typed, setTyped] = useState(clientId ?? '');
  const [isCopied, setCopied] = useState(false);
  const isOdd = typed.trim() !== '' && !CLIENT_ID.test(typed.trim());
  const save = () => {
    if (!isOdd && typed.trim() !== (clientId ?? '')) onClientId(typed.trim() || null);
  };
  return (
    <OptionRow title="Google Sheets">
      <input
        class="input"
        type="text"
        aria-label="Client ID of your own"
        aria-invalid={isOdd ? 'true' : undefined}
        aria-describedby="client-id-hint"
        placeholder="As your server has it"
        autocomplete="off"
        spellcheck={false}
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key === 'Enter') save();
        }}
      />
      <p class={isOdd ? 'hint bad' : 'hint'} id="client-id-hint" role={isOdd ? 'alert' : undefined}>
        {isOdd
          ? 'A client ID ends in .apps.googleusercontent.com. It is not saved yet.'
          : 'A client ID of your own, for this browser only. Usually the server has one, and this stays empty.'}
      </p>
      <details class="walk">
        <summary>How a client ID is made</summary>
        <ol class="dim">
          <li>In Google’s cloud console, make a project and switch on the Google Sheets API.</li>
          <li>
            Under “Audience” choose the user type <b>Internal</b> if you use Google Workspace: nobody has to check your app then. Otherwise
            choose External and add each person as a test user.
          </li>
          <li>Under “Data access” add the scope …/auth/spreadsheets.readonly.</li>
          <li>Under “Clients” make one of the type Web application, with this authorised redirect URI:</li>
        </ol>
        <div class="row copy-line">
          <input
            class="input mono"
            aria-label="Redirect address of this browser"
            readOnly
            value={redirectUrl}
            onFocus={(event) => event.currentTarget.select()}
          />
          <Button
            small
            onClick={() => {
              void navigator.clipboard.writeText(redirectUrl).then(() => setCopied(true));
            }}
          >
            {isCopied ? 'Copied' : 'Copy'}
          </Button>
        </div>
        <p class="hint">Start the server with LEADLINE_GOOGLE_CLIENT_ID set to the client ID, and everybody paired with it has it.</p>
      </details>
    </OptionRow>
  );
}

const CLIENT_ID = /^[\w-]{3,120}\.apps\.googleusercontent\.com$/;
