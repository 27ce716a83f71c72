import { useId, useState } from 'preact/hooks';
import type { AnswerOf } from '#shared/api/contract.ts';
import { ROLES, type Role } from '#shared/api/workspace.ts';
import { day, moment } from '../../numbers.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Select } from '../../parts/select.tsx';
import { failureWords } from '../failure-words.ts';
import { Loading } from '../loading.tsx';
import { useAsked } from '../use-asked.ts';
import type { Workspace } from '../workspace.ts';
import { CopyText } from './copy-text.tsx';
import { ROLE_CHOICES, roleLabel } from './members.tsx';

type Key = AnswerOf<'listKeys'>['keys'][number];

/** The keys in force: browsers that were paired, and scripts. A new one is shown once. */
export function Keys({ workspace }: { readonly workspace: Workspace }) {
  const { server, host, canEdit } = workspace;
  const asked = useAsked(() => server.ask('listKeys', {}), [server]);
  const [made, setMade] = useState<string | null>(null);
  const [ending, setEnding] = useState<Key | null>(null);
  const revoke = async ({ id, name }: Key) => {
    setEnding(null);
    const gone = await server.ask('revokeKey', { params: { id } });
    workspace.tell(gone.ok ? { text: `The key ${name} is revoked.` } : { text: failureWords(gone.error), tone: 'bad' });
    asked.again();
    workspace.refresh();
  };
  return (
    <section class="sect ruled-top">
      <h2>
        Keys <span class="faint num plain">{asked.value?.keys.length}</span>
      </h2>
      {canEdit && (
        <KeyForm
          workspace={workspace}
          onMade={(key) => {
            setMade(key);
            asked.again();
          }}
        />
      )}
      {made !== null && (
        <CopyText label="New key" text={made}>
          Keep it safe: it is not shown again. A script sends it as <code>Authorization: Bearer</code>.
        </CopyText>
      )}
      {!asked.value && <Loading failure={asked.failure} host={host} onRetry={asked.again} rows={3} />}
      {asked.value && (
        <ul class="lines" aria-label="Keys">
          {asked.value.keys.map((key) => (
            <li key={key.id}>
              <div class="what">
                <p class="row wrap">
                  <span class="strong cut">{key.name}</span>
                  <span class="mono faint">…{key.lastFour}</span>
                  <span class="badge">{roleLabel(key.role)}</span>
                </p>
                <p class="small faint">{factsOf(key, host.now()).join(' · ')}</p>
              </div>
              {canEdit && (
                <span class="row tight line-acts push">
                  <Button small onClick={() => setEnding(key)}>
                    Revoke
                  </Button>
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {ending && (
        <Dialog
          title={`Revoke the key ${ending.name}?`}
          text="Whatever uses it is shut out at once. If it is this browser’s own, pair it again."
          keep="Keep the key"
          act="Revoke key"
          onKeep={() => setEnding(null)}
          onAct={() => void revoke(ending)}
        />
      )}
    </section>
  );
}

function KeyForm({ workspace, onMade }: { readonly workspace: Workspace; readonly onMade: (key: string) => void }) {
  const id = useId();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('member');
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const make = async () => {
    if (isBusy || name.trim() === '') return;
    setBusy(true);
    setTrouble(null);
    const made = await workspace.server.ask('createKey', { body: { name: name.trim(), role } });
    setBusy(false);
    if (!made.ok) return setTrouble(failureWords(made.error));
    setName('');
    if (made.value.key !== null) onMade(made.value.key);
  };
  return (
    <form
      class="stack stack-1"
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <div class="add-line">
        <label>
          <span class="label">What uses the key</span>
          <input
            class="input"
            value={name}
            maxLength={200}
            placeholder="Website form"
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <div class="field">
          <label class="label" for={`${id}-role`}>
            With the role
          </label>
          <Select
            id={`${id}-role`}
            value={role}
            choices={ROLE_CHOICES}
            onChoose={(value) => setRole(ROLES.find((known) => known === value) ?? role)}
          />
        </div>
        <Button look="tonal" busy={isBusy} off={name.trim() === '' ? 'It needs a name' : null} onClick={() => void make()}>
          Make key
        </Button>
      </div>
      {trouble !== null && (
        <p class="small bad" role="alert">
          {trouble}
        </p>
      )}
    </form>
  );
}

function factsOf({ member, lastUsedAt, expiresAt, origin, createdAt }: Key, now: number): readonly string[] {
  return [
    member.name || member.email || 'a member',
    origin === null ? `made ${day(Date.parse(createdAt), now)}` : `browser, paired ${day(Date.parse(createdAt), now)}`,
    lastUsedAt === null ? 'never used' : `last used ${moment(Date.parse(lastUsedAt), now)}`,
    ...(expiresAt === null ? [] : [`ends ${day(Date.parse(expiresAt), now)}`]),
  ];
}
