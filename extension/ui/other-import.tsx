import type { SendingView } from '../flow/view.ts';
import { count, countOf } from './numbers.ts';
import { Icon } from './parts/icon.tsx';
import { Leadline, soundingsOf } from './parts/leadline.tsx';

const STATES: { readonly [K in SendingView['kind']]: string } = {
  sealing: 'being packed in this browser',
  sending: 'on the way to the server',
  waiting: 'waiting for the server, safe in this browser',
  paused: 'paused, safe in this browser',
  needsYou: 'waiting for you: pair this browser again in the options',
  stopped: 'stopped',
  done: 'done',
  cancelled: 'cancelled',
};

/** An earlier import that is still under way in the background, while one may already choose the next file. */
export function OtherImport({ sending }: { readonly sending: SendingView }) {
  const { fileName, rowsDone, total, counters, kind } = sending;
  return (
    <section class="stack" aria-label="Import under way">
      <p class="row">
        <Icon name="upload" tone="faint" />
        <span class="cut">
          <span class="strong">{fileName}</span> <span class="dim">{STATES[kind]}</span>
        </span>
      </p>
      <Leadline soundings={soundingsOf(counters)} rest={Math.max(0, total - rowsDone)} />
      <p class="small faint">
        {count(rowsDone)} of {countOf(total, 'row')}
      </p>
    </section>
  );
}
