import { useState } from 'preact/hooks';
import type { RunStarted } from '#shared/api/connection-work.ts';
import type { ConnectionAnswer } from '#shared/api/connections.ts';
import { MAX_CRM_CREATES } from '#shared/limits.ts';
import { hrefOf } from '../../../flow/workspace/address.ts';
import { count, countOf } from '../../numbers.ts';
import { Button } from '../../parts/button.tsx';
import { Note } from '../../parts/note.tsx';
import { isSameNumber, TypedNumber } from './confirm-number.tsx';
import { PROVIDER_WORDS } from './connection-words.ts';
import { Notices } from './notices.tsx';
import { changesOf, runFailureWords } from './run-words.ts';

type DryRunProps = {
  readonly foreseen: RunStarted;
  readonly connection: ConnectionAnswer;
  readonly isBusy: boolean;
  readonly off: string | null;
  readonly onDiscard: () => void;
  readonly onApply: (confirmCreates?: number) => void;
};

/** What a run would do on either side, before anything is written. */
export function DryRun({ foreseen, connection, isBusy, off, onDiscard, onApply }: DryRunProps) {
  const { here, there, creates, conflicts, errors, failure, notices = [] } = foreseen;
  const name = PROVIDER_WORDS[connection.provider];
  // What a field that is hidden keeps it from stands with that field.
  const isNoticed = notices.some(({ kind }) => kind === failure?.code);
  const [changedHere, changedThere] = changesOf(foreseen);
  const changes = changedHere + changedThere;
  const [typed, setTyped] = useState('');
  const needsTyping = there.created > MAX_CRM_CREATES;
  const isTyped = !needsTyping || isSameNumber(typed, there.created);
  const scope = connection.settings.scopeOut.kind;
  return (
    <section class="sect ruled">
      <header>
        <h2>Dry run</h2>
        <span class="badge">Nothing written yet</span>
        <span class="row push">
          <Button small look="quiet" onClick={onDiscard}>
            Discard
          </Button>
          {changes > 0 && (
            <Button
              small
              look="primary"
              busy={isBusy}
              off={off ?? (isTyped ? null : `Type ${count(there.created)} first.`)}
              onClick={() => onApply(needsTyping ? there.created : undefined)}
            >
              Apply {countOf(changes, 'change')}
            </Button>
          )}
        </span>
      </header>
      {failure && !isNoticed && (
        <Note tone="warn" icon="warn" fact="This dry run is not complete.">
          {runFailureWords(failure, name)}
        </Note>
      )}
      <Notices notices={notices} connection={connection} />
      {changes === 0 && !failure && <p class="dim">Both sides are in step: nothing would change.</p>}
      <div class="plan-cols">
        <Side
          title="In Leadline"
          lines={[
            ['New leads', here.created],
            ['Leads with changed fields', here.updated],
            ...(here.removed > 0 ? [[`Leads removed: their records are gone in ${name}`, here.removed] as const] : []),
            ['Conflicts, decided by rule', conflicts],
            ...(errors > 0 ? [['Records left out: no name, email or phone, or a decision is missing', errors] as const] : []),
          ]}
        />
        <Side
          title={`In ${name}`}
          lines={[
            ['New records', there.created],
            ['Records with changed fields', there.updated],
            ...(there.archived > 0 ? [['Records put in the bin: their leads were deleted here', there.archived] as const] : []),
            ...(there.optOuts > 0 ? [['Records marked with our opt-outs', there.optOuts] as const] : []),
            ['Opt-outs cleared', 0],
          ]}
        />
      </div>
      {creates.length > 0 && (
        <details>
          <summary>Show who would be new in {name}</summary>
          <ul class="small">
            {creates.map(({ leadId, name: who }) => (
              <li key={leadId}>
                <a href={hrefOf('leads', [leadId])}>{who || 'A lead'}</a>
              </li>
            ))}
            {there.created > creates.length && <li class="faint">and {countOf(there.created - creates.length, 'more lead')}</li>}
          </ul>
        </details>
      )}
      {needsTyping && (
        <>
          <p>
            {countOf(there.created, 'new record')} would be made in {name}.
          </p>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (isTyped && !isBusy && off === null) onApply(there.created);
            }}
          >
            <TypedNumber number={there.created} value={typed} onInput={setTyped} />
          </form>
        </>
      )}
      {scope === 'off' && (
        <p class="small faint">
          No new records there: only leads that came from {name} are sent back.{' '}
          <a href={hrefOf('connections', [connection.id, 'scope'])}>Change scope</a>
        </p>
      )}
    </section>
  );
}

function Side({ title, lines }: { readonly title: string; readonly lines: readonly (readonly [string, number])[] }) {
  return (
    <div class="stack">
      <h3>{title}</h3>
      <dl class="facts ruled">
        {lines.map(([words, number]) => (
          <>
            <dt>{words}</dt>
            <dd class="num strong">{count(number)}</dd>
          </>
        ))}
      </dl>
    </div>
  );
}
