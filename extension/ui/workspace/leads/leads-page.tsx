import { useCallback, useEffect, useState } from 'preact/hooks';
import { MAX_LEADS_PER_CALL } from '#shared/limits.ts';
import { type LeadsPlace, leadsHref, NEWEST_FIRST, nextSort } from '../../../flow/workspace/leads-place.ts';
import { ALL_CHOSEN, choose, NOTHING_CHOSEN, type Selection } from '../../../flow/workspace/selection.ts';
import { count } from '../../numbers.ts';
import { PageBar } from '../page-bar.tsx';
import { TroubleNote } from '../trouble-note.tsx';
import { useChoices } from '../use-choices.ts';
import type { Workspace } from '../workspace.ts';
import { ChosenBar } from './chosen-bar.tsx';
import { ExportButton } from './export-button.tsx';
import { LeadGrid } from './lead-grid.tsx';
import { LeadTools } from './lead-tools.tsx';
import { LoadingLeads, NoLeads } from './no-leads.tsx';
import type { TableMemory } from './table-memory.ts';
import { useEdits } from './use-edits.ts';

type LeadsPageProps = { readonly memory: TableMemory; readonly workspace: Workspace };

/** The leads: search, filters, the table, and what is done with the chosen ones. */
export function LeadsPage({ memory, workspace }: LeadsPageProps) {
  const { place, pages } = memory;
  const [, draw] = useState({});
  useEffect(() => pages.subscribe(() => draw({})), [pages]);
  const [choices, askChoices] = useChoices(workspace);
  const edits = useEdits(workspace, choices.members, pages.put);
  const total = pages.total();
  const failure = pages.failure();
  const go = (next: LeadsPlace, how?: 'replace') => workspace.go(leadsHref(next), how);
  const select = (selection: Selection) => {
    memory.selection = selection;
    draw({});
  };
  const chooseRows = async (first: number, last: number, chosen: boolean) => {
    const to = Math.min(last, first + MAX_LEADS_PER_CALL - 1);
    const ids = await pages.idsBetween(first, to);
    if (!ids.ok) {
      draw({}); // a box that was clicked shows again that its lead is not chosen
      return workspace.tell({ text: 'The server doesn’t answer, so they are not chosen.', tone: 'bad' });
    }
    if (to < last) workspace.tell({ text: `At most ${count(MAX_LEADS_PER_CALL)} are chosen at a time; or choose all.` });
    select(choose(memory.selection, ids.value, chosen));
  };
  const changed = useCallback(() => {
    pages.reload();
    askChoices();
    workspace.refresh();
  }, [pages, workspace, askChoices]);
  useEffect(() => pages.show(0, 0), [pages]);
  return (
    <>
      <PageBar title="Leads" number={total} host={workspace.host}>
        <ExportButton workspace={workspace} filter={place.filter} total={total} />
      </PageBar>
      <LeadTools place={place} workspace={workspace} choices={choices} onGo={go} />
      {failure && (
        <div class="page-note">
          <TroubleNote failure={failure} host={workspace.host} onRetry={pages.retry} />
        </div>
      )}
      {total === null ? (
        failure === null && <LoadingLeads />
      ) : total === 0 ? (
        <NoLeads place={place} workspace={workspace} onClear={() => go({ filter: {}, sort: NEWEST_FIRST })} />
      ) : (
        <main class="leads-work">
          <LeadGrid
            key={leadsHref(place)}
            pages={pages}
            total={total}
            place={place}
            memory={memory}
            selection={memory.selection}
            edits={workspace.canEdit ? edits : null}
            onSort={(column) => go({ ...place, sort: nextSort(place.sort, column) })}
            onOpen={(id) => workspace.go(leadsHref(place, id))}
            onChoose={(first, last, chosen) => void chooseRows(first, last, chosen)}
            onChooseAll={(all) => select(all ? ALL_CHOSEN : NOTHING_CHOSEN)}
          />
          <ChosenBar
            selection={memory.selection}
            total={total}
            filter={place.filter}
            workspace={workspace}
            tags={choices.tags}
            onNone={() => select(NOTHING_CHOSEN)}
            onChanged={changed}
          />
        </main>
      )}
    </>
  );
}
