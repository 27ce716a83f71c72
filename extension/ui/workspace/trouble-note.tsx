import type { ServerFailure } from '#shared/api/server-failure.ts';
import { Button } from '../parts/button.tsx';
import { Note } from '../parts/note.tsx';
import { MendButton } from '../server-state.tsx';
import { shortAddress, troubleOf } from '../server-trouble.ts';
import type { WorkspaceHost } from './workspace-host.ts';

type TroubleNoteProps = {
  readonly failure: ServerFailure;
  readonly address?: string;
  readonly host: WorkspaceHost;
  readonly onRetry: () => void;
};

/** The server did not do it: what happened, what is safe, the button that mends it. */
export function TroubleNote({ failure, address, host, onRetry }: TroubleNoteProps) {
  if (failure.kind === 'unreachable' || failure.kind === 'timeout') {
    return (
      <Note
        tone="warn"
        icon="plug"
        fact={address ? `Leadline can’t reach ${shortAddress(address)}.` : 'The server doesn’t answer.'}
        alert
        buttons={
          <>
            <Button small onClick={onRetry}>
              Try again
            </Button>
            <Button small look="quiet" onClick={host.openOptions}>
              Change address
            </Button>
          </>
        }
      >
        Your leads are safe on the server. Start it with <code>npm start</code>; this page goes on by itself.
      </Note>
    );
  }
  // A CRM that is busy or away, and no server of ours: what it said names it.
  const isOfCrm = failure.kind === 'rateLimited' && (failure.details?.length ?? 0) > 0 && failure.message;
  const trouble = isOfCrm ? { ...troubleOf(failure), fact: 'Not just now.', advice: failure.message ?? '' } : troubleOf(failure);
  return (
    <Note
      tone={trouble.mend === 'tryAgain' ? 'warn' : 'bad'}
      icon={trouble.mend === 'tryAgain' ? 'warn' : 'bad'}
      fact={trouble.fact}
      alert
      buttons={<MendButton mend={trouble.mend} onRetry={onRetry} onOptions={host.openOptions} />}
    >
      {trouble.advice}
    </Note>
  );
}
