import type { ComponentType } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ConnectionAnswer } from '#shared/api/connections.ts';
import type { FieldPair } from '#shared/crm/record.ts';
import { hrefOf } from '../../../flow/workspace/address.ts';
import { count } from '../../numbers.ts';
import { Icon } from '../../parts/icon.tsx';
import { Empty } from '../empty.tsx';
import { Loading } from '../loading.tsx';
import { PageBar } from '../page-bar.tsx';
import { useAsked } from '../use-asked.ts';
import type { Workspace } from '../workspace.ts';
import { CampaignsTab } from './campaigns-tab.tsx';
import { ConflictsTab } from './conflicts-tab.tsx';
import type { FieldMapTabProps } from './connection-tab.ts';
import { CAMPAIGN_PROVIDERS, PROVIDER_WORDS } from './connection-words.ts';
import { ErrorsTab } from './errors-tab.tsx';
import { FieldMapTab } from './field-map-tab.tsx';
import { HealthTab } from './health-tab.tsx';
import { HistoryTab } from './history-tab.tsx';
import { ImportTab } from './import-tab.tsx';
import { Reconnect } from './reconnect.tsx';
import { ScopeTab } from './scope-tab.tsx';

type Tab = {
  readonly id: string;
  readonly label: string;
  readonly number?: (connection: ConnectionAnswer) => number | null;
  /** Only where the CRM has it. */
  readonly isFor?: (connection: ConnectionAnswer) => boolean;
  readonly Body: ComponentType<FieldMapTabProps>;
};
const TABS: readonly Tab[] = [
  { id: 'health', label: 'Health', Body: HealthTab },
  { id: 'import', label: 'Import', Body: ImportTab },
  { id: 'fields', label: 'Field map', Body: FieldMapTab },
  { id: 'scope', label: 'Scope', Body: ScopeTab },
  { id: 'campaigns', label: 'Campaigns', isFor: ({ provider }) => CAMPAIGN_PROVIDERS.has(provider), Body: CampaignsTab },
  { id: 'conflicts', label: 'Conflicts', number: ({ health }) => health.conflicts?.recent ?? null, Body: ConflictsTab },
  { id: 'errors', label: 'Errors', number: ({ health }) => health.errors?.leads ?? null, Body: ErrorsTab },
  { id: 'history', label: 'History', Body: HistoryTab },
];

/** How often a run that is under way is looked at. */
const LOOK_AGAIN_MS = 4_000;

type ConnectionPageProps = { readonly id: string; readonly tab: string; readonly workspace: Workspace };

/** One connection: how it fares, what is mapped, what is in and out, and what became of it. */
export function ConnectionPage({ id, tab, workspace }: ConnectionPageProps) {
  const { server, host } = workspace;
  const asked = useAsked(() => server.ask('listConnections', {}), [server, id]);
  const all = asked.value;
  const connection = all?.connections.find((one) => one.id === id) ?? null;
  const tabsHere = TABS.filter(({ isFor }) => !connection || !isFor || isFor(connection));
  const shown = tabsHere.find((one) => one.id === tab) ?? tabsHere[0];
  const name = connection ? PROVIDER_WORDS[connection.provider] : '';
  useEffect(() => {
    if (name !== '') document.title = `${name} · ${workspace.facts.name}`;
  }, [name, workspace.facts.name]);
  const isRunning = connection?.health.lastRun?.outcome === 'running';
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(asked.again, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isRunning, asked.again]);
  // What another tab did to it is seen when one comes to this one.
  const cameTo = useRef(tab);
  useEffect(() => {
    if (cameTo.current !== tab) asked.again();
    cameTo.current = tab;
  }, [tab]);
  // On a narrow page the tabs are wider than it: the one that is open is in sight.
  const tabs = useRef<HTMLElement>(null);
  useEffect(
    () => tabs.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' }),
    [tab, connection?.id],
  );
  const [drafted, setDrafted] = useState<{ readonly of: string; readonly pairs: readonly FieldPair[] | null }>({ of: id, pairs: null });
  const draft = { pairs: drafted.of === id ? drafted.pairs : null, put: (pairs: typeof drafted.pairs) => setDrafted({ of: id, pairs }) };
  const changed = (next?: ConnectionAnswer) => {
    if (next && all) asked.put({ ...all, connections: all.connections.map((one) => (one.id === next.id ? next : one)) });
    else asked.again();
    workspace.refresh();
  };
  return (
    <>
      <PageBar
        title={
          connection ? (
            <>
              {name} <span class="plain dim">{connection.account.name}</span>
            </>
          ) : (
            <a class="back" href={hrefOf('connections')}>
              <Icon name="back" />
              Connections
            </a>
          )
        }
        host={host}
        hasOwn
      />
      {connection && (
        <nav class="tabs" aria-label={name} ref={tabs}>
          {tabsHere.map(({ id: tabId, label, number }) => {
            const value = number?.(connection) ?? null;
            return (
              <a key={tabId} href={hrefOf('connections', [id, tabId])} aria-current={tabId === shown?.id ? 'page' : undefined}>
                {label}
                {value !== null && value > 0 && <span class="num">{count(value)}</span>}
                {tabId === 'fields' && draft.pairs && <span class="num">not saved</span>}
              </a>
            );
          })}
        </nav>
      )}
      <main class="work">
        {all === null && <Loading failure={asked.failure} host={host} onRetry={asked.again} />}
        {all !== null && !connection && (
          <Empty icon="plug" title="There is no such connection" actions={<a href={hrefOf('connections')}>Show all connections</a>}>
            It was ended, or the address is mistyped.
          </Empty>
        )}
        {connection && <Reconnect connection={connection} workspace={workspace} onChanged={changed} />}
        {connection && shown && <shown.Body connection={connection} workspace={workspace} onChanged={changed} draft={draft} />}
      </main>
    </>
  );
}
