import { Loading } from '../loading.tsx';
import { PageBar } from '../page-bar.tsx';
import { useAsked } from '../use-asked.ts';
import type { PageProps } from '../workspace.ts';
import { Invitations } from './invitations.tsx';
import { Keys } from './keys.tsx';
import { Members } from './members.tsx';

/** Who works here; for admins also whom they have invited, and the keys. */
export function PeoplePage({ workspace }: PageProps) {
  const { server, host, facts } = workspace;
  const asked = useAsked(() => server.ask('listMembers', {}), [server]);
  const isAdmin = facts.role === 'admin';
  const members = asked.value?.members ?? null;
  return (
    <>
      <PageBar title={isAdmin ? 'Members & keys' : 'Members'} host={host} />
      <main class="work">
        {members === null && <Loading failure={asked.failure} host={host} onRetry={asked.again} />}
        {members && <Members members={members} workspace={workspace} onChanged={asked.again} />}
        {members && isAdmin && <Invitations workspace={workspace} />}
        {members && isAdmin && <Keys workspace={workspace} />}
      </main>
    </>
  );
}
