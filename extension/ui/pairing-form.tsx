import { useEffect, useRef, useState } from 'preact/hooks';
import { INVITE_MS, PAIRING_CODE_MS } from '#shared/limits.ts';
import { type PairError, readInvitation } from '../platform/pairing.ts';
import { readServerAddress } from '../platform/server-address.ts';
import type { Settings } from '../platform/settings.ts';
import { countOf, span } from './numbers.ts';
import type { GivenPairing, OptionsHost } from './options-host.ts';
import { pairErrorWords } from './pairing-words.ts';
import { LinkButton } from './parts/button.tsx';
import { Icon } from './parts/icon.tsx';

const DAY_MS = 86_400_000;

type PairingFormProps = {
  readonly settings: Settings;
  readonly host: OptionsHost;
  readonly given: GivenPairing | null;
  /** Pairs at once with what was given. */
  readonly isAutomatic: boolean;
  readonly onDone: () => void;
};

/** Connects this browser: an address, a code, one button. */
export function PairingForm({ settings, host, given, isAutomatic, onDone }: PairingFormProps) {
  const [address, setAddress] = useState(given?.server ?? settings.serverAddress);
  const [code, setCode] = useState(given?.code ?? '');
  const [error, setError] = useState<PairError | { readonly kind: 'noAccess' } | null>(null);
  const [isPairing, setPairing] = useState(false);
  const codeInput = useRef<HTMLInputElement>(null);

  const connect = async (isAllowed: Promise<boolean>) => {
    setPairing(true);
    setError(null);
    const paired = (await isAllowed) ? await host.connect(address, readInvitation(code)?.code ?? code) : null;
    setPairing(false);
    if (paired?.ok) return onDone();
    setError(paired ? paired.error : { kind: 'noAccess' });
    codeInput.current?.focus();
  };
  /** An invitation brings its address along, into whichever field it is pasted. */
  const type = (text: string, set: (text: string) => void) => {
    const invitation = readInvitation(text);
    if (!invitation) return set(text);
    setAddress(invitation.address);
    setCode(text.trim());
  };
  const submit = () => {
    const server = readServerAddress(address);
    // The question of the browser comes first: it is refused once anything has been waited for.
    void connect(server.ok ? host.askAccess(server.value) : Promise.resolve(true));
  };
  // Once, when the page opens.
  useEffect(() => {
    if (isAutomatic) void connect(Promise.resolve(true));
  }, []);
  const isAboutAddress = error !== null && (error.kind === 'address' || error.kind === 'noAccess');
  return (
    <form
      class="stack stack-6"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isPairing && code.trim() !== '') submit();
      }}
    >
      <div class="lede">
        <h1 class="headline">Connect this browser</h1>
        <p class="supporting">Your leads live on your own server. Give this browser a key to it, once.</p>
      </div>
      <ol class="stack stack-6">
        <li class="stack">
          <h2>
            <label for="server-address">1. Start the server</label>
          </h2>
          <p class="dim">
            In the folder of Leadline, run <code class="badge">npm start</code>. It prints its address and a code.
          </p>
          <input
            class="input"
            id="server-address"
            value={address}
            inputMode="url"
            autocomplete="off"
            spellcheck={false}
            aria-invalid={isAboutAddress ? 'true' : undefined}
            aria-describedby={isAboutAddress ? 'pair-error' : undefined}
            onInput={(event) => type(event.currentTarget.value, setAddress)}
          />
        </li>
        <li class="stack">
          <h2>
            <label for="pair-code">2. Enter the code, or paste an invitation or a key</label>
          </h2>
          <div class="row wrap code-row">
            <input
              ref={codeInput}
              class="input big"
              id="pair-code"
              value={code}
              placeholder="K7Q4-MX2P"
              autocomplete="off"
              spellcheck={false}
              aria-invalid={error && !isAboutAddress ? 'true' : undefined}
              aria-describedby={error && !isAboutAddress ? 'pair-error' : 'pair-hint'}
              onInput={(event) => type(event.currentTarget.value, setCode)}
            />
            <button
              class="btn primary big"
              type="submit"
              aria-busy={isPairing ? 'true' : undefined}
              aria-disabled={isPairing || code.trim() === '' ? 'true' : undefined}
            >
              Pair
            </button>
          </div>
          {error && (
            <p class="row small bad top" id="pair-error" role="alert">
              <Icon name="bad" />
              <span>{pairErrorWords(error)}</span>
            </p>
          )}
          <p class="hint" id="pair-hint">
            A code is good for {span(PAIRING_CODE_MS / 1_000)}; the server prints the next one by itself. An invitation brings its address
            along, and is good once, for {countOf(INVITE_MS / DAY_MS, 'day')}.
          </p>
        </li>
      </ol>
      <p class="dim small">
        No server yet? <LinkButton onClick={host.openImporter}>Prepare a file without one</LinkButton>
      </p>
    </form>
  );
}
