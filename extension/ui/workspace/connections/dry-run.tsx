import { useState } from 'preact/hooks';
import type { RunStarted } from '#shared/api/connection-work.ts';
import type { ConnectionAnswer } from '#shared/api/connections.ts';
import type { FieldPair } from '#shared/crm/record.ts';
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
  const { here, there, creates, conflicts, errors, left, failure, notices = [] } = foreseen;
  const name = PROVIDER_WORDS[connection.provider];
  // What a field that is hidden keeps it from stands with that field.
  const isNoticed = notices.some(({ kind }) => kind === failure?.code);
  const [changedHere, changedThere] = changesOf(foreseen);
  const changes = changedHere + changedThere;
  const told = left ? [...Object.values(left.here), ...Object.values(left.there)].reduce((sum, number) => sum + number, 0) : 0;
  const others = errors - told;
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
            [conflictWords(connection.settings.pairs), conflicts],
            ...some('Records left out: no name, email or phone', left?.here.nobody),
            ...some('Records left out until somebody decides about them', left?.here.undecided),
            ...some('Records that come in, but without a value that no lead can hold', left?.here.withoutValue),
          ]}
        />
        <Side
          title={`In ${name}`}
          lines={[
            ['New records', there.created],
            ['Records with changed fields', there.updated],
            ...(there.archived > 0 ? [['Records put in the bin: their leads were deleted here', there.archived] as const] : []),
            ...(there.optOuts > 0 ? [['Records marked with our opt-outs', there.optOuts] as const] : []),
            ...some(`Leads left out: ${name} requires a field that is blank here`, left?.there.refused),
            ...some(`Leads that go there, but without a value that ${name} cannot hold`, left?.there.withoutValue),
            ['Opt-outs cleared', 0],
          ]}
        />
      </div>
      {others > 0 && <p class="small faint">{countOf(others, 'other')} would stand under Errors, each with its cause.</p>}
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

/** A line that is there only where there is something to count. */
function some(words: string, number = 0): readonly (readonly [string, number])[] {
  return number > 0 ? [[words, number]] : [];
}

/** Whose word decides, by the rules of the fields that can differ. */
function conflictWords(pairs: readonly FieldPair[]): string {
  const rules = pairs.filter(({ direction }) => direction === 'both').map(({ rule }) => rule);
  if (!rules.includes('manual')) return 'Conflicts, decided by rule';
  return rules.every((rule) => rule === 'manual') ? 'Conflicts that wait for you' : 'Conflicts, decided by rule or waiting for you';
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
