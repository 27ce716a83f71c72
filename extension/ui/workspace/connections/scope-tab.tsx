import { useState } from 'preact/hooks';
import type { ConnectionAnswer } from '#shared/api/connections.ts';
import type { BodyOf } from '#shared/api/contract.ts';
import { ofTypes } from '#shared/crm/scope.ts';
import { SCHEDULES } from '#shared/crm/sync-settings.ts';
import { Note } from '../../parts/note.tsx';
import { OptionRow } from '../../parts/option-row.tsx';
import { Select } from '../../parts/select.tsx';
import { failureWords } from '../failure-words.ts';
import type { ConnectionTabProps } from './connection-tab.ts';
import { PROVIDER_WORDS, SCHEDULE_WORDS } from './connection-words.ts';
import { KINDS, scopeKey, scopeOfKinds, scopeOptions, TYPES_OF, typesInUse, wholeScope, withEverybody } from './import-choices.ts';
import { ScopeChoice, ScopeGone } from './scope-choice.tsx';
import { useScopes } from './use-scopes.ts';

const SCHEDULE_CHOICES = SCHEDULES.map((value) => ({
  value,
  label: SCHEDULE_WORDS[value].replace(/^./, (letter) => letter.toUpperCase()),
}));

/** What is told of leads that are in step, and what becomes of it there. */
const OPT_OUT_WORDS = {
  hubspot:
    'When checked, leads in step that are opted out here by email address or domain become “Unsubscribed from all email” there. That cannot be undone in HubSpot. Opted-out phone numbers stay here: HubSpot has no field for them.',
  salesforce:
    'When checked, leads in step that are opted out here get “Email Opt Out” there for an email address or domain, and “Do Not Call” for a phone number. Leadline never clears either.',
} as const satisfies Record<ConnectionAnswer['provider'], string>;

