import { useMemo, useRef, useState } from 'preact/hooks';
import type { PlanView, TableDraft } from '../flow/draft.ts';
import type { ImportFlow } from '../flow/import-flow.ts';
import type { ImportView, ServerView } from '../flow/view.ts';
import { CheckReview } from './check-review.tsx';
import { DuplicateRule, mayNotOverwrite, OVERWRITE_WITHHELD } from './duplicate-rule.tsx';
import type { Host } from './host.ts';
import { count, countOf } from './numbers.ts';
import { OptOutNote } from './opt-out-note.tsx';
import { Button, LinkButton } from './parts/button.tsx';
import { Foot } from './parts/foot.tsx';
import { Note } from './parts/note.tsx';
import { SaveButton } from './parts/save-button.tsx';
import { Planning } from './planning.tsx';
import { PreviewChanged } from './preview-changed.tsx';
import { PreviewChanges } from './preview-changes.tsx';
import { PreviewExtras } from './preview-extras.tsx';
import { PreviewPlan, planPart } from './preview-plan.tsx';
import { PreviewRows } from './preview-rows.tsx';
import { PreviewTable } from './preview-table.tsx';
import { ServerNote } from './server-state.tsx';
import { EditedSince } from './sheet-since.tsx';
import { useConfirm } from './use-confirm.ts';
import { useFixes } from './use-fixes.ts';
import { Toast } from './workspace/toast.tsx';

const REVIEW = { decisions: ['review'] } as const;

type PreviewStepProps = {
  readonly draft: TableDraft;
  readonly view: ImportView;
  readonly flow: ImportFlow;
  readonly host: Host;
  readonly onSay: (text: string) => void;
};

/** The plan over every row and what becomes of the first ones; the number on the button is what is written. */
export function PreviewStep({ draft, view, flow, host, onSay }: PreviewStepProps) {
  const lastPlan = useRef<PlanView | null>(null); // stays in sight while another rule is worked in
  lastPlan.current = draft.plan ?? lastPlan.current;
  const plan = lastPlan.current;
  const back = (
    <Button look="quiet" onClick={() => void flow.send({ kind: 'wentTo', step: 'check' })}>
      Back
    </Button>
  );
  if (!plan) return <Planning title="Preview" draft={draft} view={view} back={back} />;
  return <Plan draft={draft} plan={plan} isOld={!draft.plan} view={view} flow={flow} host={host} onSay={onSay} back={back} />;
}

type PlanProps = PreviewStepProps & { readonly plan: PlanView; readonly isOld: boolean; readonly back: preact.ComponentChildren };

