import { useRef } from 'preact/hooks';
import type { PlanView, TableDraft } from '../flow/draft.ts';
import type { ImportFlow } from '../flow/import-flow.ts';
import type { ImportView, ServerView } from '../flow/view.ts';
import { DuplicateRule } from './duplicate-rule.tsx';
import type { Host } from './host.ts';
import { count, countOf } from './numbers.ts';
import { Button, LinkButton } from './parts/button.tsx';
import { Foot } from './parts/foot.tsx';
import { Leadline, LeadlineKeys, soundingsOfPlan } from './parts/leadline.tsx';
import { Note } from './parts/note.tsx';
import { SaveButton } from './parts/save-button.tsx';
import { Planning } from './planning.tsx';
import { PreviewTable } from './preview-table.tsx';
import { ServerNote } from './server-state.tsx';

type PreviewStepProps = { readonly draft: TableDraft; readonly view: ImportView; readonly flow: ImportFlow; readonly host: Host };

/** The plan over every row and the first records as they will be stored; the number on the button is what is written. */
export function PreviewStep({ draft, view, flow, host }: PreviewStepProps) {
  const lastPlan = useRef<PlanView | null>(null); // stays in sight while another rule is worked in
  lastPlan.current = draft.plan ?? lastPlan.current;
  const plan = lastPlan.current;
  const back = (
    <Button look="quiet" onClick={() => void flow.send({ kind: 'wentTo', step: 'check' })}>
      Back
    </Button>
  );
  if (!plan) return <Planning title="Preview" draft={draft} view={view} back={back} />;
  return <Plan draft={draft} plan={plan} isOld={!draft.plan} view={view} flow={flow} host={host} back={back} />;
}

type PlanProps = PreviewStepProps & { readonly plan: PlanView; readonly isOld: boolean; readonly back: preact.ComponentChildren };

function Plan({ draft, plan, isOld, view, flow, host, back }: PlanProps) {
  const { summary, willWrite } = plan;
  const notWritten = summary.total - willWrite;
  const soundings = soundingsOfPlan(summary);
  const shownRows = `First ${countOf(plan.preview.length, 'record')} as they will be stored`;
  return (
    <>
      <main class="work" aria-busy={isOld ? 'true' : undefined}>
        <div class="split">
          <div class="lede">
            <h1>
              {countOf(willWrite, 'lead')} will be written to {draft.list.name}
            </h1>
            <p>
              {comparedWith(plan, view.server)}{' '}
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
          <Leadline soundings={soundings} />
          <LeadlineKeys soundings={soundings} />
        </section>
        <ServerNote server={view.server} onRetry={() => void flow.retry()} onOptions={host.openOptions} />
        {summary.decisions.review > 0 && (
          <Note tone="ask" icon="ask" fact={`${countOf(summary.decisions.review, 'row')} may be somebody you have already.`}>
            They share a phone with another person, or match several leads. They are not written, and stand in the receipt.
          </Note>
        )}
        <div class="two">
          <section class="sect">
            <h2>{shownRows}</h2>
            <PreviewTable rows={plan.preview} title={shownRows} />
          </section>
          <DuplicateRule draft={draft} flow={flow} />
        </div>
      </main>
      <Foot
        tally={
          <span>
            {countOf(summary.total, 'row')} = <b class="num">{count(willWrite)}</b> written + <b class="num">{count(notWritten)}</b> not
          </span>
        }
      >
        {back}
        <Button
          look="primary"
          busy={isOld || view.busy?.kind === 'sealing'}
          off={whyNotYet(draft, plan, view.server)}
          sayWhy
          onClick={() => void flow.confirm()}
        >
          Import {countOf(willWrite, 'lead')}
        </Button>
      </Foot>
    </>
  );
}

/** What stands in the way of importing, in words; null when nothing does. */
function whyNotYet(draft: TableDraft, plan: PlanView, server: ServerView): string | null {
  if (plan.willWrite === 0) return 'No row would be written';
  if (draft.policy.onDuplicate === 'overwrite' && draft.policy.overwriteFields.length === 0) return 'Choose the fields to overwrite';
  if (server.kind === 'unpaired') return 'Connect this browser first';
  return server.kind === 'failed' ? 'The server is not there' : null;
}

function comparedWith(plan: PlanView, server: ServerView): string {
  if (plan.matched) return 'Checked against the workspace.';
  return server.kind === 'ready' || server.kind === 'checking'
    ? 'Compared within the file; the workspace is compared when you import.'
    : 'Compared within the file only: the workspace can’t be asked.';
}
