import type { FlowFailure } from '../flow/view.ts';
import { Button } from './parts/button.tsx';
import { Note } from './parts/note.tsx';

const WORDS: { readonly [K in FlowFailure['kind']]: readonly [string, string] } = {
  storageFull: [
    'This computer has no room for the draft.',
    'What was saved before is still here. Free some space on the disk, then try again.',
  ],
  storageFailed: ['The browser can’t save the draft.', 'Nothing was sent. Try again; if it fails again, restart the browser.'],
  workerFailed: ['Leadline stumbled over this file.', 'Nothing was sent and the draft is safe. Try again, or start over.'],
  fileGone: ['The file is no longer in this browser.', 'Choose it again: nothing was sent.'],
};

type FlowTroubleProps = { readonly failure: FlowFailure; readonly onRetry: () => void; readonly onStartOver: () => void };

/** Something of our own failed: what is safe, and the two ways out. */
export function FlowTrouble({ failure, onRetry, onStartOver }: FlowTroubleProps) {
  const [fact, advice] = WORDS[failure.kind];
  return (
    <div class="page-note">
      <Note
        tone="bad"
        icon="bad"
        alert
        fact={fact}
        buttons={
          <>
            {failure.kind !== 'fileGone' && (
              <Button small onClick={onRetry}>
                Try again
              </Button>
            )}
            <Button small look="quiet" onClick={onStartOver}>
              Start over
            </Button>
          </>
        }
      >
        {advice}
      </Note>
    </div>
  );
}
