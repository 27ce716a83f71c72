import { useState } from 'preact/hooks';
import { type ConnectionAnswer, SERVICE_KEY } from '#shared/api/connections.ts';
import { Button } from '../../parts/button.tsx';
import { Note } from '../../parts/note.tsx';
import { failureWords } from '../failure-words.ts';
import type { Workspace } from '../workspace.ts';

type ServiceKeyFormProps = {
  readonly workspace: Workspace;
  readonly onConnected: (connection: ConnectionAnswer) => void;
  readonly onClose: () => void;
};

/** A key made in HubSpot: it goes to the server, which seals it, and is shown nowhere again. */
export function ServiceKeyForm({ workspace, onConnected, onClose }: ServiceKeyFormProps) {
  const [key, setKey] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const connect = async () => {
    if (!SERVICE_KEY.test(key.trim()))
      return setTrouble('A service key is one piece of 20 signs or more, without blanks, as “pat-na1-…”. Copy it once more in HubSpot.');
    setTrouble(null);
    setBusy(true);
    const done = await workspace.server.ask('connectByKey', { body: { key: key.trim() } });
    setBusy(false);
    if (done.ok) onConnected(done.value);
    else setTrouble(failureWords(done.error));
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy && key.trim() !== '') void connect();
      }}
    >
      <label class="stack stack-1">
        <span class="label">Service key</span>
        <input
          class="input mono"
          type="password"
          autocomplete="off"
          spellcheck={false}
          placeholder="pat-na1-…"
          aria-invalid={trouble !== null ? 'true' : undefined}
          value={key}
          onInput={(event) => setKey(event.currentTarget.value)}
        />
        <span class="hint">
          In HubSpot: Settings, Integrations, Service keys. It goes to your server, is sealed there, and never comes back.
        </span>
      </label>
      {trouble !== null && (
        <Note tone="bad" icon="bad" fact="That key does not open an account." alert>
          {trouble}
        </Note>
      )}
      <div class="row">
        <Button look="tonal" busy={isBusy} off={key.trim() === '' ? 'Paste the key first.' : null} onClick={() => void connect()}>
          Connect with this key
        </Button>
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
