import { useState } from 'preact/hooks';
import type { RunStarted } from '#shared/api/connection-work.ts';
import { hrefOf } from '../../../flow/workspace/address.ts';
import { count, countOf, plural, since, span } from '../../numbers.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Note } from '../../parts/note.tsx';
import { failureWords } from '../failure-words.ts';
import { ConnectionState } from './connection-state.tsx';
import type { ConnectionTabProps } from './connection-tab.ts';
import { PROVIDER_WORDS, SCHEDULE_WORDS } from './connection-words.ts';
import { DryRun } from './dry-run.tsx';

type Work = 'dry-run' | 'sync' | 'pause';

/** How a connection fares, in numbers, and what can be done: a dry run, a sync, a pause, its end. */
export function HealthTab({ connection, workspace, onChanged }: ConnectionTabProps) {
  const { server, host, facts } = workspace;
  const { id, provider, settings, health, state } = connection;
  const [busy, setBusy] = useState<Work | null>(null);
  const [foreseen, setForeseen] = useState<RunStarted | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [asksEnd, setAsksEnd] = useState(false);
  const name = PROVIDER_WORDS[provider];
  const isAdmin = facts.role === 'admin';
  const onlyAdmins = isAdmin ? null : 'Only admins do that.';
  const isNew = settings.pairs.length === 0;

  const run = async (work: Work, act: () => Promise<void>) => {
    setBusy(work);
    setTrouble(null);
    await act();
    setBusy(null);
    onChanged();
  };
  const dryRun = () =>
    run('dry-run', async () => {
      const done = await server.ask('dryRunConnection', { params: { id } });
      if (done.ok) setForeseen(done.value);
      else setTrouble(failureWords(done.error));
    });
  const sync = (confirmCreates?: number) =>
    run('sync', async () => {
      const done = await server.ask('syncConnection', { params: { id }, body: confirmCreates === undefined ? {} : { confirmCreates } });
      setForeseen(null);
      if (!done.ok) return setTrouble(failureWords(done.error));
      workspace.tell({ text: ranWords(done.value, name), ...(done.value.failure ? { tone: 'bad' as const } : {}) });
    });
  const pause = () =>
    run('pause', async () => {
      const done = await server.ask('changeConnection', { params: { id }, body: { paused: state !== 'paused_user' } });
      if (!done.ok) setTrouble(failureWords(done.error));
    });
  const end = async () => {
    setAsksEnd(false);
    const done = await server.ask('disconnect', { params: { id } });
    if (!done.ok) return setTrouble(failureWords(done.error));
    workspace.tell({
      text: done.value.revoked ? `${name} is disconnected.` : `${name} is disconnected here. End the key or app there, too.`,
    });
    workspace.go(hrefOf('connections'));
  };

  return (
    <>
      <div class="row wrap">
        <ConnectionState connection={connection} />
        <span class="dim">
          {[
            ...(health.linkedLeads === null ? [] : [`${countOf(health.linkedLeads, 'lead')} linked`]),
            SCHEDULE_WORDS[settings.schedule],
          ].join(', ')}
        </span>
        <span class="row wrap push">
          <Button
            small
            busy={busy === 'dry-run'}
            off={isNew ? 'Import first, so that there is something to keep in step.' : null}
            onClick={() => void dryRun()}
          >
            Dry run
          </Button>
          <Button small look="tonal" busy={busy === 'sync'} off={isNew ? 'Import first.' : onlyAdmins} onClick={() => void sync()}>
            Sync now
          </Button>
          <Button small look="quiet" busy={busy === 'pause'} off={onlyAdmins} onClick={() => void pause()}>
            {state === 'paused_user' ? 'Go on' : 'Pause'}
          </Button>
          <Button small look="quiet" off={onlyAdmins} onClick={() => setAsksEnd(true)}>
            Disconnect
          </Button>
        </span>
      </div>
      {isNew && (
        <Note
          icon="import"
          fact={`${name} is connected.`}
          buttons={
            <a class="btn primary small" href={hrefOf('connections', [id, 'import'])}>
              Look at what would come in
            </a>
          }
        >
          Nothing has been read or written yet.
        </Note>
      )}
      {trouble !== null && (
        <Note tone="bad" icon="bad" fact="That was not done." alert>
          {trouble}
        </Note>
      )}
      <Stats connection={connection} now={host.now()} />
      {foreseen && (
        <DryRun
          foreseen={foreseen}
          connection={connection}
          isBusy={busy === 'sync'}
          off={onlyAdmins}
          onDiscard={() => setForeseen(null)}
          onApply={(confirmCreates) => void sync(confirmCreates)}
        />
      )}
      {asksEnd && (
        <Dialog
          title={`Disconnect ${connection.account.name}?`}
          text={`Nothing is kept in step with ${name} from now on. Leads stay here and records stay there; connecting the same account again takes up the links.`}
          keep="Stay connected"
          act="Disconnect"
          onKeep={() => setAsksEnd(false)}
          onAct={() => void end()}
        />
      )}
    </>
  );
}

function Stats({ connection, now }: Pick<ConnectionTabProps, 'connection'> & { readonly now: number }) {
  const { lastRun, nextRunAt, conflicts, errors, calls } = connection.health;
  const at = (iso: string) => Date.parse(iso);
  const tookMs = lastRun?.endedAt ? at(lastRun.endedAt) - at(lastRun.startedAt) : null;
  return (
    <dl class="stats">
      <Stat title="Last run" value={lastRun ? since(at(lastRun.startedAt), now) : '–'}>
        {lastRun ? `${countOf(lastRun.changes, 'change')}${tookMs === null ? '' : `, ${span(tookMs / 1_000)}`}` : 'none yet'}
      </Stat>
      <Stat title="Next run" value={nextRunAt ? since(at(nextRunAt), now) : '–'}>
        {nextRunAt ? `in ${span(Math.max(1, (at(nextRunAt) - now) / 1_000))}` : 'by hand'}
      </Stat>
      <Stat title="Conflicts" value={count(conflicts?.recent ?? 0)}>
        {conflicts && conflicts.open > 0 ? `${count(conflicts.open)} wait for you` : 'this week, each can be undone'}
      </Stat>
      <Stat title="Errors" value={count(errors?.leads ?? 0)}>
        {errors && errors.leads > 0 ? `${plural(errors.leads, 'lead')}, ${countOf(errors.causes, 'cause')}` : 'none'}
      </Stat>
      <Stat title="Calls today" value={count(calls?.usedToday ?? 0)}>
        {calls?.allowed != null ? `of ${count(calls.allowed)} allowed` : calls?.left != null ? `${count(calls.left)} left` : 'counted here'}
      </Stat>
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

function ranWords({ here, there, conflicts, errors, failure }: RunStarted, name: string): string {
  if (failure) return `The run stopped: ${failure.message || failure.code}. What was written stays.`;
  const changes = here.created + here.updated + there.created + there.updated;
  if (changes === 0 && errors === 0) return 'Both sides were in step already.';
  const parts = [
    `${count(here.created + here.updated)} here`,
    `${count(there.created + there.updated)} in ${name}`,
    ...(conflicts > 0 ? [countOf(conflicts, 'conflict')] : []),
    ...(errors > 0 ? [countOf(errors, 'error')] : []),
  ];
  return `In step: ${parts.join(', ')}.`;
}
