import { useState } from 'preact/hooks';
import type { UndoAnswer } from '#shared/api/closed-imports.ts';
import type { ImportState } from '#shared/api/imports.ts';
import type { Closing } from '../../../flow/workspace/imports-place.ts';
import { countOf } from '../../numbers.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Note } from '../../parts/note.tsx';
import { failureWords } from '../failure-words.ts';
import type { Workspace } from '../workspace.ts';
import { untilWords } from './import-words.ts';

type UndoImportProps = {
  readonly found: ImportState;
  readonly closing: Closing;
  /** Asks at once: one came here to undo it. */
  readonly asks: boolean;
  readonly workspace: Workspace;
  readonly onUndone: (answer: UndoAnswer) => void;
};

/** Takes an import back, after saying what that does and until when it can be done. Nothing where it is not possible. */
export function UndoImport({ found, closing, asks, workspace, onUndone }: UndoImportProps) {
  const [mode, setMode] = useState<'rest' | 'asking' | 'undoing'>(asks && closing.canUndo ? 'asking' : 'rest');
  const [trouble, setTrouble] = useState<string | null>(null);
  const { importId, undoableUntil } = found;
  if (!undoableUntil || (!closing.canUndo && closing.why === null)) return null;
  const until = untilWords(undoableUntil);
  const hasBegun = found.undo !== undefined;
  const undo = async () => {
    setMode('undoing');
    setTrouble(null);
    const done = await workspace.server.ask('undoImport', { params: { importId }, body: {} });
    setMode('rest');
    if (!done.ok) return setTrouble(failureWords(done.error));
    workspace.tell({ text: done.value.message });
    onUndone(done.value);
  };
  return (
    <section class="sect ruled-top">
      <h3>Undo</h3>
      <p class="dim">
        {until}. {whatGoes(found)}
      </p>
      {closing.why !== null && <p class="dim">{WHY_NOT[closing.why]}</p>}
      {closing.canUndo && (
        <div>
          <Button look="danger" busy={mode === 'undoing'} onClick={() => setMode('asking')}>
            {hasBegun ? 'Go on with the undo' : 'Undo this import'}
          </Button>
        </div>
      )}
      {trouble !== null && (
        <Note tone="bad" icon="bad" fact="The import is not undone." alert>
          {trouble}
        </Note>
      )}
      {mode === 'asking' && (
        <Dialog
          title="Undo this import?"
          text={`${until}. ${whatGoes(found)}`}
          keep="Keep the import"
          act="Undo this import"
          onKeep={() => setMode((now) => (now === 'asking' ? 'rest' : now))}
          onAct={() => void undo()}
        />
      )}
    </section>
  );
}

const WHY_NOT = {
  withheld: 'In this workspace admins undo imports. Ask one of them.',
  notYours: 'Members undo the imports they made themselves. Ask an admin for this one.',
} as const;

/** What somebody has edited since stays: the counts are the most there can be. */
function upTo(count: number): string {
  return count > 1 ? 'Up to ' : '';
}

function whatGoes({ counters: { created, updated, addedToList }, list }: ImportState): string {
  const parts = [
    ...(created > 0 ? [`${upTo(created)}${countOf(created, 'new lead')} ${created === 1 ? 'goes' : 'go'}.`] : []),
    ...(updated > 0 ? [`${upTo(updated)}${countOf(updated, 'lead')} ${updated === 1 ? 'gets its' : 'get their'} old values back.`] : []),
    ...(addedToList > 0
      ? [`${upTo(addedToList)}${countOf(addedToList, 'lead')} ${addedToList === 1 ? 'leaves' : 'leave'} ${list.name}.`]
      : []),
    ...(list.created ? ['The list goes if it is empty then.'] : []),
  ];
  if (parts.length === 0) return 'It has written nothing, so no lead changes.';
  return `${parts.join(' ')} What somebody has edited since stays, and is listed.`;
}
