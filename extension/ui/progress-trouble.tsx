import type { ImportFlow } from '../flow/import-flow.ts';
import type { SendingView } from '../flow/view.ts';
import type { Host } from './host.ts';
import { count, countOf, span } from './numbers.ts';
import { Button } from './parts/button.tsx';
import { Note } from './parts/note.tsx';
import { MendButton } from './server-state.tsx';
import { troubleOf } from './server-trouble.ts';
import { useNow } from './use-now.ts';

type TroubleProps = { readonly sending: SendingView; readonly flow: ImportFlow; readonly host: Host };

/** What another choice in the preview mends. */
const CHOOSE_ANEW: ReadonlySet<NonNullable<SendingView['failure']>['kind']> = new Set(['forbidden', 'listNotFound']);

/** When the import stands still: what is saved, what waits safely here, and the button that goes on. */
export function ProgressTrouble({ sending, flow, host }: TroubleProps) {
  const now = useNow(host.now, sending.kind === 'waiting');
  const { rowsDone, total, failure } = sending;
  const left = Math.max(0, total - rowsDone);
  const resume = () => void flow.resume();
  switch (sending.kind) {
    case 'paused':
      return (
        <Note
          icon="pause"
          fact={`Paused at ${count(rowsDone)} of ${countOf(total, 'row')}.`}
          buttons={
            <Button small look="primary" onClick={resume}>
              Resume
            </Button>
          }
        >
          What is saved stays saved.
        </Note>
      );
    case 'waiting':
      return (
        <Note
          tone="warn"
          icon="plug"
          fact={failure ? troubleOf(failure).fact : 'The server doesn’t answer.'}
          buttons={
            <Button small onClick={resume}>
              Try now
            </Button>
          }
        >
          {whereRowsAre(rowsDone, left)} {againWords(sending.nextAttemptAt, now)}
        </Note>
      );
    case 'needsYou':
    case 'stopped': {
      const trouble = failure ? troubleOf(failure) : null;
      const canChange = failure && CHOOSE_ANEW.has(failure.kind) && rowsDone === 0 && !sending.cancelling;
      return (
        <Note
          tone="bad"
          icon="bad"
          alert
          fact={trouble?.fact ?? 'The import stands still.'}
          buttons={
            <>
              <MendButton mend={trouble?.mend ?? 'tryAgain'} onRetry={resume} onOptions={host.openOptions} />
              {canChange && (
                <Button small onClick={() => void flow.cancel()}>
                  Back to the preview
                </Button>
              )}
            </>
          }
        >
          {trouble?.advice} {whereRowsAre(rowsDone, left)}
          {trouble?.mend === 'connect' && ` The import then goes on with row ${count(rowsDone + 1)}.`}
        </Note>
      );
    }
    default:
      return null;
  }
}

function whereRowsAre(done: number, left: number): string {
  const saved = done === 0 ? 'Nothing is saved there yet' : `${countOf(done, 'row')} ${done === 1 ? 'is' : 'are'} saved there`;
  return `${saved}; ${count(left)} ${left === 1 ? 'waits' : 'wait'} safely in this browser.`;
}

function againWords(nextAttemptAt: number | null, now: number): string {
  if (nextAttemptAt === null) return '';
  const seconds = Math.ceil((nextAttemptAt - now) / 1_000);
  return seconds > 0 ? `Trying again in ${span(seconds)}.` : 'Trying again now.';
}
