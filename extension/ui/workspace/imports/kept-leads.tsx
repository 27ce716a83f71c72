import { useState } from 'preact/hooks';
import type { UndoAnswer } from '#shared/api/closed-imports.ts';
import type { ImportState } from '#shared/api/imports.ts';
import { FIELDS, isFieldId } from '#shared/lead/fields.ts';
import { hrefOf } from '../../../flow/workspace/address.ts';
import { count, countOf } from '../../numbers.ts';
import { Button } from '../../parts/button.tsx';
import { failureWords } from '../failure-words.ts';
import { nameOf } from '../lead-name.ts';
import { useAsked } from '../use-asked.ts';
import type { Workspace } from '../workspace.ts';
import { KEPT_BECAUSE } from './undo-words.ts';

type Kept = UndoAnswer['kept'][number];
type KeptLeadsProps = {
  readonly found: ImportState;
  /** What the undo answered; null when that was before this page. */
  readonly undone: UndoAnswer | null;
  readonly workspace: Workspace;
  readonly onAsked: (answer: UndoAnswer) => void;
};

const SHOWN = 20;

/** What an undo left as it is, and why, with the way to each lead. */
export function KeptLeads({ found, undone, workspace, onAsked }: KeptLeadsProps) {
  const [shown, setShown] = useState(SHOWN);
  const { importId, undo } = found;
  const keptCount = undone?.keptCount ?? undo?.keptCount ?? 0;
  const mayAsk = workspace.facts.role === 'admin' || (workspace.canEdit && found.by?.isYou === true && workspace.facts.membersMay.undo);
  const ask = async () => {
    // Asked again, an undo that is done gives the same answer and changes nothing.
    const answer = await workspace.server.ask('undoImport', { params: { importId }, body: {} });
    if (answer.ok) onAsked(answer.value);
    else workspace.tell({ text: failureWords(answer.error), tone: 'bad' });
  };
  return (
    <section class="sect ruled-top">
      <h3>
        Kept <span class="faint num plain">{count(keptCount)}</span>
      </h3>
      {undone === null && mayAsk && !workspace.facts.readOnly && (
        <div>
          <Button onClick={() => void ask()}>Show what was kept</Button>
        </div>
      )}
      {undone === null && !mayAsk && <p class="dim">{countOf(keptCount, 'lead')} stayed: somebody had worked on them since.</p>}
      {undone && (
        <ul class="kept" aria-label="Kept leads">
          {undone.kept.slice(0, shown).map((kept) => (
            <KeptLead key={kept.leadId} kept={kept} workspace={workspace} />
          ))}
        </ul>
      )}
      {undone && undone.kept.length > shown && (
        <div>
          <Button small onClick={() => setShown(shown + SHOWN)}>
            Show more kept leads
          </Button>
        </div>
      )}
    </section>
  );
}

function KeptLead({ kept, workspace: { leads } }: { readonly kept: Kept; readonly workspace: Workspace }) {
  const { value, failure } = useAsked(() => leads.lead(kept.leadId), [leads, kept.leadId]);
  const fields = kept.fields ?? [];
  return (
    <li>
      {failure ? <span>A lead that is gone</span> : <a href={hrefOf('leads', [kept.leadId])}>{value ? nameOf(value) : 'Lead'}</a>}
      <span class="small faint">
        {fields.length === 0
          ? KEPT_BECAUSE[kept.reason]
          : fields.map(({ field, reason }) => `${fieldName(field)}: ${KEPT_BECAUSE[reason]}`).join(' · ')}
      </span>
    </li>
  );
}

function fieldName(field: string): string {
  if (field.startsWith('custom:')) return field.slice('custom:'.length);
  return isFieldId(field) ? FIELDS[field].label : field;
}
