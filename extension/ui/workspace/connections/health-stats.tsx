import type { ConnectionAnswer } from '#shared/api/connections.ts';
import { count, countOf, plural, since, span } from '../../numbers.ts';
import type { ConnectionTabProps } from './connection-tab.ts';
import { PROVIDER_WORDS } from './connection-words.ts';

/** Why no run is to come. */
const NEVER = {
  off: 'by hand',
  ok: 'by hand',
  paused_quota: 'when there are calls',
  paused_user: 'paused',
  needs_reconnect: 'once connected again',
} as const satisfies Record<ConnectionAnswer['state'] | 'off', string>;

/** How a connection fares, in numbers; `now` in ms. */
export function HealthStats({ connection, now }: Pick<ConnectionTabProps, 'connection'> & { readonly now: number }) {
  const { lastRun, nextRunAt, conflicts, errors, calls } = connection.health;
  const account = calls?.account;
  const { schedule } = connection.settings;
  const at = (iso: string) => Date.parse(iso);
  const isRunning = lastRun?.outcome === 'running';
  const tookMs = lastRun ? (lastRun.endedAt ? at(lastRun.endedAt) : now) - at(lastRun.startedAt) : 0;
  return (
    <dl class="stats">
      <Stat title={isRunning ? 'This run' : 'Last run'} value={lastRun ? since(at(lastRun.startedAt), now) : '–'}>
        {lastRun ? `${countOf(lastRun.changes, 'change')}${isRunning ? ' so far' : ''}, ${span(tookMs / 1_000)}` : 'none yet'}
      </Stat>
      <Stat title="Next run" value={nextRunAt ? since(at(nextRunAt), now) : '–'}>
        {nextRunAt ? `in ${span(Math.max(1, (at(nextRunAt) - now) / 1_000))}` : NEVER[schedule === 'off' ? 'off' : connection.state]}
      </Stat>
      <Stat title="Conflicts" value={count(conflicts?.recent ?? 0)}>
        {conflicts && conflicts.open > 0
          ? `${count(conflicts.open)} ${conflicts.open === 1 ? 'waits' : 'wait'} for you`
          : 'this week, each can be undone'}
      </Stat>
      <Stat title="Errors" value={count(errors?.leads ?? 0)}>
        {errors && errors.leads > 0 ? `${plural(errors.leads, 'lead')}, ${countOf(errors.causes, 'cause')}` : 'none'}
      </Stat>
      <Stat title="Calls today" value={count(calls?.usedToday ?? 0)}>
        {account ? 'by Leadline, sign-ins included' : `by Leadline; ${PROVIDER_WORDS[connection.provider]} tells no limit`}
      </Stat>
      {account && (
        <Stat title="All apps today" value={count(account.used)}>
          {`of ${count(account.limit)}, as of ${since(at(account.saidAt), now)}; Leadline ${account.used < account.stopsAt ? 'stops at' : 'stopped at'} ${count(account.stopsAt)}`}
        </Stat>
      )}
    </dl>
  );
}

function Stat({ title, value, children }: { readonly title: string; readonly value: string; readonly children: string }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        {value} <small>{children}</small>
      </dd>
    </div>
  );
}
