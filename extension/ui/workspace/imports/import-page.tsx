import { useEffect, useState } from 'preact/hooks';
import type { UndoAnswer } from '#shared/api/closed-imports.ts';
import type { ImportState } from '#shared/api/imports.ts';
import { isProvider } from '#shared/crm/record.ts';
import type { Bucket } from '#shared/plan/plan.ts';
import { closingOf, importHref } from '../../../flow/workspace/imports-place.ts';
import { importedLeadsHref } from '../../../flow/workspace/leads-place.ts';
import { countOf, plural } from '../../numbers.ts';
import { Icon } from '../../parts/icon.tsx';
import { BUCKET_MARKS, Leadline, LeadlineKeys, soundingsOf } from '../../parts/leadline.tsx';
import { SaveButton } from '../../parts/save-button.tsx';
import { ReceiptBuckets } from '../../receipt-buckets.tsx';
import { Empty } from '../empty.tsx';
import { importName, sourceName } from '../import-name.ts';
import { Loading } from '../loading.tsx';
import { PageBar } from '../page-bar.tsx';
import { useAsked } from '../use-asked.ts';
import type { Workspace } from '../workspace.ts';
import { CampaignOffers } from './campaign-offer.tsx';
import { ImportFacts } from './import-facts.tsx';
import { importSentences, rowsHere, stateWords } from './import-words.ts';
import { KeptLeads } from './kept-leads.tsx';
import { UndoImport } from './undo-import.tsx';

type ImportPageProps = { readonly id: string; readonly asksToUndo: boolean; readonly workspace: Workspace };

/** One import as its receipt: the plain lines, the bar, every row once, and what can still be done with it. */
export function ImportPage({ id, asksToUndo, workspace }: ImportPageProps) {
  const { server, host } = workspace;
  const asked = useAsked(() => server.ask('readImport', { params: { importId: id } }), [server, id]);
  const [undone, setUndone] = useState<UndoAnswer | null>(null);
  const found = asked.value;
  const name = found ? importName(found, host.now()) : null;
  useEffect(() => {
    if (name !== null) document.title = `${name} · ${workspace.facts.name}`;
  }, [name, workspace.facts.name]);
  return (
    <>
      <PageBar
        title={
          <a class="back" href="#/imports">
            <Icon name="back" />
            Imports
          </a>
        }
        host={host}
      />
      <main class="work">
        {found === null &&
          (asked.failure?.kind === 'notFound' ? (
            <Empty icon="import" title="There is no such import" actions={<a href="#/imports">Show all imports</a>}>
              The address may be mistyped, or belong to another workspace.
            </Empty>
          ) : (
            <Loading failure={asked.failure} host={host} onRetry={asked.again} />
          ))}
        {found && (
          <ImportReceipt
            found={found}
            undone={undone}
            asksToUndo={asksToUndo}
            workspace={workspace}
            onUndone={(answer) => {
              setUndone(answer);
              asked.again();
              workspace.refresh();
            }}
          />
        )}
      </main>
    </>
  );
}

type ImportReceiptProps = {
  readonly found: ImportState;
  readonly undone: UndoAnswer | null;
  readonly asksToUndo: boolean;
  readonly workspace: Workspace;
  readonly onUndone: (answer: UndoAnswer) => void;
};

function ImportReceipt({ found, undone, asksToUndo, workspace, onUndone }: ImportReceiptProps) {
  const { host, server } = workspace;
  const { importId, counters, total, fileName, source } = found;
  const [first, ...others] = importSentences(found);
  const state = stateWords(found, host.now());
  const soundings = soundingsOf(BUCKET_MARKS.map(([bucket]) => [bucket, counters[bucket]] as const));
  const closing = closingOf(found, workspace.facts, workspace.canEdit, host.now());
  const kept = counters.created + counters.addedToList + counters.updated;
  const isFromCrm = isProvider(source);
  const isComing = found.state === 'receiving';
  const show = (bucket: Bucket) => (
    <a href={importHref(importId, bucket)} aria-label={`${bucketAct(bucket, closing.canDecide)} ${countOf(counters[bucket], 'row')}`}>
      {bucketAct(bucket, closing.canDecide)}
    </a>
  );
  return (
    <>
      <div class="split top">
        <div class="lede">
          {state && (
            <p>
              <span class="badge" data-tone={state.tone}>
                {state.words}
              </span>
            </p>
          )}
          <h2 class="headline">{first}</h2>
          {others.length > 0 && <p class="supporting">{others.join(' ')}</p>}
        </div>
        {kept > 0 && found.state !== 'undone' && (
          <a class="btn" href={importedLeadsHref(importId)}>
            Show these leads
          </a>
        )}
      </div>
      {!isComing && found.state !== 'undone' && workspace.canEdit && kept > 0 && found.list.id !== null && (
        <CampaignOffers listId={found.list.id} workspace={workspace} />
      )}
      <section aria-label={`Where ${countOf(total, 'row')} went`} class="stack">
        <Leadline soundings={soundings} rest={Math.max(0, total - rowsHere(found))} />
        {isComing && <LeadlineKeys soundings={soundings} />}
        {!isComing && (found.changedSincePreview ?? 0) > 0 && (
          <p class="small faint">
            {countOf(found.changedSincePreview ?? 0, 'row')} ended elsewhere than previewed: the workspace had changed in between.
          </p>
        )}
      </section>
      <div class="two">
        <ReceiptBuckets
          receipt={{ ...counters, total }}
          what={isFromCrm ? ['record', `in ${sourceName(source)}`] : undefined}
          rule={found.policy?.onDuplicate ?? 'skip'}
          action={show}
        />
        <div class="stack stack-6">
          {counters.rejected > 0 && (
            <section class="sect">
              <h3>Rejected {isFromCrm ? 'records' : 'rows'}</h3>
              <p class="dim">
                {isFromCrm
                  ? `${plural(counters.rejected, 'Its', 'Their')} values, plus the reason. Mend ${plural(counters.rejected, 'it', 'them')} in ${sourceName(source)}: the next run takes ${plural(counters.rejected, 'it', 'them')} in.`
                  : `Your own columns, plus the line and the reason. Mend ${plural(counters.rejected, 'it', 'them')} and choose the file again: only ${plural(counters.rejected, 'that row is', 'those are')} imported.`}
              </p>
              <div>
                <SaveButton
                  make={async () => {
                    const csv = await server.rejectedCsv(importId);
                    if (!csv.ok) throw new Error(csv.error.kind);
                    return new File([csv.value], `rejected ${fileName ?? source}.csv`.replace(/(\.csv)+$/i, '.csv'), { type: 'text/csv' });
                  }}
                  save={host.saveFile}
                  failed="The server didn’t give them out. Try again when it answers."
                >
                  Download {countOf(counters.rejected, isFromCrm ? 'rejected record' : 'rejected row')}
                </SaveButton>
              </div>
            </section>
          )}
          <UndoImport found={found} closing={closing} asks={asksToUndo} workspace={workspace} onUndone={onUndone} />
          {found.undo && found.undo.keptCount > 0 && <KeptLeads found={found} undone={undone} workspace={workspace} onAsked={onUndone} />}
          <ImportFacts found={found} now={host.now()} />
        </div>
      </div>
    </>
  );
}

function bucketAct(bucket: Bucket, canDecide: boolean): string {
  if (bucket === 'review' && canDecide) return 'Decide';
  return bucket === 'suppressed' || bucket === 'rejected' ? 'Show why' : 'Show';
}
