import type { SheetView, SheetWait } from '../flow/sheet-flow.ts';
import type { Host } from './host.ts';
import { count, span } from './numbers.ts';
import { Skeleton } from './parts/skeleton.tsx';
import { useNow } from './use-now.ts';

type Busy = Extract<SheetView, { kind: 'signingIn' | 'opening' | 'reading' }>;

/** What is going on with Google, and what it waits for. */
export function SheetReading({ view, host }: { readonly view: Busy; readonly host: Host }) {
  const now = useNow(host.now, view.wait !== null);
  if (view.kind === 'signingIn') {
    return (
      <div class="lede">
        <h1>Waiting for Google</h1>
        <p>Sign in and allow Leadline in the window that Google opened.</p>
      </div>
    );
  }
  const isKnown = view.kind === 'reading' && view.total > 0;
  const rows = isKnown ? `${count(view.rows)} of ${count(view.total)} rows.` : view.kind === 'opening' ? 'Its tabs are looked up.' : '';
  return (
    <>
      <div class="stack">
        <h1>{view.kind === 'opening' ? 'Opening the sheet' : 'Reading the sheet'}</h1>
        <p class="dim num">
          {rows} {view.wait !== null && waitWords(view.wait, now)}
        </p>
        {isKnown && <progress class="fetch" aria-label="Rows read" value={view.rows} max={view.total} />}
      </div>
      <Skeleton rows={3} columns={2} />
    </>
  );
}

const WHY = {
  quota: 'Google asks us to wait',
  googleTrouble: 'Google has a trouble of its own. Trying again in',
  unreachable: 'Google can’t be reached. Trying again in',
} as const satisfies Record<SheetWait['why'], string>;

function waitWords({ until, why }: SheetWait, now: number): string {
  return `${WHY[why]} ${span(Math.max(0, until - now) / 1_000)}.`;
}
