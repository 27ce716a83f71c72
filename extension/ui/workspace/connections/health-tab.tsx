import { useState } from 'preact/hooks';
import type { RunStarted, SyncBody } from '#shared/api/connection-work.ts';
import { hrefOf } from '../../../flow/workspace/address.ts';
import { followRun, runAsStarted } from '../../../flow/workspace/follow-run.ts';
import { countOf } from '../../numbers.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Note } from '../../parts/note.tsx';
import { failureWords } from '../failure-words.ts';
import { AGREED_BY, ConfirmNumber, questionOf, type RunQuestion } from './confirm-number.tsx';
import { ConflictsTab } from './conflicts-tab.tsx';
import { ConnectionState } from './connection-state.tsx';
import type { ConnectionTabProps } from './connection-tab.ts';
import { PROVIDER_WORDS, SCHEDULE_WORDS } from './connection-words.ts';
import { DryRun } from './dry-run.tsx';
import { ErrorsTab } from './errors-tab.tsx';
import { HealthStats } from './health-stats.tsx';
import { ranWords } from './run-words.ts';

type Work = 'dry-run' | 'sync' | 'pause';

/** How a connection fares, in numbers, and what can be done: a dry run, a sync, a pause, its end. */
export function HealthTab({ connection, workspace, onChanged }: ConnectionTabProps) {
  const { server, host, facts } = workspace;
  const { id, provider, settings, health, state } = connection;
  const [busy, setBusy] = useState<Work | null>(null);
  const [foreseen, setForeseen] = useState<RunStarted | null>(null);
  /** What waits for the word of a person, and what was agreed to so far. */
  const [question, setQuestion] = useState<RunQuestion | null>(null);
  const [agreed, setAgreed] = useState<SyncBody>({});
  const [trouble, setTrouble] = useState<string | null>(null);
  const [asksEnd, setAsksEnd] = useState(false);
  const name = PROVIDER_WORDS[provider];
  const isAdmin = facts.role === 'admin';
  const onlyAdmins = isAdmin ? null : 'Only admins do that.';
  const isNew = settings.pairs.length === 0;
  const cannotRun =
    state === 'needs_reconnect'
      ? 'Connect again first.'
      : health.lastRun?.outcome === 'running' && busy === null
        ? 'A run is under way.'
        : null;

  const cannotSync = onlyAdmins ?? cannotRun ?? (state === 'paused_user' ? 'Paused. Press “Go on” first.' : null);

  const run = async (work: Work, act: () => Promise<void>) => {
    setBusy(work);
    setTrouble(null);
    await act();
    setBusy(null);
    onChanged();
  };
  const dryRun = () =>
    run('dry-run', async () => {
      const act = () => server.ask('dryRunConnection', { params: { id } });
      const done = await followRun({ server, id, trigger: 'dry_run', act });
      if (done.ok) setForeseen(runAsStarted(done.value));
      else setTrouble(failureWords(done.error));
    });
  const sync = (body: SyncBody = {}) =>
    run('sync', async () => {
      const act = () => server.ask('syncConnection', { params: { id }, body });
      const done = await followRun({ server, id, trigger: 'by_hand', act });
      const asked = done.ok ? null : questionOf(done.error);
      setForeseen(null);
      setQuestion(asked);
      setAgreed(body);
      if (asked) return;
      if (!done.ok) return setTrouble(failureWords(done.error));
      const ran = runAsStarted(done.value);
      workspace.tell({
        text: ranWords(ran, name),
        ...(ran.failure ? { tone: 'bad' as const } : {}),
      });
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
            off={isNew ? 'Import first, so that there is something to keep in step.' : cannotRun}
            onClick={() => void dryRun()}
          >
            Dry run
          </Button>
          <Button small look="tonal" busy={busy === 'sync'} off={isNew ? 'Import first.' : cannotSync} onClick={() => void sync()}>
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
          Nothing has been imported or written yet.
        </Note>
      )}
      {trouble !== null && (
        <Note tone="bad" icon="bad" fact="That was not done." alert>
          {trouble}
        </Note>
      )}
      {question && (
        <ConfirmNumber
          key={question.what}
          {...question}
          crm={name}
          isBusy={busy === 'sync'}
          onConfirm={() => void sync({ ...agreed, [AGREED_BY[question.what]]: question.number })}
          onCancel={() => setQuestion(null)}
        />
      )}
      <HealthStats connection={connection} now={host.now()} />
      {foreseen && (
        <DryRun
          foreseen={foreseen}
          connection={connection}
          isBusy={busy === 'sync'}
          off={cannotSync}
          onDiscard={() => setForeseen(null)}
          onApply={(confirmCreates) => void sync(confirmCreates === undefined ? {} : { confirmCreates })}
        />
      )}
      {(health.conflicts?.recent ?? 0) > 0 && (
        <section class="sect ruled">
          <header>
            <h2>Conflicts</h2>
            <span class="count">both sides changed since the run before</span>
          </header>
          <ConflictsTab connection={connection} workspace={workspace} onChanged={onChanged} most={2} />
        </section>
      )}
      {(health.errors?.leads ?? 0) > 0 && (
        <section class="sect ruled">
          <header>
            <h2>Errors</h2>
          </header>
          <ErrorsTab connection={connection} workspace={workspace} onChanged={onChanged} />
        </section>
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
