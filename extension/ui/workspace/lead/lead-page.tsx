import { useEffect, useState } from 'preact/hooks';
import { leadsHref } from '../../../flow/workspace/leads-place.ts';
import { After } from '../../parts/after.tsx';
import { IconButton } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { troubleOf } from '../../server-trouble.ts';
import { Empty } from '../empty.tsx';
import { nameOf } from '../lead-name.ts';
import type { TableMemory } from '../leads/table-memory.ts';
import { useEdits } from '../leads/use-edits.ts';
import { PageBar } from '../page-bar.tsx';
import { TroubleNote } from '../trouble-note.tsx';
import { useChoices } from '../use-choices.ts';
import type { Workspace } from '../workspace.ts';
import { LeadFacts } from './lead-facts.tsx';
import { LeadHead } from './lead-head.tsx';
import { Timeline } from './timeline.tsx';
import { useLead } from './use-lead.ts';

const QUIET_MS = 300;
const NOBODY = { lead: null, links: [] };

type LeadPageProps = { readonly id: string; readonly memory: TableMemory; readonly workspace: Workspace };

/** One lead: who it is, how it is reached, and its past. */
export function LeadPage({ id, memory, workspace }: LeadPageProps) {
  const { leads, host } = workspace;
  const { state, past, put, again } = useLead(leads, id);
  const [choices] = useChoices(workspace);
  const [asksToDelete, setAsksToDelete] = useState(false);
  const edits = useEdits(workspace, choices.members, (lead) => {
    memory.pages.put(lead);
    put(lead);
  });
  const { lead, links } = state.kind === 'here' ? state : NOBODY;
  const name = lead ? nameOf(lead) : null;
  useEffect(() => {
    if (name !== null) document.title = `${name} · ${workspace.facts.name}`;
  }, [name, workspace.facts.name]);
  const back = leadsHref(memory.place);
  const remove = async () => {
    setAsksToDelete(false);
    const gone = await leads.changeMany({ ids: [id] }, { delete: true });
    if (!gone.ok) {
      const { fact, advice } = troubleOf(gone.error);
      return workspace.tell({ text: `${fact} ${advice}`, tone: 'bad' });
    }
    memory.pages.reload();
    workspace.refresh();
    workspace.go(back, 'replace');
    workspace.tell({ text: `${name} is deleted.` });
  };
  return (
    <>
      <PageBar
        title={
          <a class="back" href={back}>
            <Icon name="back" />
            Leads
          </a>
        }
        host={host}
      >
        {lead && workspace.canEdit && <IconButton name="Delete this lead" icon="bin" onClick={() => setAsksToDelete(true)} />}
      </PageBar>
      <main class="work lead-work">
        {state.kind === 'waiting' && (
          <After waitMs={QUIET_MS}>
            <Skeleton rows={6} columns={2} />
          </After>
        )}
        {state.kind === 'failed' &&
          (state.failure.kind === 'notFound' ? (
            <Empty icon="people" title="This lead is not here any more" actions={<a href={back}>Back to the leads</a>}>
              Somebody has deleted it, or it belongs to another workspace.
            </Empty>
          ) : (
            <TroubleNote failure={state.failure} host={host} onRetry={again} />
          ))}
        {lead && (
          <>
            <LeadHead
              lead={lead}
              links={links}
              workspace={workspace}
              onListsChanged={() => {
                again();
                workspace.refresh();
              }}
            />
            <div class="two lead-first">
              <LeadFacts lead={lead} now={host.now()} edits={workspace.canEdit ? edits : null} />
              <Timeline past={past} now={host.now()} />
            </div>
          </>
        )}
      </main>
      {asksToDelete && name !== null && (
        <Dialog
          title={`Delete ${name}?`}
          text="This lead goes from every list, with its notes and timeline, for good. Receipts keep the counts."
          keep="Keep it"
          act="Delete 1 lead"
          onKeep={() => setAsksToDelete(false)}
          onAct={() => void remove()}
        />
      )}
    </>
  );
}
