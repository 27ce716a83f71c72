import { useRef, useState } from 'preact/hooks';
import type { ConflictAnswer } from '#shared/api/connection-work.ts';
import { hrefOf } from '../../../flow/workspace/address.ts';
import { moment } from '../../numbers.ts';
import { Button, LinkButton } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Empty } from '../empty.tsx';
import { failureWords } from '../failure-words.ts';
import { Loading, More } from '../loading.tsx';
import { usePages } from '../use-pages.ts';
import type { Workspace } from '../workspace.ts';
import type { ConnectionTabProps } from './connection-tab.ts';
import { PROVIDER_WORDS, RULE_WORDS, setWords } from './connection-words.ts';

/**
 * Fields that changed on both sides since they were last in step: both values, which one stands, and the way back.
 * `most`: only so many, with the way to the others.
 */
export function ConflictsTab({ connection, workspace, onChanged, most }: ConnectionTabProps & { readonly most?: number }) {
  const { server, host } = workspace;
  const pages = usePages(
    async (cursor) => {
      const query = { limit: 50, ...(cursor === null ? {} : { cursor }) };
      const page = await server.ask('connectionConflicts', { params: { id: connection.id }, query });
      return page.ok ? { ok: true, value: { items: page.value.conflicts, nextCursor: page.value.nextCursor } } : page;
    },
    [server, connection.id, connection.health.lastRun?.id, connection.health.lastRun?.endedAt],
  );
  const { items } = pages;
  if (items === null) return <Loading failure={pages.failure} host={host} onRetry={pages.again} />;
  if (items.length === 0)
    return (
      <Empty icon="check" title="No conflicts">
        Where both sides change the same field between two runs, both values are kept here and the choice can be undone.
      </Empty>
    );
  return (
    <>
      <ul aria-label="Conflicts">
        {items.slice(0, most).map((conflict) => (
          <ConflictCard
            key={conflict.id}
            conflict={conflict}
            crm={PROVIDER_WORDS[connection.provider]}
            workspace={workspace}
            connectionId={connection.id}
            onDone={() => {
              pages.again();
              onChanged();
            }}
          />
        ))}
      </ul>
      {most === undefined && <More pages={pages} what="conflicts" host={host} />}
      {most !== undefined && items.length > most && (
        <p class="small">
          <a href={hrefOf('connections', [connection.id, 'conflicts'])}>Show all conflicts</a>
        </p>
      )}
    </>
  );
}

type ConflictCardProps = {
  readonly conflict: ConflictAnswer;
  readonly crm: string;
  readonly workspace: Workspace;
  readonly connectionId: string;
  readonly onDone: () => void;
};

function ConflictCard({ conflict, crm, workspace, connectionId, onDone }: ConflictCardProps) {
  const { id, leadId, person, field, ours, theirs, oursAt, oursBy, theirsAt, theirsBy, winner, rule, at, resolved } = conflict;
  const card = useRef<HTMLLIElement>(null);
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const now = workspace.host.now();
  const resolve = async (as: 'ours' | 'theirs' | 'undone') => {
    setBusy(true);
    const done = await workspace.server.ask('resolveConflict', { params: { id: connectionId, conflictId: id }, body: { as } });
    setBusy(false);
    if (!done.ok && done.error.kind === 'notFound') {
      card.current?.focus();
      workspace.tell({ text: `${field} of ${person.name || 'the lead'} was decided elsewhere meanwhile.`, tone: 'bad' });
      return onDone();
    }
    if (!done.ok) return setTrouble(failureWords(done.error));
    card.current?.focus(); // the button that had the focus goes
    workspace.tell({ text: `${field} of ${person.name || 'the lead'} is changed. The next run brings it to ${crm}.` });
    onDone();
  };
  const stands = resolved?.as === 'ours' || resolved?.as === 'theirs' ? resolved.as : resolved?.as === 'undone' ? other(winner) : winner;
  const use = stands === 'open' ? 'Use this' : 'Use this instead';
  const canAct = workspace.canEdit && resolved === null;
  const side = (who: 'ours' | 'theirs', name: string, value: string | null) => (
    <div class={stands === who ? 'won' : ''}>
      <span class="small faint row">
        {name}
        {stands === who && (
          <span class="badge" data-tone="accent">
            <Icon name="check" />
            Kept
          </span>
        )}
      </span>
      <span class="row strong num">
        {value ?? <span class="faint">blank</span>}
        {canAct && stands !== who && (
          <span class="push">
            <LinkButton label={`${use}: ${value ?? 'blank'}`} onClick={() => void resolve(who)}>
              {use}
            </LinkButton>
          </span>
        )}
      </span>
    </div>
  );
  return (
    <li class="conflict" ref={card} tabIndex={-1}>
      <div>
        <p>
          <a class="strong" href={hrefOf('leads', [leadId])}>
            {person.name || person.email || 'A lead'}
          </a>{' '}
          <span class="dim">{field}</span>{' '}
          {stands === 'open' && (
            <span class="badge" data-tone="ask">
              Waits for you
            </span>
          )}
        </p>
        <p class="small faint">
          Rule: {RULE_WORDS[rule]} · {moment(Date.parse(at), now)}
          {resolved && ` · decided ${moment(Date.parse(resolved.at), now)}${resolved.by ? ` by ${resolved.by}` : ''}`}
        </p>
      </div>
      <div>
        {canAct && winner !== 'open' && (
          <Button small look="quiet" icon="undo" busy={isBusy} onClick={() => void resolve('undone')}>
            Undo
          </Button>
        )}
      </div>
      <div class="sides">
        {side('ours', setWords('Leadline', oursAt, oursBy, now), ours)}
        {side('theirs', setWords(crm, theirsAt, theirsBy, now), theirs)}
      </div>
      {trouble !== null && (
        <p class="small bad" role="alert">
          {trouble}
        </p>
      )}
    </li>
  );
}

function other(winner: ConflictAnswer['winner']): ConflictAnswer['winner'] {
  return winner === 'ours' ? 'theirs' : winner === 'theirs' ? 'ours' : 'open';
}
