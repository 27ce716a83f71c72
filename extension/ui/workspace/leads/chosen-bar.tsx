import { useState } from 'preact/hooks';
import { changeChosen } from '../../../flow/workspace/change-chosen.ts';
import { chosenCount, type Selection } from '../../../flow/workspace/selection.ts';
import type { BulkChange, LeadFilter, TagCount } from '../../../platform/lead-api.ts';
import { count, countOf } from '../../numbers.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { troubleOf } from '../../server-trouble.ts';
import type { Workspace } from '../workspace.ts';
import { ListPicker } from './list-picker.tsx';
import { TagPicker } from './tag-picker.tsx';

type ChosenBarProps = {
  readonly selection: Selection;
  readonly total: number;
  readonly filter: LeadFilter;
  readonly workspace: Workspace;
  readonly tags: readonly TagCount[];
  readonly onNone: () => void;
  /** The table and the counts are no longer true. */
  readonly onChanged: () => void;
};

/** What can be done with the chosen leads; nothing while none is chosen. */
export function ChosenBar({ selection, total, filter, workspace, tags, onNone, onChanged }: ChosenBarProps) {
  const [asking, setAsking] = useState<'list' | 'tag' | 'delete' | null>(null);
  const [isBusy, setBusy] = useState(false);
  const chosen = chosenCount(selection, total);
  const ask = (what: typeof asking) => {
    workspace.tell(null); // it would lie over the question
    setAsking(what);
  };
  if (chosen === 0) return null;
  const apply = async (change: BulkChange, words: (changed: number) => string) => {
    setAsking(null);
    setBusy(true);
    const changed = await changeChosen(workspace.leads, selection, filter, change);
    setBusy(false);
    if (!changed.ok) {
      const { fact, advice } = troubleOf(changed.error);
      return workspace.tell({ text: `${fact} ${advice}`, tone: 'bad' });
    }
    workspace.tell({ text: words(changed.value) });
    if ('delete' in change) onNone();
    onChanged();
  };
  return (
    <div class="float">
      {asking === 'list' && (
        <ListPicker
          workspace={workspace}
          onPick={({ id, name }) =>
            void apply({ addToList: id }, (changed) => `${countOf(changed, 'lead')} added to ${name}.${already(chosen, changed, 'there')}`)
          }
          onClose={() => setAsking(null)}
        />
      )}
      {asking === 'tag' && (
        <TagPicker
          tags={tags}
          onAdd={(tag) =>
            void apply(
              { addTags: [tag] },
              (changed) => `${countOf(changed, 'lead')} tagged “${tag}”.${already(chosen, changed, 'tagged so')}`,
            )
          }
          onRemove={(tag) => void apply({ removeTags: [tag] }, (changed) => `“${tag}” taken off ${countOf(changed, 'lead')}.`)}
          onClose={() => setAsking(null)}
        />
      )}
      <div class="toast" role="toolbar" aria-label="Chosen leads">
        <span class="nowrap">
          <b class="num">{count(chosen)}</b> chosen
        </span>
        {workspace.canEdit && (
          <>
            <Button small busy={isBusy} onClick={() => ask(asking === 'list' ? null : 'list')}>
              Add to list
            </Button>
            <Button small busy={isBusy} onClick={() => ask(asking === 'tag' ? null : 'tag')}>
              Tag
            </Button>
            <Button small busy={isBusy} look="danger" onClick={() => ask('delete')}>
              Delete
            </Button>
          </>
        )}
        <IconButton name="Choose none" icon="cross" onClick={onNone} />
      </div>
      {asking === 'delete' && (
        <Dialog
          title={`Delete ${countOf(chosen, 'lead')}?`}
          text={`${chosen === 1 ? 'It goes' : 'They go'} from every list, with ${chosen === 1 ? 'its' : 'their'} notes and timeline, for good. Receipts keep the counts.`}
          keep={chosen === 1 ? 'Keep it' : 'Keep them'}
          act={`Delete ${countOf(chosen, 'lead')}`}
          onKeep={() => setAsking(null)}
          onAct={() => void apply({ delete: true }, (changed) => `${countOf(changed, 'lead')} deleted.`)}
        />
      )}
    </div>
  );
}

/** The rest of the chosen ones, where not all were changed. */
function already(chosen: number, changed: number, how: string): string {
  const rest = chosen - changed;
  if (rest <= 0) return '';
  return ` ${count(rest)} ${rest === 1 ? 'was' : 'were'} already ${how}.`;
}
