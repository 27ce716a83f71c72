import type { ImportEnd } from '../../../flow/workspace/follow-import.ts';
import { importHref } from '../../../flow/workspace/imports-place.ts';
import { Note } from '../../parts/note.tsx';
import { failureWords } from '../failure-words.ts';
import { runFailureWords } from './run-words.ts';

/** How far an import is whose answer did not come, or how it ended without one. */
export type ImportFate = { readonly kind: 'lost' } | Exclude<ImportEnd, { readonly kind: 'done' }>;

/** Says no more of an import than the server has told. */
export function ImportEnded({ fate, crm }: { readonly fate: ImportFate; readonly crm: string }) {
  switch (fate.kind) {
    case 'lost':
      return (
        <Note tone="warn" icon="warn" fact="The connection to Leadline’s server was lost." alert>
          Whether it was imported is not known yet. Leadline asks the server, and shows the receipt once it knows.
        </Note>
      );
    case 'unknown':
      return (
        <Note tone="warn" icon="warn" fact="Whether it was imported is not known." alert>
          {failureWords(fate.failure)} Look under Imports before you import again.
        </Note>
      );
    case 'failed':
      return (
        <Note tone="bad" icon="bad" fact="It was not imported." alert>
          {failureWords(fate.failure)}
        </Note>
      );
    case 'brokeOff': {
      const { importId, run } = fate;
      return (
        <Note
          tone="bad"
          icon="bad"
          fact="The import broke off."
          alert
          buttons={importId !== null && <a href={importHref(importId)}>What was saved</a>}
        >
          {run.failure && runFailureWords(run.failure, crm)} Import again: whoever is here already stays as they are.
        </Note>
      );
    }
  }
}
