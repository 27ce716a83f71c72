import type { ConnectionAnswer } from '#shared/api/connections.ts';
import { hrefOf } from '../../../flow/workspace/address.ts';
import { count, countOf, moment } from '../../numbers.ts';
import { Note } from '../../parts/note.tsx';
import { Loading } from '../loading.tsx';
import { PageBar } from '../page-bar.tsx';
import { useAsked } from '../use-asked.ts';
import type { Workspace } from '../workspace.ts';
import { ConnectProvider } from './connect-provider.tsx';
import { ConnectionState } from './connection-state.tsx';
import { PROVIDER_WORDS, SCHEDULE_WORDS } from './connection-words.ts';

type ConnectionsPageProps = {
  readonly workspace: Workspace;
  /** The CRM somebody came to connect. */
  readonly wanted: string | null;
};

/** CRMs that are connected and how they fare, and those that can be. */
export function ConnectionsPage({ workspace, wanted }: ConnectionsPageProps) {
  const { server, host, facts } = workspace;
  const asked = useAsked(() => server.ask('listConnections', {}), [server]);
  const found = asked.value;
  const isAdmin = facts.role === 'admin';
  return (
    <>
      <PageBar title="Connections" number={found?.connections.length ?? null} host={host} hasOwn />
      <main class="work">
        {found === null && <Loading failure={asked.failure} host={host} onRetry={asked.again} />}
        {found !== null && facts.plan !== 'premium' && (
          <Note tone="ask" icon="info" fact="HubSpot and Salesforce need the premium plan.">
            This workspace has the free one. Files, sheets and links work without it.
          </Note>
        )}
        {found !== null && found.connections.length > 0 && (
          <ul class="lines" aria-label="Connections">
            {found.connections.map((connection) => (
              <li key={connection.id}>
                <ConnectionLine connection={connection} now={host.now()} />
              </li>
            ))}
          </ul>
        )}
        {found?.providers.map((provider) => (
          <ConnectProvider
            key={provider.provider}
            provider={provider}
            known={found.connections.filter((connection) => connection.provider === provider.provider)}
            isWanted={provider.provider === wanted}
            isAdmin={isAdmin}
            workspace={workspace}
          />
        ))}
      </main>
    </>
  );
}

function ConnectionLine({ connection, now }: { readonly connection: ConnectionAnswer; readonly now: number }) {
  const { id, provider, account, settings, health } = connection;
  const needsReconnect = connection.state === 'needs_reconnect';
  const facts = [
    ...(health.linkedLeads === null ? [] : [`${countOf(health.linkedLeads, 'lead')} linked`]),
    `kept in step ${SCHEDULE_WORDS[settings.schedule]}`,
    ...(health.lastRun ? [`last run ${moment(Date.parse(health.lastRun.startedAt), now)}`] : []),
    ...(health.errors && health.errors.leads > 0 ? [`${count(health.errors.leads)} with errors`] : []),
  ];
  return (
    <>
      <div class="what">
        <p class="row wrap">
          <a class="strong" href={hrefOf('connections', [id])}>
            {PROVIDER_WORDS[provider]}
          </a>
          <span class="dim cut">{account.name}</span>
          <ConnectionState connection={connection} />
        </p>
        <p class="small faint">{facts.join(' · ')}</p>
      </div>
      <a
        class="go-link"
        href={hrefOf('connections', [id])}
        aria-label={`${needsReconnect ? 'Connect again' : 'Open'}: ${PROVIDER_WORDS[provider]} ${account.name}`}
      >
        {needsReconnect ? 'Connect again' : 'Open'}
      </a>
    </>
  );
}