function Plan({ draft, plan, isOld, view, flow, host, onSay, back }: PlanProps) {
  const [open, setOpen] = useState<string | null>(null);
  const part = planPart(open);
  const labels = useMemo(() => new Map(draft.table.suggestions.map((one) => [one.index, one.label])), [draft.table]);
  const { fix, toast, close } = useFixes(flow, plan, labels, onSay);
  const { summary, willWrite } = plan;
  const why = whyNotYet(draft, plan, view.server);
  const confirm = useConfirm(flow, plan, why !== null || view.failure !== null);
  const notWritten = summary.total - willWrite;
  const shownRows = `First ${countOf(plan.preview.length, 'row')} and what becomes of ${plan.preview.length === 1 ? 'it' : 'them'}`;
  return (
    <>
      <main class="work" aria-busy={isOld ? 'true' : undefined}>
        <div class="split">
          <div class="lede">
            <h1>
              {countOf(willWrite, 'lead')} will be written to {draft.list.name}
            </h1>
            <p>
              {comparedWith(draft, plan, view.server)}{' '}
              {notWritten > 0 && (
                <>
                  {countOf(notWritten, 'row')} will not be, each for a reason:{' '}
                  <LinkButton onClick={() => void flow.send({ kind: 'wentTo', step: 'check' })}>see them</LinkButton>
                </>
              )}
            </p>
          </div>
          <SaveButton
            make={() => flow.cleanedFile()}
            save={host.saveFile}
            failed="The file could not be made. Nothing is lost: try again."
            off={summary.valid === 0 ? 'No row is valid' : null}
          >
            Download the cleaned file
          </SaveButton>
        </div>
        <section class="stack stack-4" aria-label={`The plan for ${countOf(summary.total, 'row')}`}>
          <PreviewPlan summary={summary} open={open} onOpen={setOpen} />
        </section>
        <ServerNote server={view.server} onRetry={() => void flow.retry()} onOptions={host.openOptions} />
        {draft.planChanged && <PreviewChanged change={draft.planChanged} />}
        <OptOutNote optOuts={plan.optOuts} flow={flow} />
        <EditedSince draft={draft} plan={plan} flow={flow} />
        {summary.decisions.review > 0 && open !== 'review' && (
          <Note
            tone="ask"
            icon="ask"
            fact={`${countOf(summary.decisions.review, 'row')} may be somebody you have already.`}
            buttons={
              <Button small onClick={() => setOpen('review')}>
                Decide {countOf(summary.decisions.review, 'row')}
              </Button>
            }
          >
            They share a phone with another person, or match several leads. They are not written. Decide now, or within 30 days from the
            receipt.
          </Note>
        )}
        <div class="two">
          {part?.id === 'review' ? (
            <CheckReview flow={flow} plan={plan} filter={REVIEW} onFix={fix} />
          ) : part ? (
            <PreviewRows key={part.id} flow={flow} plan={plan} part={part} onClose={() => setOpen(null)} />
          ) : (
            <section class="sect">
              <h2>{shownRows}</h2>
              <PreviewTable rows={plan.preview} title={shownRows} />
            </section>
          )}
          <div class="stack stack-6">
            <DuplicateRule draft={draft} server={view.server} flow={flow} />
            {summary.decisions.update > 0 && <PreviewChanges flow={flow} plan={plan} onSeeAll={() => setOpen('updated')} />}
            <PreviewExtras draft={draft} server={view.server} onSave={confirm.save} />
          </div>
        </div>
        {toast && <Toast toast={toast} onClose={close} />}
      </main>
      <Foot
        tally={
          <span>
            {countOf(summary.total, 'row')} = <b class="num">{count(willWrite)}</b> written + <b class="num">{count(notWritten)}</b> not
          </span>
        }
      >
        {back}
        <Button look="primary" busy={confirm.waits || view.busy?.kind === 'sealing'} off={why} sayWhy onClick={confirm.click}>
          Import {countOf(willWrite, 'lead')}
        </Button>
      </Foot>
    </>
  );
}

/** What stands in the way of importing, in words; null when nothing does. */
function whyNotYet(draft: TableDraft, plan: PlanView, server: ServerView): string | null {
  if (plan.willWrite === 0) return 'No row would be written';
  if (isListGone(draft, server)) return 'The list is gone: choose another one';
  if (draft.policy.onDuplicate === 'overwrite' && mayNotOverwrite(server)) return OVERWRITE_WITHHELD;
  if (draft.policy.onDuplicate === 'overwrite' && draft.policy.overwriteFields.length === 0) return 'Choose the fields to overwrite';
  if (server.kind === 'unpaired') return 'Connect this browser first';
  return server.kind === 'failed' ? 'The server is not there' : null;
}

/** Somebody has deleted it since it was chosen. */
function isListGone({ list }: TableDraft, server: ServerView): boolean {
  return list.kind === 'existing' && server.kind === 'ready' && !server.lists.some(({ id }) => id === list.id);
}

function comparedWith(draft: TableDraft, plan: PlanView, server: ServerView): string {
  if (isListGone(draft, server)) return `The list ${draft.list.name} was deleted. Choose another one, and the workspace is compared.`;
  if (plan.matched) return 'Checked against the workspace.';
  return server.kind === 'ready' || server.kind === 'checking'
    ? 'Compared within the file; the workspace is compared when you import.'
    : 'Compared within the file only: the workspace can’t be asked.';
}
