import type { Link } from '../flow/link-flow.ts';
import { Button } from './parts/button.tsx';
import { Icon } from './parts/icon.tsx';

type LinkFrontProps = { readonly front: Link; readonly onLink: (address: string) => void };

/** The page in front is a file of rows: it is offered before everything else. */
export function LinkFront({ front, onLink }: LinkFrontProps) {
  return (
    <section class="hero start" aria-label="The file in this tab">
      <div class="row waiting-head">
        <span class="tile">
          <Icon name="file" />
        </span>
        <div class="stack stack-1">
          <h1 class="plain cut">{front.fileName || front.host}</h1>
          <p class="dim">The file in this tab, from {front.host}</p>
        </div>
      </div>
      <div>
        <Button look="primary" onClick={() => onLink(front.address)}>
          Import this file
        </Button>
      </div>
    </section>
  );
}
