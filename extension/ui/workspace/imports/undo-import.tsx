import { useState } from 'preact/hooks';
import type { UndoAnswer } from '#shared/api/closed-imports.ts';
import type { ImportState } from '#shared/api/imports.ts';
import type { Closing } from '../../../flow/workspace/imports-place.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Note } from '../../parts/note.tsx';
import { failureWords } from '../failure-words.ts';
import { useAsked } from '../use-asked.ts';
import type { Workspace } from '../workspace.ts';
import { untilWords } from './import-words.ts';
import { whatGoes, whatGoesAtMost } from './undo-words.ts';

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
  const [mode, setMode] = useState<'rest' | 'asking' | 'undoing'>(asks && closing.canUndo && !hasWrittenNothing(found) ? 'asking' : 'rest');
  const [trouble, setTrouble] = useState<string | null>(null);
  const { importId, undoableUntil } = found;
  if (!undoableUntil || (!closing.canUndo && closing.why === null)) return null;
  const until = untilWords(undoableUntil);
  const hasBegun = found.undo !== undefined;
  if (hasWrittenNothing(found) && !hasBegun)
    return (
      <section class="sect ruled-top">
        <h3>Undo</h3>
        <p class="dim">It has written nothing, so there is nothing to undo.</p>
      </section>
    );
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
        {until}. {whatGoesAtMost(found)}
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
        <UndoQuestion
          found={found}
          until={until}
          workspace={workspace}
          onKeep={() => setMode((now) => (now === 'asking' ? 'rest' : now))}
          onAct={() => void undo()}
        />
      )}
    </section>
  );
}

function hasWrittenNothing({ counters: { created, updated, addedToList }, list }: ImportState): boolean {
  return created + updated + addedToList === 0 && !list.created;
}

type UndoQuestionProps = Pick<UndoImportProps, 'found' | 'workspace'> & {
  readonly until: string;
  readonly onKeep: () => void;
  readonly onAct: () => void;
};

const WHY_NOT = {
  withheld: 'In this workspace admins undo imports. Ask one of them.',
  notYours: 'Members undo the imports they made themselves. Ask an admin for this one.',
} as const;

/** The question, with what would go: at most at first, and exactly as soon as the server has tried it. */
function UndoQuestion({ found, until, workspace, onKeep, onAct }: UndoQuestionProps) {
  const { server } = workspace;
  const { importId } = found;
  const tried = useAsked(() => server.ask('undoImport', { params: { importId }, body: { dryRun: true } }), [server, importId]);
  return (
    <Dialog
      title="Undo this import?"
      text={`${until}. ${tried.value ? whatGoes(tried.value, found) : whatGoesAtMost(found)}`}
      keep="Keep the import"
      act="Undo this import"
      onKeep={onKeep}
      onAct={onAct}
    />
  );
}
