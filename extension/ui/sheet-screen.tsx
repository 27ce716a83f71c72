import type { SheetView } from '../flow/sheet-flow.ts';
import { Button } from './parts/button.tsx';
import { Foot } from './parts/foot.tsx';
import { Icon } from './parts/icon.tsx';
import { SheetForm } from './sheet-form.tsx';
import { SheetReading } from './sheet-reading.tsx';
import { SheetTabs } from './sheet-tabs.tsx';
import { SheetTrouble } from './sheet-trouble.tsx';
import { OtherWays, type SheetParts } from './sheet-ways.tsx';

type OpenSheetView = Exclude<SheetView, { kind: 'closed' }>;
type SheetScreenProps = SheetParts & {
  readonly view: OpenSheetView;
  /** An unfinished draft's file, which this one takes the place of. */
  readonly instead: string | null;
};

/** A Google Sheet on its way to be the draft's cells: which one, by whose leave, how far it is, or why it can't be read. */
export function SheetScreen({ view, instead, ...parts }: SheetScreenProps) {
  const { sheets, host } = parts;
  const isBusy = view.kind === 'signingIn' || view.kind === 'opening' || view.kind === 'reading';
  return (
    <>
      <main class={host.place === 'tab' ? 'work narrow' : 'work home'} aria-busy={isBusy ? 'true' : undefined}>
        {view.kind !== 'asking' && <SheetHead view={view} />}
        <SheetBody view={view} parts={parts} />
        {instead !== null && view.kind !== 'failed' && (
          <p class="small faint">It takes the place of {instead}, which is not imported yet.</p>
        )}
      </main>
      <Foot tally={null}>
        <Button onClick={sheets.cancel}>{isBusy ? 'Stop' : 'Back'}</Button>
        {view.kind === 'opened' && (
          <Button look="primary" onClick={() => void sheets.read()}>
            Read this tab
          </Button>
        )}
      </Foot>
    </>
  );
}

function SheetHead({ view }: { readonly view: Exclude<OpenSheetView, { kind: 'asking' }> }) {
  return (
    <div class="row waiting-head">
      <span class="tile">
        <Icon name="sheet" />
      </span>
      <div class="stack stack-1">
        <p class="strong cut">{view.sheet.name || 'Google Sheet'}</p>
        {(view.sheet.name !== '' || view.kind === 'reading') && (
          <p class="dim cut">{view.kind === 'reading' && view.tab !== '' ? `Tab ${view.tab}` : 'Google Sheet'}</p>
        )}
      </div>
    </div>
  );
}

function SheetBody({ view, parts }: { readonly view: OpenSheetView; readonly parts: SheetParts }) {
  const { sheets, host } = parts;
  switch (view.kind) {
    case 'asking':
      return (
        <>
          <div class="lede">
            <h1>Import from Google Sheets</h1>
            <p>Leadline reads a sheet with your own Google sign-in, and can’t change it. The sign-in stays in this browser.</p>
          </div>
          <SheetForm wish={view.wish} refusal={view.refusal} sheets={sheets} />
        </>
      );
    case 'offered':
      return (
        <>
          <div class="lede">
            <h1>Import from this sheet</h1>
            <p>Leadline reads it with your own Google sign-in, and can’t change it. The sign-in stays in this browser.</p>
          </div>
          <div>
            <Button look="primary" onClick={() => void sheets.signIn()}>
              Sign in with Google
            </Button>
          </div>
          <OtherWays sheet={view.sheet} parts={parts} />
        </>
      );
    case 'opened':
      return <SheetTabs key={`${view.book.spreadsheetId} ${view.account}`} view={view} sheets={sheets} />;
    case 'signingIn':
    case 'opening':
    case 'reading':
      return <SheetReading view={view} host={host} />;
    case 'failed':
      return <SheetTrouble view={view} parts={parts} />;
  }
}
