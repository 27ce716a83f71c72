import { CampaignForm } from '../campaigns/campaign-form.tsx';
import { CampaignLink } from '../campaigns/campaign-link.tsx';
import { Empty } from '../empty.tsx';
import { Loading } from '../loading.tsx';
import { useAsked } from '../use-asked.ts';
import type { ConnectionTabProps } from './connection-tab.ts';
import { PROVIDER_WORDS } from './connection-words.ts';
import { useScopes } from './use-scopes.ts';

/** Campaigns of the CRM: a list's people become members when somebody asks, and who came into the list since is offered. */
export function CampaignsTab({ connection, workspace }: ConnectionTabProps) {
  const { server, host, canEdit } = workspace;
  const { id, provider } = connection;
  const crm = PROVIDER_WORDS[provider];
  const links = useAsked(() => server.ask('campaignLinks', { params: { id } }), [server, id]);
  const scopes = useScopes(workspace, id);
  const { told } = scopes;
  const hasSome = told?.scopes.some(({ scope }) => scope.kind === 'campaign') ?? false;
  return (
    <>
      {canEdit && told === null && <Loading failure={scopes.failure} host={host} onRetry={scopes.again} />}
      {canEdit && told !== null && !hasSome && (
        <Empty icon="people" title={`No campaigns in ${crm}`}>
          Campaigns made there are offered here. If there are some, they are hidden from whoever connected.
        </Empty>
      )}
      {canEdit && hasSome && <CampaignForm connection={connection} scopes={scopes} workspace={workspace} onDone={links.again} />}
      {links.value === null && links.failure !== null && <Loading failure={links.failure} host={host} onRetry={links.again} />}
      {links.value !== null && links.value.links.length > 0 && (
        <section class="sect">
          <header>
            <h2>Lists that go with a campaign</h2>
          </header>
          <ul class="lines campaign-lines" aria-label="Lists that go with a campaign">
            {links.value.links.map((link) => (
              <li key={`${link.listId} ${link.campaignId}`}>
                <CampaignLink link={link} connectionId={id} crm={crm} workspace={workspace} onChanged={links.again} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {!canEdit && links.value?.links.length === 0 && (
        <Empty icon="people" title="No list goes with a campaign yet">
          Members and admins add a list’s people to a campaign of {crm} here.
        </Empty>
      )}
    </>
  );
}
