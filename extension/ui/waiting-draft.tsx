import { RETENTION } from '#shared/limits.ts';
import type { ReadDraft, TableDraft } from '../flow/draft.ts';
import { wantedRows } from '../flow/wanted-rows.ts';
import type { Host } from './host.ts';
import { count, countOf, day } from './numbers.ts';
import { Button } from './parts/button.tsx';
import { FileButton } from './parts/file-button.tsx';
import { Icon } from './parts/icon.tsx';
import { StepBar } from './parts/steps.tsx';

const GO_ON = { read: 'Continue reading', map: 'Continue matching', check: 'Continue checking', preview: 'Continue to import' } as const;

type WaitingDraftProps = {
  readonly draft: ReadDraft | TableDraft;
  readonly host: Host;
  readonly onGoOn: () => void;
  readonly onDiscard: () => void;
  readonly onFile: (file: File) => void;
};

/** A draft from before waits: going on is one click, and nothing is lost. */
export function WaitingDraft({ draft, host, onGoOn, onDiscard, onFile }: WaitingDraftProps) {
  return (
    <main class="work home">
      <section class="stack stack-4">
        <div class="row waiting-head">
          <span class="tile">
            <Icon name="file" />
          </span>
          <div class="stack stack-1">
            <h1 class="plain cut">{draft.file.name}</h1>
            <p class="dim">{stateOf(draft)}</p>
          </div>
        </div>
        <StepBar current={draft.step} />
        <div class="row wrap">
          <Button look="primary" onClick={onGoOn}>
            {GO_ON[draft.step]}
          </Button>
          <Button look="quiet" onClick={onDiscard}>
            Discard
          </Button>
          <span class="small faint push nowrap">Kept until {day(draft.touchedAt + RETENTION.draftMs, host.now())}</span>
        </div>
      </section>
      <section class="stack ruled-top">
        <h2>Or start with another file</h2>
        <p class="dim">It takes the place of this draft.</p>
        <div>
          <FileButton onFile={onFile} onElsewhere={host.chooseInTab}>
            Choose another file
          </FileButton>
        </div>
      </section>
    </main>
  );
}

function stateOf(draft: ReadDraft | TableDraft): string {
  if (draft.step === 'read') {
    if (draft.reading.kind === 'failed') return 'It could not be read as it is.';
    return draft.reading.kind === 'ready' ? `${countOf(wantedRows(draft, draft.reading.table), 'row')}.` : 'Not read yet.';
  }
  const rows = `${countOf(wantedRows(draft, draft.table), 'row')}.`;
  return draft.plan && draft.plan.summary.invalid > 0 ? `${rows} ${count(draft.plan.summary.invalid)} are invalid.` : rows;
}
