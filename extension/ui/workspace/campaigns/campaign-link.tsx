import type { CampaignLinkAnswer } from '#shared/api/campaigns.ts';
import { leadsHref, NEWEST_FIRST } from '../../../flow/workspace/leads-place.ts';
import { count, countOf, moment } from '../../numbers.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { failureWords } from '../failure-words.ts';
import type { Workspace } from '../workspace.ts';
import { MembersResult } from './members-result.tsx';
import { useAddMembers } from './use-add-members.ts';

type CampaignLinkProps = {
  readonly link: CampaignLinkAnswer;
  readonly connectionId: string;
  readonly crm: string;
  readonly workspace: Workspace;
  readonly onChanged: () => void;
};

/** A list that goes with a campaign: what the last asking did, who came since, and the button that adds them. */
export function CampaignLink({ link, connectionId, crm, workspace, onChanged }: CampaignLinkProps) {
  const { listId, listName, campaignId, campaignName, status, newcomers } = link;
  const members = useAddMembers(workspace, onChanged);
  const forget = async () => {
    const gone = await workspace.server.ask('unlinkCampaign', { params: { id: connectionId, campaignId, listId } });
    workspace.tell(
      gone.ok
        ? { text: `${listName} no longer goes with ${campaignName}. Its members stay members.` }
        : { text: failureWords(gone.error), tone: 'bad' },
    );
    onChanged();
  };
  return (
    <>
      <div class="what">
        <p class="row wrap">
          <a class="strong" href={leadsHref({ filter: { listId }, sort: NEWEST_FIRST })}>
            {listName}
          </a>
          <span class="dim">in the campaign {campaignName}</span>
          {status !== null && <span class="badge">{status}</span>}
          {newcomers > 0 && (
            <span class="badge" data-tone="accent">
              {countOf(newcomers, 'newcomer')}
            </span>
          )}
        </p>
        <p class="small faint">{linkWords(link, crm, workspace.host.now())}</p>
        {members.trouble !== null && (
          <p class="small bad" role="alert">
            {members.trouble}
          </p>
        )}
      </div>
      <span class="row tight line-acts">
        <Button
          small
          {...(newcomers > 0 ? { look: 'tonal' } : {})}
          busy={members.isBusy}
          off={workspace.canEdit ? null : 'Viewers add nobody.'}
          onClick={() => void members.add({ connectionId, campaignId, listId, status })}
        >
          {newcomers > 0 ? `Add ${countOf(newcomers, 'newcomer')}` : 'Add again'}
        </Button>
        {workspace.canEdit && (
          <IconButton name={`Forget that ${listName} goes with ${campaignName}`} icon="cross" onClick={() => void forget()} />
        )}
      </span>
      {members.done && (
        <div class="line-note">
          <MembersResult done={members.done} campaign={campaignName} crm={crm} connectionId={connectionId} />
        </div>
      )}
    </>
  );
}

/** What the last asking did: "Asked today, 9:41: 12 added, 3 were members". */
export function linkWords({ askedAt, last }: Pick<CampaignLinkAnswer, 'askedAt' | 'last'>, crm: string, now: number): string {
  const at = moment(Date.parse(askedAt), now);
  if (last === null) return `${at}: broken off before the end. Add again: who is a member stays as they are.`;
  const { added, already, notThere, suppressed, failed } = last;
  const parts = [
    `${count(added)} added`,
    ...(already > 0 ? [`${count(already)} ${already === 1 ? 'was a member' : 'were members'}`] : []),
    ...(notThere > 0 ? [`${count(notThere)} not in ${crm} yet`] : []),
    ...(suppressed > 0 ? [`${count(suppressed)} opted out`] : []),
    ...(failed > 0 ? [`${count(failed)} failed`] : []),
  ];
  return `${at}: ${parts.join(' · ')}`;
}
