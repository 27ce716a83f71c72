import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { ConnectionAnswer, ConnectionsAnswer } from '#shared/api/connections.ts';
import { hrefOf } from '../../../flow/workspace/address.ts';
import { Button } from '../../parts/button.tsx';
import { Note } from '../../parts/note.tsx';
import type { Workspace } from '../workspace.ts';
import { PROVIDER_WORDS } from './connection-words.ts';
import { ServiceKeyForm } from './service-key-form.tsx';
import { useAuthorize } from './use-authorize.ts';

type ConnectProviderProps = {
  readonly provider: ConnectionsAnswer['providers'][number];
  readonly known: readonly ConnectionAnswer[];
  readonly isWanted: boolean;
  readonly isAdmin: boolean;
  readonly workspace: Workspace;
};

const BRINGS = {
  hubspot: 'Contacts with all their properties, both ways; deals and activities on the timeline.',
  salesforce: 'Leads and contacts with custom fields, both ways; campaigns and opportunities on the timeline.',
} as const satisfies Record<ConnectionAnswer['provider'], string>;

/** One CRM: what it brings, and the way to connect it. */
export function ConnectProvider({ provider, known, isWanted, isAdmin, workspace }: ConnectProviderProps) {
  const name = PROVIDER_WORDS[provider.provider];
  const [asksKey, setAsksKey] = useState(false);
  const [loginHost, setLoginHost] = useState('');
  const section = useRef<HTMLElement>(null);
  const heading = useId();
  const authorize = useAuthorize(workspace, provider.provider, known);
  useEffect(() => {
    if (isWanted) section.current?.querySelector<HTMLElement>('button, input')?.focus();
  }, [isWanted]);
  const off = !isAdmin ? 'Only admins connect a CRM.' : workspace.facts.plan !== 'premium' ? 'This needs the premium plan.' : null;
  const connected = (connection: ConnectionAnswer) => workspace.go(hrefOf('connections', [connection.id, 'import']));
  const start = () => authorize.start(loginHost.trim() === '' ? {} : { loginHost: loginHost.trim() }, connected);
  return (
    <section class="sect ruled" ref={section} aria-labelledby={heading}>
      <header>
        <h2 id={heading}>{known.length > 0 ? `Another ${name} account` : name}</h2>
        <span class="count">{BRINGS[provider.provider]}</span>
      </header>
      {!provider.canAuthorize && (
        <Note icon="info" fact={`This server has no app at ${name} yet.`}>
          Its operator sets <code>LEADLINE_{provider.provider.toUpperCase()}_CLIENT_ID</code> and <code>_CLIENT_SECRET</code>, with{' '}
          <code>{provider.redirectUrl}</code> as the redirect URL; server/README.md walks through it.
          {provider.takesServiceKey && ' A service key works without.'}
        </Note>
      )}
      {provider.provider === 'salesforce' && provider.canAuthorize && (
        <label class="stack stack-1 login-host">
          <span class="label">Your Salesforce address, for a sandbox or a domain of your own</span>
          <input
            class="input"
            type="text"
            placeholder="login.salesforce.com"
            value={loginHost}
            onInput={(event) => setLoginHost(event.currentTarget.value)}
          />
        </label>
      )}
      <div class="row wrap">
        {provider.canAuthorize && (
          <Button look={known.length === 0 ? 'primary' : 'tonal'} off={off} sayWhy busy={authorize.state === 'asking'} onClick={start}>
            Authorize &amp; Import
          </Button>
        )}
        {provider.takesServiceKey && !asksKey && (
          <Button off={off} onClick={() => setAsksKey(true)}>
            Paste a service key
          </Button>
        )}
      </div>
      {authorize.state === 'waiting' && (
        <Note
          icon="clock"
          fact={`Waiting for ${name}.`}
          buttons={
            <>
              <Button small look="tonal" onClick={start}>
                Start again
              </Button>
              <Button small onClick={authorize.cancel}>
                Stop waiting
              </Button>
            </>
          }
        >
          Say yes in the tab that has opened; this page goes on by itself. If that tab is closed, start again.
        </Note>
      )}
      {authorize.trouble !== null && (
        <Note
          tone="bad"
          icon="bad"
          fact="Nothing was connected."
          buttons={
            <Button small onClick={start}>
              Start again
            </Button>
          }
          alert
        >
          {authorize.trouble}
        </Note>
      )}
      {asksKey && <ServiceKeyForm workspace={workspace} onConnected={connected} onClose={() => setAsksKey(false)} />}
    </section>
  );
}
