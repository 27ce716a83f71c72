import type { ServerView } from '../flow/view.ts';
import { Button } from './parts/button.tsx';
import { Note } from './parts/note.tsx';
import { shortAddress, troubleOf } from './server-trouble.ts';

type ServerNoteProps = { readonly server: ServerView; readonly onRetry: () => void; readonly onOptions: () => void };

/** Says when importing is not possible yet, that preparing a file is, and what mends it. Nothing while all is well. */
export function ServerNote({ server, onRetry, onOptions }: ServerNoteProps) {
  if (server.kind === 'unpaired') {
    return (
      <Note
        icon="plug"
        fact="This browser is not connected yet."
        buttons={
          <Button small onClick={onOptions}>
            Connect
          </Button>
        }
      >
        Until then you can read, map and check a file and download it cleaned.
      </Note>
    );
  }
  if (server.kind !== 'failed') return null;
  const { failure, address } = server;
  if (failure.kind === 'unreachable' || failure.kind === 'timeout') {
    return (
      <Note
        tone="warn"
        icon="plug"
        fact={`Leadline can’t reach ${shortAddress(address)}.`}
        buttons={
          <>
            <Button small onClick={onRetry}>
              Try again
            </Button>
            <Button small look="quiet" onClick={onOptions}>
              Change address
            </Button>
          </>
        }
      >
        Start the server with <code>npm start</code>. Until then you can read, map and check a file and download it cleaned.
      </Note>
    );
  }
  const trouble = troubleOf(failure);
  return (
    <Note
      tone={trouble.mend === 'tryAgain' ? 'warn' : 'bad'}
      icon={trouble.mend === 'tryAgain' ? 'warn' : 'bad'}
      fact={trouble.fact}
      buttons={<MendButton mend={trouble.mend} onRetry={onRetry} onOptions={onOptions} />}
    >
      {trouble.advice} Until then you can prepare a file and download it cleaned.
    </Note>
  );
}

type MendProps = {
  readonly mend: 'tryAgain' | 'connect' | 'changeAddress' | 'none';
  readonly onRetry: () => void;
  readonly onOptions: () => void;
};

/** The button that repeats the verb of the advice. */
export function MendButton({ mend, onRetry, onOptions }: MendProps) {
  const [word, act] = {
    tryAgain: ['Try again', onRetry] as const,
    connect: ['Pair again', onOptions] as const,
    changeAddress: ['Change address', onOptions] as const,
    none: ['Try again', onRetry] as const,
  }[mend];
  return (
    <Button small onClick={act}>
      {word}
    </Button>
  );
}

/** The state of the connection in the foot, always with a word. */
export function ServerLine({ server }: { readonly server: ServerView }) {
  const [tone, words] = lineOf(server);
  return (
    <span class="row">
      <span class={`dot ${tone}`} />
      <span class="cut">{words}</span>
    </span>
  );
}

function lineOf(server: ServerView): readonly [string, string] {
  const address = shortAddress(server.address);
  switch (server.kind) {
    case 'ready':
      return ['ok', `Connected to ${address}`];
    case 'checking':
      return ['faint', `Asking ${address}`];
    case 'unpaired':
      return ['faint', 'Not connected'];
    case 'failed':
      return ['warn', 'No connection'];
  }
}
