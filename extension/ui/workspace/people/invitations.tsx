import { useId, useState } from 'preact/hooks';
import type { AnswerOf } from '#shared/api/contract.ts';
import { ROLES, type Role } from '#shared/api/workspace.ts';
import { day } from '../../numbers.ts';
import { Button } from '../../parts/button.tsx';
import { Select } from '../../parts/select.tsx';
import { failureWords } from '../failure-words.ts';
import { useAsked } from '../use-asked.ts';
import type { Workspace } from '../workspace.ts';
import { CopyText } from './copy-text.tsx';
import { ROLE_CHOICES, ROLE_HINTS, roleLabel } from './members.tsx';

type Invite = AnswerOf<'listInvites'>['invites'][number];

/** Invites somebody by one text, and shows the invitations that are still open. */
export function Invitations({ workspace }: { readonly workspace: Workspace }) {
  const { server, host, canEdit } = workspace;
  const asked = useAsked(() => server.ask('listInvites', {}), [server]);
  const [made, setMade] = useState<{ readonly text: string; readonly until: string } | null>(null);
  const revoke = async (id: string) => {
    const gone = await server.ask('revokeInvite', { params: { id } });
    workspace.tell(
      gone.ok ? { text: 'The invitation is revoked. Its text opens nothing any more.' } : { text: failureWords(gone.error), tone: 'bad' },
    );
    asked.again();
  };
  return (
    <section class="sect ruled-top">
      <h2>Invite somebody</h2>
      {canEdit && (
        <InviteForm
          workspace={workspace}
          onMade={(invite) => {
            setMade(invite.text === null ? null : { text: invite.text, until: invite.expiresAt });
            asked.again();
          }}
        />
      )}
      {made && (
        <CopyText label="Invitation" text={made.text}>
          Send this text. It is pasted into “Connect this browser” of the extension, works once, until{' '}
          {day(Date.parse(made.until), host.now())}, and is not shown again.
        </CopyText>
      )}
      {asked.value && asked.value.invites.length > 0 && (
        <ul class="lines" aria-label="Open invitations">
          {asked.value.invites.map((invite) => (
            <li key={invite.id}>
              <div class="what">
                <p class="strong cut">{nameOf(invite)}</p>
                <p class="small faint">
                  {roleLabel(invite.role)} · open until {day(Date.parse(invite.expiresAt), host.now())}
                </p>
              </div>
              {canEdit && (
                <span class="row tight line-acts push">
                  <Button small onClick={() => void revoke(invite.id)}>
                    Revoke
                  </Button>
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

type InviteFormProps = { readonly workspace: Workspace; readonly onMade: (invite: AnswerOf<'createInvite'>) => void };

function InviteForm({ workspace, onMade }: InviteFormProps) {
  const id = useId();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('member');
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const invite = async () => {
    if (isBusy) return;
    setBusy(true);
    setTrouble(null);
    const made = await workspace.server.ask('createInvite', { body: { email: email.trim() === '' ? null : email.trim(), role } });
    setBusy(false);
    if (!made.ok) return setTrouble(failureWords(made.error));
    setEmail('');
    onMade(made.value);
  };
  return (
    <form
      class="stack stack-1"
      onSubmit={(event) => {
        event.preventDefault();
        void invite();
      }}
    >
      <div class="add-line">
        <label>
          <span class="label">Email, if you like</span>
          <input
            class="input"
            type="email"
            value={email}
            maxLength={320}
            autocomplete="off"
            aria-invalid={trouble ? 'true' : undefined}
            aria-describedby={trouble ? `${id}-why` : undefined}
            onInput={(event) => setEmail(event.currentTarget.value)}
          />
        </label>
        <div class="field">
          <label class="label" for={`${id}-role`}>
            As
          </label>
          <Select
            id={`${id}-role`}
            value={role}
            choices={ROLE_CHOICES}
            onChoose={(value) => setRole(ROLES.find((known) => known === value) ?? role)}
          />
        </div>
        <Button look="tonal" busy={isBusy} onClick={() => void invite()}>
          Make invitation
        </Button>
      </div>
      {trouble === null ? (
        <p class="hint">
          {roleLabel(role)}: {ROLE_HINTS[role]}.
        </p>
      ) : (
        <p class="small bad" id={`${id}-why`} role="alert">
          {trouble}
        </p>
      )}
    </form>
  );
}

function nameOf({ name, email }: Invite): string {
  return name ?? email ?? 'Whoever has the text';
}