/** Who comes in, who may be made in the CRM, when it runs, and what happens to the deleted. Each choice is saved as it is made. */
export function ScopeTab({ connection, workspace, onChanged }: ConnectionTabProps) {
  const { server, facts, lists } = workspace;
  const { id, provider, settings } = connection;
  const name = PROVIDER_WORDS[provider];
  const isAdmin = facts.role === 'admin';
  const [trouble, setTrouble] = useState<string | null>(null);
  const scopes = useScopes(workspace, id);
  const change = async (body: BodyOf<'changeConnection'>, done: string) => {
    const changed = await server.ask('changeConnection', { params: { id }, body });
    setTrouble(changed.ok ? null : failureWords(changed.error));
    if (!changed.ok) return;
    workspace.tell({ text: done });
    onChanged(changed.value);
  };
  const types = typesInUse(connection);
  const chosen = wholeScope(provider, settings.scopeIn);
  const gone = scopes.told?.gone;
  const isGone = gone !== undefined && scopeKey(gone) === scopeKey(chosen);
  const ownList = lists.some(({ id, isDefault }) => id === settings.listId && !isDefault) ? (settings.listId ?? '') : '';
  const out = settings.scopeOut;
  const outLists = out.kind === 'lists' ? out.listIds : [];
  return (
    <div class="settings">
      {trouble !== null && (
        <Note tone="bad" icon="bad" fact="That is not changed." alert>
          {trouble}
        </Note>
      )}
      {isGone && <ScopeGone scope={chosen} crm={name} isImport={false} />}
      {!isAdmin && <p class="dim">Only admins change this.</p>}
      <fieldset class="option-rows bare" disabled={!isAdmin}>
        <OptionRow title={`From ${name}`}>
          {TYPES_OF[provider].length > 1 && (
            <Select
              name="Leads, contacts or both"
              value={types.join(' ')}
              choices={KINDS}
              onChoose={(value) => {
                const kinds = TYPES_OF[provider].filter((type) => value.split(' ').includes(type));
                void change({ scopeIn: scopeOfKinds(provider, settings.scopeIn, kinds) }, 'That holds from the next run on.');
              }}
            />
          )}
          <ScopeChoice
            name={`Records of ${name} that come in`}
            crm={name}
            scopes={scopes}
            options={withEverybody(scopeOptions(types, scopes.found), scopes.text)}
            chosen={chosen}
            onChoose={(scopeIn) =>
              void change({ scopeIn: ofTypes(scopeIn, types, TYPES_OF[provider]) }, 'That holds from the next run on.')
            }
          />
          {TYPES_OF[provider].length > 1 && (
            <p class="hint">A lead that becomes a contact stays in step under every choice, as does whoever is here already.</p>
          )}
          <Select
            name="The list they come into"
            value={ownList}
            choices={[
              { value: '', label: 'Into the default list' },
              ...lists.filter(({ isDefault }) => !isDefault).map((list) => ({ value: list.id, label: `Into ${list.name}` })),
            ]}
            onChoose={(value) => void change({ listId: value === '' ? null : value }, 'New leads come into that list.')}
          />
        </OptionRow>
        <OptionRow title={`New in ${name}`}>
          <Select
            name={`Leads that may be made in ${name}`}
            value={out.kind}
            choices={[
              { value: 'off', label: 'Nobody is made there' },
              { value: 'lists', label: 'Leads of chosen lists' },
              { value: 'all', label: 'All leads' },
            ]}
            onChoose={(kind) => {
              const scopeOut =
                kind === 'lists' ? { kind, listIds: outLists } : kind === 'all' ? ({ kind } as const) : ({ kind: 'off' } as const);
              void change({ scopeOut: scopeOut as typeof out }, 'A dry run says how many that is.');
            }}
          />
          {out.kind === 'lists' &&
            lists.map((list) => (
              <label class="check" key={list.id}>
                <input
                  type="checkbox"
                  checked={outLists.includes(list.id)}
                  onChange={(event) => {
                    const listIds = event.currentTarget.checked ? [...outLists, list.id] : outLists.filter((known) => known !== list.id);
                    void change({ scopeOut: { kind: 'lists', listIds } }, 'A dry run says how many that is.');
                  }}
                />
                <span>{list.name}</span>
              </label>
            ))}
          <p class="hint">Leads that came from {name} are kept in step under every choice. Whoever opted out is never sent.</p>
          {provider === 'hubspot' && (
            <p class="hint">
              With the first of them HubSpot’s contacts get a property “Leadline ID”, if this connection may make one: it keeps anybody from
              being made twice. Without it the email address has to do.
            </p>
          )}
        </OptionRow>
        <OptionRow title="Runs">
          <Select
            name="When it runs"
            value={settings.schedule}
            choices={SCHEDULE_CHOICES}
            onChoose={(value) => {
              const schedule = SCHEDULES.find((known) => known === value);
              if (schedule) void change({ schedule }, schedule === 'off' ? 'It runs by hand only.' : 'It runs by itself from now on.');
            }}
          />
        </OptionRow>
        <OptionRow title={`Deleted in ${name}`}>
          <Select
            name={`When a record is deleted in ${name}`}
            value={settings.whenGoneThere}
            choices={[
              { value: 'keep', label: 'Keep the lead here' },
              { value: 'remove_lead', label: 'Delete the lead here, too' },
            ]}
            onChoose={(value) =>
              void change({ whenGoneThere: value === 'keep' ? 'keep' : 'remove_lead' }, 'That holds from the next run on.')
            }
          />
        </OptionRow>
        <OptionRow title="Deleted here">
          <Select
            name="When a lead is deleted here"
            value={settings.whenDeletedHere}
            choices={[
              { value: 'keep', label: `Keep the record in ${name}` },
              { value: 'archive_there', label: `Archive the record in ${name}, too` },
            ]}
            onChoose={(value) =>
              void change({ whenDeletedHere: value === 'keep' ? 'keep' : 'archive_there' }, 'That holds from the next run on.')
            }
          />
          <p class="hint">Where more than a tenth, or 25, would go in one run, it stops and asks.</p>
        </OptionRow>
        <OptionRow title="Opt-outs">
          <label class="check">
            <input
              type="checkbox"
              checked={settings.writesOptOuts}
              onChange={(event) => void change({ writesOptOuts: event.currentTarget.checked }, 'That holds from the next run on.')}
            />
            <span>Write our opt-outs to {name}</span>
          </label>
          <p class="hint">
            {name}’s own opt-outs always come in. {OPT_OUT_WORDS[provider]}
          </p>
        </OptionRow>
        <p class="small faint saved-line">Choices are saved as you make them.</p>
      </fieldset>
    </div>
  );
}
