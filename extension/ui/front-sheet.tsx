import type { FrontSheet } from '../flow/front-sheet.ts';
import { Button } from './parts/button.tsx';
import { Icon } from './parts/icon.tsx';

type SheetFrontProps = { readonly front: FrontSheet; readonly onImport: (front: FrontSheet) => void };

/** The tab in front is a Google Sheet: it is offered before everything else. */
export function SheetFront({ front, onImport }: SheetFrontProps) {
  return (
    <section class="hero start" aria-label="The Google Sheet in this tab">
      <div class="row waiting-head">
        <span class="tile">
          <Icon name="sheet" />
        </span>
        <div class="stack stack-1">
          <h1 class="plain cut">{front.name || 'Google Sheet'}</h1>
          <p class="dim">{front.sheet.published ? 'Published sheet in this tab' : 'Google Sheet in this tab'}</p>
        </div>
      </div>
      <div>
        <Button look="primary" onClick={() => onImport(front)}>
          Import this sheet
        </Button>
      </div>
    </section>
  );
}
