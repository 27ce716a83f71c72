import { useState } from 'preact/hooks';
import type { ConnectionAnswer } from '#shared/api/connections.ts';
import type { AnswerOf } from '#shared/api/contract.ts';
import type { CrmScope } from '#shared/crm/scope.ts';
import { ok } from '#shared/result.ts';
import { countOf } from '../../numbers.ts';
import { Button } from '../../parts/button.tsx';
import { Note } from '../../parts/note.tsx';
import { Select } from '../../parts/select.tsx';
import { PROVIDER_WORDS } from '../connections/connection-words.ts';
import { scopeOptions, TYPES_OF } from '../connections/import-choices.ts';
import { ScopeChoice } from '../connections/scope-choice.tsx';
import type { Scopes } from '../connections/use-scopes.ts';
import { failureWords } from '../failure-words.ts';
import { useAsked } from '../use-asked.ts';
import type { Workspace } from '../workspace.ts';
import { MembersResult } from './members-result.tsx';
import { useAddMembers } from './use-add-members.ts';

type CampaignFormProps = {
  readonly connection: ConnectionAnswer;
  readonly scopes: Scopes;
  readonly workspace: Workspace;
  readonly onDone: () => void;
};

type Campaign = Extract<CrmScope, { readonly kind: 'campaign' }>;

/** Which list's people become members of which campaign, and of which status. */
export function CampaignForm({ connection, scopes, workspace, onDone }: CampaignFormProps) {
  const { server, lists, canEdit } = workspace;
  const { id } = connection;
  const crm = PROVIDER_WORDS[connection.provider];
  const [listId, setListId] = useState(connection.settings.listId ?? lists.find(({ leadCount }) => leadCount > 0)?.id ?? '');
  const campaigns = scopeOptions(TYPES_OF[connection.provider], scopes.found).filter(({ scope }) => scope.kind === 'campaign');
  const [campaign, setCampaign] = useState<Campaign | null>(() => campaignOf(campaigns[0]?.scope));
  const [chosen, setChosen] = useState<string | null>(null);
  const [madeIn, setMadeIn] = useState('');
  const asked = useAsked<AnswerOf<'readCampaign'> | null>(
    async () => (campaign ? server.ask('readCampaign', { params: { id, campaignId: campaign.id } }) : ok(null)),
    [server, id, campaign?.id],
  );
  const statuses = asked.value?.statuses ?? [];
  const status = chosen ?? statuses.find(({ isDefault }) => isDefault)?.label ?? null;
  const members = useAddMembers(workspace, onDone);
  const list = lists.find((known) => known.id === listId);
  const off = !canEdit
    ? 'Viewers add nobody.'
    : !campaign
      ? 'Choose a campaign first.'
      : !list
        ? 'Choose a list first.'
        : list.leadCount === 0
          ? 'This list is empty.'
          : null;
  const add = async () => {
    if (!campaign) return;
    setMadeIn(campaign.name);
    await members.add({ connectionId: id, campaignId: campaign.id, listId, status });
  };
  return (
    <section class="sect" aria-label="Add a list’s people to a campaign">
      <header>
        <h2>Add a list’s people to a campaign</h2>
      </header>
      <div class="campaign-form">
        <Field label="People of the list">
          <Select
            name="People of the list"
            value={listId}
            choices={lists.map((known) => ({ value: known.id, label: `${known.name} (${countOf(known.leadCount, 'lead')})` }))}
            onChoose={setListId}
          />
        </Field>
        <Field label={`Campaign in ${crm}`}>
          <ScopeChoice
            name={`Campaign in ${crm}`}
            crm={crm}
            scopes={scopes}
            options={campaigns}
            chosen={campaign}
            onChoose={(scope) => {
              setCampaign(campaignOf(scope));
              setChosen(null);
            }}
          />
        </Field>
        {statuses.length > 0 && (
          <Field label="As">
            <Select
              name="Status of the new members"
              value={status ?? ''}
              choices={statuses.map(({ label, isResponded }) => ({
                value: label,
                label: isResponded ? `${label} (has responded)` : label,
              }))}
              onChoose={setChosen}
            />
          </Field>
        )}
        <Button look="primary" busy={members.isBusy} off={off} onClick={() => void add()}>
          Add {list ? countOf(list.leadCount, 'person', 'people') : 'people'}
        </Button>
      </div>
      <p class="hint">
        Only people who are in {crm} become members, and nobody who has opted out. Who is a member already stays as they are. The list is
        remembered, and whoever comes into it later is offered here, never added by itself.
      </p>
      {(members.trouble ?? asked.failure) !== null && (
        <Note tone="bad" icon="bad" fact="Nobody was added." alert>
          {members.trouble ?? (asked.failure ? failureWords(asked.failure) : '')}
        </Note>
      )}
      {members.done && <MembersResult done={members.done} campaign={madeIn} crm={crm} connectionId={id} />}
    </section>
  );
}

function campaignOf(scope: CrmScope | undefined): Campaign | null {
  return scope?.kind === 'campaign' ? scope : null;
}

function Field({ label, children }: { readonly label: string; readonly children: preact.ComponentChildren }) {
  return (
    <div class="stack stack-1">
      <span class="label" aria-hidden="true">
        {label}
      </span>
      {children}
    </div>
  );
}
