import { useState } from 'preact/hooks';
import { ROLES, type Role } from '#shared/api/workspace.ts';
import type { Member } from '../../../platform/lead-api.ts';
import { IconButton } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Select } from '../../parts/select.tsx';
import { Face } from '../face.tsx';
import { failureWords } from '../failure-words.ts';
import type { Workspace } from '../workspace.ts';

export const ROLE_CHOICES = ROLES.map((role) => ({ value: role, label: roleLabel(role) }));

export function roleLabel(role: Role): string {
  return { viewer: 'Viewer', member: 'Member', admin: 'Admin' }[role];
}

/** What a role may do, in a line. */
export const ROLE_HINTS: { readonly [R in Role]: string } = {
  viewer: 'sees everything, changes nothing',
  member: 'imports, edits, undoes their own imports',
  admin: 'everything, also members, keys and settings',
};

type MembersProps = { readonly members: readonly Member[]; readonly workspace: Workspace; readonly onChanged: () => void };

/** The members; admins change roles and remove them. */
export function Members({ members, workspace, onChanged }: MembersProps) {
  return (
    <section class="sect">
      <h2>
        Members <span class="faint num plain">{members.length}</span>
      </h2>
      <ul class="lines" aria-label="Members">
        {members.map((member) => (
          <li key={member.id}>
            <MemberLine member={member} workspace={workspace} onChanged={onChanged} />
          </li>
        ))}
      </ul>
    </section>
  );
}

type MemberLineProps = { readonly member: Member; readonly workspace: Workspace; readonly onChanged: () => void };

function MemberLine({ member, workspace, onChanged }: MemberLineProps) {
  const { server, facts, canEdit } = workspace;
  const [asks, setAsks] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const { id, email, role } = member;
  const name = member.name || email || 'A new member';
  const change = async (wanted: Role) => {
    setTrouble(null);
    const changed = await server.ask('changeMember', { params: { id }, body: { role: wanted } });
    if (!changed.ok) setTrouble(failureWords(changed.error));
    // Also after a refusal: the choice goes back to what holds.
    onChanged();
    workspace.refresh();
  };
  const remove = async () => {
    setAsks(false);
    const gone = await server.ask('removeMember', { params: { id } });
    if (!gone.ok) return setTrouble(failureWords(gone.error));
    workspace.tell({ text: `${name} is no member any more. Their keys have ended.` });
    onChanged();
  };
  return (
    <>
      <Face name={name} />
      <div class="what">
        <p class="strong cut">{name}</p>
        {email && member.name && <p class="small faint cut">{email}</p>}
      </div>
      {facts.role === 'admin' && canEdit ? (
        <span class="row tight line-acts push">
          <Select
            key={trouble === null ? role : `${role} refused`}
            name={`Role of ${name}`}
            value={role}
            choices={ROLE_CHOICES}
            onChoose={(value) => void change(ROLES.find((known) => known === value) ?? role)}
          />
          <IconButton name={`Remove ${name}`} icon="bin" onClick={() => setAsks(true)} />
        </span>
      ) : (
        <span class="dim push">{roleLabel(role)}</span>
      )}
      {trouble !== null && (
        <p class="small bad line-note" role="alert">
          {trouble}
        </p>
      )}
      {asks && (
        <Dialog
          title={`Remove ${name}?`}
          text="Every key of theirs ends at once. The leads they own stay, and belong to nobody."
          keep="Keep them"
          act="Remove member"
          onKeep={() => setAsks(false)}
          onAct={() => void remove()}
        />
      )}
    </>
  );
}
