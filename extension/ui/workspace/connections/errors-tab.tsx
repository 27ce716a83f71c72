import { useRef, useState } from 'preact/hooks';
import type { SyncErrorAnswer } from '#shared/api/connection-work.ts';
import type { BodyOf } from '#shared/api/contract.ts';
import { hrefOf } from '../../../flow/workspace/address.ts';
import { tryErrors } from '../../../flow/workspace/try-errors.ts';
import { countOf } from '../../numbers.ts';
import { Button } from '../../parts/button.tsx';
import { Note } from '../../parts/note.tsx';
import { Empty } from '../empty.tsx';
import { failureWords } from '../failure-words.ts';
import { Loading, More } from '../loading.tsx';
import { usePages } from '../use-pages.ts';
import type { ConnectionTabProps } from './connection-tab.ts';
import { errorWords, PROVIDER_WORDS } from './connection-words.ts';
import { type TriedWords, triedWords } from './tried-words.ts';

type Retry = (errors: readonly SyncErrorAnswer[], body: BodyOf<'retryError'>) => void;

/** Records that could not be kept in step, by what is wrong with them; one bad record never stops the others. */
export function ErrorsTab({ connection, workspace, onChanged }: ConnectionTabProps) {
  const { server, host, facts } = workspace;
  const crm = PROVIDER_WORDS[connection.provider];
  const intro = useRef<HTMLParagraphElement>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  /** What a try came to. */
  const [tried, setTried] = useState<TriedWords | null>(null);
  const pages = usePages(
    async (cursor) => {
      const query = { limit: 200, ...(cursor === null ? {} : { cursor }) };
      const page = await server.ask('connectionErrors', { params: { id: connection.id }, query });
      return page.ok ? { ok: true, value: { items: page.value.errors, nextCursor: page.value.nextCursor } } : page;
    },
    [server, connection.id, connection.health.lastRun?.id, connection.health.lastRun?.endedAt],
  );
  const { items } = pages;
  if (items === null) return <Loading failure={pages.failure} host={host} onRetry={pages.again} />;
  const shown = items.filter(({ isIgnored }) => !isIgnored);
  const outcome = (
    <div role="status">
      {tried && (
        <Note tone={tried.tone} icon={tried.icon} fact={tried.fact}>
          {tried.more}
        </Note>
      )}
    </div>
  );
  if (shown.length === 0)
    return (
      <>
        {outcome}
        <Empty icon="check" title="No errors">
          What {crm} does not take is listed here by its cause, with the button that mends it.
        </Empty>
      </>
    );
  const retry: Retry = async (errors, body) => {
    setBusy(errors[0]?.id ?? null);
    setTrouble(null);
    setTried(null);
    for (const { id } of errors) {
      const done = await server.ask('retryError', { params: { id: connection.id, errorId: id }, body });
      if (!done.ok) setTrouble(failureWords(done.error));
    }
    setBusy(null);
    intro.current?.focus(); // the button that had the focus may go
    pages.again();
    onChanged();
  };
  const tryNow = async (errors: readonly SyncErrorAnswer[]) => {
    setBusy(errors[0]?.id ?? null);
    setTrouble(null);
    setTried(null);
    const came = await tryErrors({ server, id: connection.id, errors });
    setBusy(null);
    setTried(triedWords(came, errors.length, connection, host.now()));
    intro.current?.focus();
    pages.again();
    onChanged();
  };
  return (
    <>
      <p class="dim" ref={intro} tabIndex={-1}>
        One bad lead never stops the others. “Try now” runs {crm} for them; what you decide goes with the next run.
      </p>
      {outcome}
      {trouble !== null && (
        <Note tone="bad" icon="bad" fact="That was not done." alert>
          {trouble}
        </Note>
      )}
      <ul class="stack" aria-label="Errors by cause">
        {byCause(shown).map((errors) => (
          <li key={errors[0]?.id}>
            <CauseNote
              errors={errors}
              crm={crm}
              isBusy={errors.some(({ id }) => id === busy)}
              mayAct={facts.role === 'admin'}
              onRetry={retry}
              onTry={tryNow}
            />
          </li>
        ))}
      </ul>
      <More pages={pages} what="errors" host={host} />
    </>
  );
}

type CauseNoteProps = {
  readonly errors: readonly SyncErrorAnswer[];
  readonly crm: string;
  readonly isBusy: boolean;
  readonly mayAct: boolean;
  readonly onRetry: Retry;
  readonly onTry: (errors: readonly SyncErrorAnswer[]) => void;
};

