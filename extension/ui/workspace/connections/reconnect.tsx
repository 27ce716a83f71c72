import { since } from '../../numbers.ts';
import { Button } from '../../parts/button.tsx';
import { Note } from '../../parts/note.tsx';
import type { ConnectionTabProps } from './connection-tab.ts';
import { PROVIDER_WORDS } from './connection-words.ts';
import { useAuthorize } from './use-authorize.ts';

/** What stands between us and the CRM, with the button that mends it; nothing when all is well. */
export function Reconnect({ connection, workspace, onChanged }: ConnectionTabProps) {
  const { provider, state, account, missingScopes, loginHost, pausedUntil } = connection;
  const now = workspace.host.now();
  const name = PROVIDER_WORDS[provider];
  const authorize = useAuthorize(workspace, provider, [connection]);
  const again = () =>
    authorize.start({ connectionId: connection.id, ...(loginHost === null ? {} : { loginHost }) }, (renewed) => onChanged(renewed));
  const off = workspace.facts.role === 'admin' ? null : 'Only admins connect a CRM.';
  const button = (look?: 'primary') => (
    <Button small {...(look ? { look } : {})} off={off} busy={authorize.state === 'asking'} onClick={again}>
      {authorize.state === 'waiting' ? 'Start again' : 'Connect again'}
    </Button>
  );
  const needed = missingScopes.filter(({ isNeeded }) => isNeeded).map(({ scope }) => scope);
  const wanted = missingScopes.filter(({ isNeeded }) => !isNeeded).map(({ scope }) => scope);
  return (
    <>
      {state === 'needs_reconnect' && (
        <Note tone="bad" icon="plug" fact={`${name} no longer lets this server in.`} buttons={button('primary')} alert>
          {refusalWords(connection.health.lastRun?.refusedAs, name)}Nothing is lost: what is linked stays linked, and goes on where it
          stopped once {account.name} is connected again.
        </Note>
      )}
      {state !== 'needs_reconnect' && needed.length > 0 && (
        <Note tone="warn" icon="key" fact={`${name} has not given every right.`} buttons={button('primary')}>
          Missing: {needed.join(', ')}. Until then nothing can be kept in step.
        </Note>
      )}
      {state !== 'needs_reconnect' && needed.length === 0 && wanted.length > 0 && (
        <Note icon="key" fact={`${name} has not given every right.`} buttons={button()}>
          Missing: {wanted.join(', ')}. Leads are kept in step; what these rights open stays out.
        </Note>
      )}
      {state === 'paused_quota' && (
        <Note tone="warn" icon="clock" fact={`Too few of today’s calls to ${name} are left.`}>
          Nothing is lost. It goes on by itself{pausedUntil === null ? ' tomorrow' : ` ${onOrAt(Date.parse(pausedUntil), now)}`}, where it
          stopped.
        </Note>
      )}
      {authorize.state === 'waiting' && (
        <p class="small faint" role="status">
          Say yes in the tab that has opened; this page goes on by itself. If that tab is closed, start again.
        </p>
      )}
      {authorize.trouble !== null && (
        <Note tone="bad" icon="bad" fact="It is not connected." alert>
          {authorize.trouble}
        </Note>
      )}
    </>
  );
}

/** "at 3:00 AM" where that is today, else "on November 24". */
function onOrAt(at: number, now: number): string {
  return `${new Date(at).toDateString() === new Date(now).toDateString() ? 'at' : 'on'} ${since(at, now)}`;
}

/** Why it lets nobody in, where it said so: a sentence with a blank behind it, or nothing. */
function refusalWords(code: string | undefined, crm: string): string {
  if (code === undefined) return '';
  const known = REFUSALS.get(code);
  if (known) return `${known(crm)} `;
  return /^(?:[a-z_]+|OAUTH_[A-Z_]+)$/.test(code) ? `It said “${code}”. ` : '';
}
const REFUSALS: ReadonlyMap<string, (crm: string) => string> = new Map<string, (crm: string) => string>([
  [
    'inactive_user',
    (crm) => `Whoever connected it is no longer an active user of ${crm}. Have them made active there, or let somebody else connect it.`,
  ],
  ['inactive_org', (crm) => `${crm} says that the org is locked or closed.`],
  ['OAUTH_APP_ACCESS_DENIED', (crm) => `${crm} says that whoever connected may not use this app. Its policies there say who may.`],
  ['invalid_grant', () => 'The access was ended there, or it ran out.'],
]);
