import type { TableDraft } from '../flow/draft.ts';
import type { ImportFlow } from '../flow/import-flow.ts';
import { Icon, type IconName } from './parts/icon.tsx';
import { repairWords } from './repair-words.ts';

type HistoryProps = {
  readonly draft: TableDraft;
  readonly labels: ReadonlyMap<number, string>;
  readonly flow: ImportFlow;
};

/** Takes the last repair back, or does it again; each button says what. */
export function CheckHistory({ draft, labels, flow }: HistoryProps) {
  const { steps, done } = draft.repair ?? { steps: [], done: 0 };
  const [last, next] = [steps[done - 1], steps[done]];
  return (
    <span class="push row tight">
      <HistoryButton
        icon="undo"
        name={last ? `Undo: ${repairWords(last, labels)}` : 'Undo'}
        off={last ? null : 'Nothing to undo'}
        onClick={() => void flow.undoRepair()}
      />
      <HistoryButton
        icon="redo"
        name={next ? `Redo: ${repairWords(next, labels)}` : 'Redo'}
        off={next ? null : 'Nothing to redo'}
        onClick={() => void flow.redoRepair()}
      />
    </span>
  );
}

type ButtonProps = { readonly icon: IconName; readonly name: string; readonly off: string | null; readonly onClick: () => void };

function HistoryButton({ icon, name, off, onClick }: ButtonProps) {
  return (
    <button
      class="icon-btn"
      type="button"
      aria-label={off === null ? name : `${name}. ${off}`}
      title={off ?? name}
      aria-disabled={off === null ? undefined : 'true'}
      onClick={() => off === null && onClick()}
    >
      <Icon name={icon} />
    </button>
  );
}