function CauseNote({ errors, crm, isBusy, mayAct, onRetry, onTry }: CauseNoteProps) {
  const [first] = errors;
  const [isOpen, setOpen] = useState(false);
  if (!first) return null;
  const { kind, code } = first.failure;
  const isSoon = first.nextAt !== null;
  // Of two leads that are one record, only mending the leads helps.
  const isDecision = kind === 'duplicate' && code !== 'two_leads' && first.stage === 'push';
  const mayDecide = isDecision && !first.failure.isUnique && !first.failure.isBlocked;
  // Who is linked already is no other record, and nobody is a company.
  const matchesOf = ({ failure }: SyncErrorAnswer) =>
    isDecision && !failure.isChange ? (failure.matches ?? []).filter(({ type }) => type !== 'account') : [];
  const othersOf = ({ failure }: SyncErrorAnswer) =>
    (failure.matches ?? []).filter(({ type }) => failure.isUnique || failure.isChange || type === 'account');
  const off = mayAct ? null : 'Only admins decide that.';
  return (
    <>
      <Note
        tone={isSoon ? 'warn' : 'bad'}
        icon={isSoon ? 'warn' : 'bad'}
        fact={`${whoseErrors(errors, crm)}:`}
        buttons={
          <>
            {errors.length === 1 &&
              matchesOf(first).map((match) => (
                <Button
                  key={match.id}
                  small
                  look="tonal"
                  busy={isBusy}
                  off={off}
                  onClick={() => onRetry(errors, { how: 'link', remoteId: match.id })}
                >
                  It is {match.title || match.id}
                </Button>
              ))}
            {mayDecide && (
              <Button small busy={isBusy} off={off} onClick={() => onRetry(errors, { how: 'make_anyway' })}>
                Save anyway
              </Button>
            )}
            <Button small busy={isBusy} off={off} onClick={() => onTry(errors)}>
              {isBusy ? 'Trying now' : 'Try now'}
            </Button>
            <Button small look="quiet" off={off} onClick={() => onRetry(errors, { how: 'ignore' })}>
              Leave {errors.length === 1 ? 'it' : 'them'}
            </Button>
            <Button small look="quiet" onClick={() => setOpen(!isOpen)}>
              {isOpen ? 'Hide who' : 'Show who'}
            </Button>
          </>
        }
      >
        {errorWords(first, crm)}
      </Note>
      {isOpen && (
        <ul class="ruled-list">
          {errors.map((error) => (
            <li key={error.id} class="row wrap">
              {error.leadId !== null ? (
                <a href={hrefOf('leads', [error.leadId])}>{error.person?.name || error.person?.email || 'A lead'}</a>
              ) : (
                <span>{error.person?.name || `Record ${error.remote?.id ?? ''}`}</span>
              )}
              {error.remote?.url && (
                <a class="small" href={error.remote.url} target="_blank" rel="noreferrer">
                  Open in {crm}
                </a>
              )}
              {othersOf(error).map(
                ({ type, id, title, url }) =>
                  url && (
                    <a key={id} class="small" href={url} target="_blank" rel="noreferrer">
                      {type === 'account' ? 'The account' : 'The other'}: {title || id}
                    </a>
                  ),
              )}
              {isDecision && errors.length > 1 && (
                <span class="row wrap push">
                  {matchesOf(error).map((found) => (
                    <Button key={found.id} small off={off} onClick={() => onRetry([error], { how: 'link', remoteId: found.id })}>
                      It is {found.title || found.id}
                    </Button>
                  ))}
                  {mayDecide && (
                    <Button small look="quiet" off={off} onClick={() => onRetry([error], { how: 'make_anyway' })}>
                      Save anyway
                    </Button>
                  )}
                </span>
              )}
              {error.failure.message !== first.failure.message && <span class="small faint">{error.failure.message}</span>}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function whoseErrors(errors: readonly SyncErrorAnswer[], crm: string): string {
  const [first] = errors;
  const who = countOf(errors.length, first?.leadId === null ? 'record' : 'lead');
  if (first?.stage !== 'opt_out') return who;
  return errors.length === 1 ? `${who} whose opt-out was not written to ${crm}` : `${who} whose opt-outs were not written to ${crm}`;
}

/** Errors of the same kind about the same field and with the same code belong together; the most frequent first. */
function byCause(errors: readonly SyncErrorAnswer[]): readonly (readonly SyncErrorAnswer[])[] {
  const causes = new Map<string, SyncErrorAnswer[]>();
  for (const error of errors) {
    const { kind, code, field = '', isChange = false, isBlocked = false } = error.failure;
    const cause = JSON.stringify([kind, code, field, isChange, isBlocked, error.nextAt === null, error.stage === 'opt_out']);
    const same = causes.get(cause);
    if (same) same.push(error);
    else causes.set(cause, [error]);
  }
  return [...causes.values()].sort((a, b) => b.length - a.length);
}
