import { useId, useRef, useState } from 'preact/hooks';
import type { ReadOptions } from '#shared/table/table.ts';
import { blockersOf, type ReadDraft, type TableView } from '../flow/draft.ts';
import type { ImportFlow } from '../flow/import-flow.ts';
import type { ImportView } from '../flow/view.ts';
import { FileRefused } from './file-refused.tsx';
import type { Host } from './host.ts';
import { ListChooser } from './list-choice.tsx';
import { countOf } from './numbers.ts';
import { After } from './parts/after.tsx';
import { Button } from './parts/button.tsx';
import { FileButton } from './parts/file-button.tsx';
import { Foot } from './parts/foot.tsx';
import { Icon } from './parts/icon.tsx';
import { Skeleton } from './parts/skeleton.tsx';
import { RawTable } from './raw-table.tsx';
import { ReadEncodings } from './read-encodings.tsx';
import { ReadFacts } from './read-facts.tsx';
import { ReadFindings } from './read-findings.tsx';
import { ReadNotes } from './read-notes.tsx';
import { skippedWords, withHeader, withTable } from './read-options.ts';
import { ReadSkipped } from './read-skipped.tsx';
import { ReadTables } from './read-tables.tsx';
import { SheetSince, SinceBack } from './sheet-since.tsx';
import { OtherTab } from './sheet-tabs.tsx';

type ReadStepProps = {
  readonly draft: ReadDraft;
  readonly view: ImportView;
  readonly flow: ImportFlow;
  readonly host: Host;
  readonly onFile: (file: File) => void;
};

/** How the file is read, and where its leads go. */
export function ReadStep({ draft, view, flow, host, onFile }: ReadStepProps) {
  const lastTable = useRef<TableView | null>(null); // stays in sight while the file is read another way
  const [showsSkipped, setShowsSkipped] = useState(false);
  const skippedId = useId();
  const { reading } = draft;
  const read = (options: ReadOptions) => void flow.send({ kind: 'readOptionsChosen', options });
  if (reading.kind === 'failed') return <FileRefused draft={draft} error={reading.error} flow={flow} host={host} onFile={onFile} />;
  if (reading.kind === 'ready') lastTable.current = reading.table;
  const table = lastTable.current;
  const isBusy = reading.kind === 'waiting';
  const { since } = draft;
  if (table?.since && since && since !== 'all')
    return (
      <SheetSince
        draft={{ ...draft, since }}
        table={{ ...table, since: table.since }}
        busy={isBusy}
        view={view}
        flow={flow}
        now={host.now()}
      />
    );
  return (
    <>
      <main class="work">
        <div class="split">
          <div class="lede">
            <h1>{table ? `${countOf(table.facts.rowCount, 'row')}, ${countOf(table.facts.columnCount, 'column')}` : 'Reading the file'}</h1>
            {table ? (
              <p>This is how Leadline reads the file. If something looks wrong below, change it here.</p>
            ) : (
              <p>
                {draft.file.name}
                <After waitMs={1_000}>{view.busy && view.busy.rows > 0 && `, ${countOf(view.busy.rows, 'row')} so far`}</After>
              </p>
            )}
          </div>
          <div class="row wrap">
            {draft.file.sheet && <OtherTab place={draft.file.sheet} host={host} />}
            <FileButton onFile={onFile} onElsewhere={host.chooseInTab}>
              Choose another file
            </FileButton>
          </div>
        </div>
        <ReadNotes draft={draft} onRead={read} />
        {table && <SinceBack table={table} server={view.server} flow={flow} now={host.now()} />}
        {table ? (
          <>
            <ReadFacts
              table={table}
              read={draft.read}
              country={draft.policy.defaultCountry}
              source={draft.file.source}
              onRead={read}
              onCountry={(defaultCountry) => void flow.send({ kind: 'policyChanged', policy: { defaultCountry } })}
              showsSkipped={showsSkipped}
              skippedId={skippedId}
              onShowSkipped={setShowsSkipped}
            />
            {showsSkipped && skippedWords(table.facts) && (
              <ReadSkipped id={skippedId} table={table} onKeep={() => read({ ...draft.read, keepRows: true })} />
            )}
            <ReadEncodings table={table} onChoose={(encoding) => read({ ...draft.read, encoding })} />
            <ReadTables table={table} onChoose={(choice) => read(withTable(draft.read, choice))} />
            <RawTable
              table={table}
              includesHidden={draft.read.includeHidden === true}
              busy={isBusy}
              onHeader={(line) => read(withHeader(draft.read, line))}
            />
          </>
        ) : (
          <After waitMs={300}>
            <Skeleton rows={8} columns={5} />
          </After>
        )}
        <div class="two read-end">
          <ListChooser
            list={draft.list}
            lists={view.server.kind === 'ready' ? view.server.lists : []}
            onChoose={(list) => void flow.send({ kind: 'listChosen', list })}
          />
          {table && <ReadFindings table={table} read={draft.read} onRead={read} />}
        </div>
      </main>
      <Foot
        tally={
          <span class="row">
            <Icon name="shield" tone="faint" />
            Nothing leaves this browser until you import.
          </span>
        }
      >
        <Button
          look="primary"
          after="arrow"
          busy={isBusy}
          off={whyNotOn(draft)}
          onClick={() => void flow.send({ kind: 'wentTo', step: 'map' })}
        >
          Map columns
        </Button>
      </Foot>
    </>
  );
}

function whyNotOn(draft: ReadDraft): string | null {
  const blockers = blockersOf(draft, 'map');
  return blockers.some((blocker) => blocker.kind === 'listUnnamed') ? 'The list needs a name' : null;
}
