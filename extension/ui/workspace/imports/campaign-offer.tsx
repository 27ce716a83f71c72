import { hrefOf } from '../../../flow/workspace/address.ts';
import { countOf } from '../../numbers.ts';
import { Button } from '../../parts/button.tsx';
import { Note } from '../../parts/note.tsx';
import { MembersResult } from '../campaigns/members-result.tsx';
import { useAddMembers } from '../campaigns/use-add-members.ts';
import { CAMPAIGN_PROVIDERS, PROVIDER_WORDS } from '../connections/connection-words.ts';
import { useAsked } from '../use-asked.ts';
import type { Workspace } from '../workspace.ts';

type Offer = Readonly<Record<'connectionId' | 'crm' | 'campaignId' | 'campaignName', string>> & {
  readonly status: string | null;
  readonly newcomers: number;
};
type CampaignOffersProps = { readonly listId: string; readonly workspace: Workspace };

/** Offers to make who came into a list members of the campaigns it goes with: on request, never by itself. */
export function CampaignOffers({ listId, workspace }: CampaignOffersProps) {
  const asked = useAsked(() => findOffers(workspace, listId), [workspace.server, listId]);
  return (
    <>
      {(asked.value ?? []).map((offer) => (
        <CampaignOffer key={`${offer.connectionId} ${offer.campaignId}`} offer={offer} listId={listId} workspace={workspace} />
      ))}
    </>
  );
}

function CampaignOffer({ offer, listId, workspace }: CampaignOffersProps & { readonly offer: Offer }) {
  const { connectionId, crm, campaignId, campaignName, status, newcomers } = offer;
  const members = useAddMembers(workspace, () => {});
  if (members.done) return <MembersResult done={members.done} campaign={campaignName} crm={crm} connectionId={connectionId} />;
  return (
    <Note
      icon="people"
      fact={`This list goes with the campaign ${campaignName} in ${crm}.`}
      buttons={
        <>
          <Button small look="tonal" busy={members.isBusy} onClick={() => void members.add({ connectionId, campaignId, listId, status })}>
            Add {countOf(newcomers, 'newcomer')}
          </Button>
          <a class="btn small quiet" href={hrefOf('connections', [connectionId, 'campaigns'])}>
            Campaigns
          </a>
        </>
      }
    >
      {members.trouble ??
        `${countOf(newcomers, 'person has', 'people have')} come into it since and can become ${newcomers === 1 ? 'a member' : 'members'}.`}
    </Note>
  );
}

async function findOffers({ server }: Workspace, listId: string) {
  const found = await server.ask('listConnections', {});
  if (!found.ok) return found;
  const offers: Offer[] = [];
  for (const { id: connectionId, provider } of found.value.connections) {
    if (!CAMPAIGN_PROVIDERS.has(provider)) continue;
    const answer = await server.ask('campaignLinks', { params: { id: connectionId } });
    if (!answer.ok) return answer;
    const fitting = answer.value.links.filter((link) => link.listId === listId && link.newcomers > 0);
    offers.push(...fitting.map((link) => ({ ...link, connectionId, crm: PROVIDER_WORDS[provider] })));
  }
  return { ok: true, value: offers } as const;
}
