import { useState } from 'preact/hooks';
import type { ImportFlow } from '../flow/import-flow.ts';
import type { SendingView } from '../flow/view.ts';
import type { Host } from './host.ts';
import { count, countOf, span } from './numbers.ts';
import { Button } from './parts/button.tsx';
import { Dialog } from './parts/dialog.tsx';
import { Icon } from './parts/icon.tsx';
import { Leadline, LeadlineKeys, soundingsOf } from './parts/leadline.tsx';
import { ProgressTrouble } from './progress-trouble.tsx';

/** States in which nobody needs to do anything. */
const GOES_ON: readonly SendingView['kind'][] = ['sealing', 'sending', 'waiting'];

type ProgressStepProps = {
  /** Null for the moment before the outbox has been read. */
  readonly sending: SendingView | null;
  readonly total: number;
  readonly flow: ImportFlow;
  readonly host: Host;
};

/** How far the import is, in the same place whatever happens to it. */
export function ProgressStep({ sending, total, flow, host }: ProgressStepProps) {
  const [asksToCancel, setAsksToCancel] = useState(false);
  const done = sending?.rowsDone ?? 0;
  const all = sending?.total ?? total;
  const soundings = soundingsOf(sending?.counters ?? []);
  const isCancelling = sending?.cancelling ?? false;
  const canPause = !isCancelling && (sending?.kind === 'sending' || sending?.kind === 'waiting');
  const canCancel =
    !isCancelling && sending !== null && sending.kind !== 'done' && sending.kind !== 'cancelled' && sending.kind !== 'sealing';
  return (
    <main class="work narrow">
      <div class="stack stack-6">
        <section class="stack stack-4">
          <div class="split progress-head">
            <div>
              <h1 class="one-number">
                {count(done)} <span class="faint">of {countOf(all, 'row')}</span>
              </h1>
              <p class="dim">{paceOf(sending)}</p>
            </div>
            <span class="push row">
              {canPause && (
                <Button icon="pause" onClick={() => void flow.pause()}>
                  Pause
                </Button>
              )}
              {canCancel && (
                <Button look="quiet" onClick={() => setAsksToCancel(true)}>
                  Cancel import
                </Button>
              )}
            </span>
          </div>
          <Leadline soundings={soundings} rest={Math.max(0, all - done)} />
        </section>
        <LeadlineKeys soundings={soundings} />
        {sending && <ProgressTrouble sending={sending} flow={flow} host={host} />}
        {sending && GOES_ON.includes(sending.kind) && (
          <p class="dim row top">
            <Icon name="info" tone="faint" />
            <span>You can close this window. The import goes on while the browser runs, and the toolbar button shows how far it is.</span>
          </p>
        )}
      </div>
      {asksToCancel && (
        <Dialog
          title="Cancel this import?"
          text={`${countOf(done, 'row')} the server has taken stay as they are. The other ${count(Math.max(0, all - done))} are not sent, and count as cancelled in the receipt.`}
          keep="Go on importing"
          act="Cancel import"
          onKeep={() => setAsksToCancel(false)}
          onAct={() => {
            setAsksToCancel(false);
            void flow.cancel();
          }}
        />
      )}
    </main>
  );
}

/** Rows a second and what is left, once they can be said; the line keeps its height. */
function paceOf(sending: SendingView | null): string {
  if (!sending || sending.kind === 'sealing') return 'Packing the rows in this browser';
  if (sending.cancelling) return 'Cancelling';
  if (sending.kind === 'paused') return 'Paused';
  if (sending.kind === 'waiting') return 'Waiting for the server';
  if (sending.kind !== 'sending') return 'Not sending';
  if (sending.rowsPerSecond === null) return 'Sending';
  const pace = `${countOf(Math.round(sending.rowsPerSecond), 'row')} a second`;
  return sending.secondsLeft === null ? pace : `${pace}, about ${span(sending.secondsLeft)} left`;
}
