import { useEffect, useRef, useState } from 'preact/hooks';
import type { LeadAnswer } from '#shared/api/lead-schema.ts';
import { leadsHref, NEWEST_FIRST } from '../../../flow/workspace/leads-place.ts';
import type { BulkChange, LeadLink } from '../../../platform/lead-api.ts';
import { Icon } from '../../parts/icon.tsx';
import { troubleOf } from '../../server-trouble.ts';
import { Face } from '../face.tsx';
import { nameOf } from '../lead-name.ts';
import { ListPicker } from '../leads/list-picker.tsx';
import type { Workspace } from '../workspace.ts';
import { CrmBadges } from './crm-badges.tsx';

type LeadHeadProps = {
  readonly lead: LeadAnswer;
  readonly links: readonly LeadLink[];
  readonly workspace: Workspace;
  readonly onListsChanged: () => void;
};

/** Who it is, whether one may write to them, the records of CRMs they are, and the lists they are in. */
export function LeadHead({ lead, links, workspace, onListsChanged }: LeadHeadProps) {
  const [isPicking, setPicking] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  // One has come from the table, which is gone: reading and Tab go on from here.
  useEffect(() => heading.current?.focus(), []);
  const name = nameOf(lead);
  const work = [lead.jobTitle, lead.companyName].filter((part) => part !== undefined).join(' at ');
  const change = async (list: BulkChange, words: string) => {
    setPicking(false);
    const done = await workspace.leads.changeMany({ ids: [lead.id] }, list);
    if (done.ok) {
      workspace.tell({ text: words });
      return onListsChanged();
    }
    const { fact, advice } = troubleOf(done.error);
    workspace.tell({ text: `${fact} ${advice}`, tone: 'bad' });
  };
  const lists = workspace.lists.filter(({ id }) => lead.listIds.includes(id));
  return (
    <div class="lead-head">
      <Face name={name} big />
      <div class="stack stack-1">
        <h2 class="headline" ref={heading} tabIndex={-1}>
          {name}
        </h2>
        {work && <p class="dim">{work}</p>}
      </div>
      <div class="row wrap push">
        {lead.doNotContact && (
          <span class="badge" data-tone="bad">
            <Icon name="shield" />
            Do not contact
          </span>
        )}
        <CrmBadges links={links} />
        {lists.map((list) => (
          <span key={list.id} class="badge list-badge">
            <Icon name="list" />
            <a href={leadsHref({ filter: { listId: list.id }, sort: NEWEST_FIRST })}>{list.name}</a>
            {workspace.canEdit && (
              <button
                type="button"
                aria-label={`Take out of ${list.name}`}
                title={`Take out of ${list.name}`}
                onClick={() => void change({ removeFromList: list.id }, `${name} is no longer in ${list.name}.`)}
              >
                <Icon name="cross" />
              </button>
            )}
          </span>
        ))}
        {workspace.canEdit && (
          <button class="chip" type="button" aria-expanded={isPicking} onClick={() => setPicking(!isPicking)}>
            <Icon name="plus" />
            Add to list
          </button>
        )}
      </div>
      {isPicking && (
        <ListPicker
          workspace={workspace}
          onPick={(list) => void change({ addToList: list.id }, `${name} is in ${list.name}.`)}
          onClose={() => setPicking(false)}
        />
      )}
    </div>
  );
}
