import { RETENTION } from '#shared/limits.ts';
import { receiptSentences } from '#shared/sentences/en.ts';
import type { ReceiptDraft } from '../flow/draft.ts';
import type { ImportFlow } from '../flow/import-flow.ts';
import type { ReceiptView, ServerView } from '../flow/view.ts';
import { importHref, undoHref } from '../flow/workspace/imports-place.ts';
import { importedLeadsHref } from '../flow/workspace/leads-place.ts';
import type { Host } from './host.ts';
import { count, countOf, day, plural } from './numbers.ts';
import { Button, LinkButton } from './parts/button.tsx';
import { BUCKET_MARKS, Leadline, soundingsOf } from './parts/leadline.tsx';
import { SaveButton } from './parts/save-button.tsx';
import { skippedWords } from './read-options.ts';
import { ReceiptBuckets } from './receipt-buckets.tsx';
import { duplicateWords, NEED_WORDS } from './rule-words.ts';

const DAYS_KEPT = RETENTION.originalsMs / 86_400_000;

type ReceiptStepProps = {
  readonly draft: ReceiptDraft;
  readonly receipt: ReceiptView;
  readonly server: ServerView;
  readonly flow: ImportFlow;
  readonly host: Host;
};

/** What was stored, counted by the server: plain sentences, the bar, every row once. */
export function ReceiptStep({ draft, receipt, server, flow, host }: ReceiptStepProps) {
  const [first, ...others] = receiptSentences(receipt);
  const soundings = soundingsOf(BUCKET_MARKS.map(([bucket]) => [bucket, receipt[bucket]] as const));
  const mayUndo = server.kind !== 'ready' || server.withheld?.undo !== true;
  const kept = receipt.created + receipt.addedToList + receipt.updated;
  const again = (
    <Button look="primary" onClick={() => void flow.startOver()}>
      Import another file
    </Button>
  );
  return (
    <main class="work">
      <div class="split top">
        <div class="lede">
          <h1 class="headline">{first}</h1>
          {others.length > 0 && <p class="supporting">{others.join(' ')}</p>}
        </div>
        <div class="row wrap">
          {kept > 0 && <Button onClick={() => host.openWorkspace(importedLeadsHref(receipt.importId))}>Show these leads</Button>}
          {again}
        </div>
      </div>
      <section aria-label={`Where ${countOf(receipt.total, 'row')} went`} class="stack">
        <Leadline soundings={soundings} />
        <p class="small faint">
          {receipt.changedSincePreview === 0
            ? 'Exactly as previewed: nothing changed in between.'
            : `${countOf(receipt.changedSincePreview, 'row')} ended elsewhere than previewed: the workspace had changed in between.`}
        </p>
      </section>
      <div class="two">
        <ReceiptBuckets
          receipt={receipt}
          rule={draft.policy.onDuplicate}
          action={(bucket) => (
            <LinkButton
              label={`${bucket === 'review' ? 'Decide' : 'Show'} ${countOf(receipt[bucket], 'row')}`}
              onClick={() => host.openWorkspace(importHref(receipt.importId, bucket))}
            >
              {bucket === 'review' ? 'Decide' : 'Show'}
            </LinkButton>
          )}
        />
        <div class="stack stack-6">
          {receipt.rejected > 0 && <RejectedRows receipt={receipt} flow={flow} host={host} />}
          {receipt.undoableUntil && kept > 0 && mayUndo && (
            <UndoSection until={receipt.undoableUntil} importId={receipt.importId} host={host} />
          )}
          <section class="sect ruled-top">
            <h2 class="sr">About this import</h2>
            <dl class="facts small">
              <dt>File</dt>
              <dd class="cut" title={draft.file.name}>
                {draft.file.name}
              </dd>
              {receipt.list && (
                <>
                  <dt>List</dt>
                  <dd class="cut" title={receipt.list.name}>
                    {receipt.list.name}
                    {receipt.list.created && ', new'}
                  </dd>
                </>
              )}
              <dt>Rule</dt>
              <dd>{ruleOf(draft)}</dd>
              {skippedWords(draft.table.facts) && (
                <>
                  <dt>Skipped</dt>
                  <dd>{skippedWords(draft.table.facts)}</dd>
                </>
              )}
            </dl>
          </section>
        </div>
      </div>
    </main>
  );
}

function UndoSection({ until, importId, host }: { readonly until: string; readonly importId: string; readonly host: Host }) {
  return (
    <section class="sect ruled-top">
      <h2>Undo</h2>
      <p class="dim">Until {day(Date.parse(until), 0)}. What somebody has edited since stays, and is listed.</p>
      <div>
        <Button onClick={() => host.openWorkspace(undoHref(importId))}>Undo this import</Button>
      </div>
    </section>
  );
}

function ruleOf({ policy }: ReceiptDraft): string {
  return `${duplicateWords(policy)}; ${NEED_WORDS[policy.require]}`;
}

function RejectedRows({ receipt, flow, host }: Omit<ReceiptStepProps, 'draft' | 'server'>) {
  return (
    <section class="sect">
      <h2>Rejected rows</h2>
      <p class="dim">
        Your own columns, plus the line and the reason. Mend {plural(receipt.rejected, 'it', 'them')} and choose the file again: only{' '}
        {plural(receipt.rejected, 'that row is', `those ${count(receipt.rejected)} are`)} imported.
      </p>
      <div>
        <SaveButton
          make={() => flow.rejectedFile()}
          save={host.saveFile}
          failed={`The server didn’t give them out. They are kept there for ${DAYS_KEPT} days: try again when it answers.`}
        >
          Download {countOf(receipt.rejected, 'rejected row')}
        </SaveButton>
      </div>
    </section>
  );
}
