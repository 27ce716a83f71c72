import { useState } from 'preact/hooks';
import type { ImportState, Receipt } from '#shared/api/imports.ts';
import type { ReviewAnswer } from '#shared/plan/answer-review.ts';
import type { ImportRow } from '../../../flow/workspace/imports-place.ts';
import { countOf } from '../../numbers.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Note } from '../../parts/note.tsx';
import { failureWords } from '../failure-words.ts';
import type { Workspace } from '../workspace.ts';
import { untilWords } from './import-words.ts';
import { type Answered, ReviewCard } from './review-card.tsx';

type ReviewRowsProps = {
  readonly found: ImportState;
  readonly rows: readonly ImportRow[];
  readonly workspace: Workspace;
  readonly onDecided: (receipt: Receipt) => void;
};

const ALIKE = {
  same: {
    button: 'All the same person',
    text: 'Each row goes to the only lead it may be about, by the rule of the import. Rows with several such leads stay here.',
  },
  create: { button: 'Import all as new leads', text: 'Each row becomes a lead of its own, beside the one it resembles.' },
  skip: { button: 'Leave all out', text: 'None of these rows is written.' },
} as const satisfies Record<ReviewAnswer, { readonly button: string; readonly text: string }>;
const ANSWERS = ['same', 'create', 'skip'] as const satisfies readonly ReviewAnswer[];

/** Rows that were kept aside, each beside the leads it may be about: decided one by one or all alike. */
export function ReviewRows({ found, rows, workspace, onDecided }: ReviewRowsProps) {
  const [asks, setAsks] = useState<ReviewAnswer | null>(null);
  const [busy, setBusy] = useState<number | 'all' | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const params = { importId: found.importId };
  const send = async (what: number | 'all', body: Parameters<typeof decide>[0]) => {
    if (busy !== null) return;
    setBusy(what);
    setTrouble(null);
    const receipt = await decide(body);
    setBusy(null);
    if (!receipt.ok) return setTrouble(failureWords(receipt.error));
    workspace.tell({ text: decidedWords(found.counters.review - receipt.value.review, receipt.value.review) });
    onDecided(receipt.value);
  };
  function decide(body: NonNullable<Parameters<typeof workspace.server.ask<'decideRows'>>[1]['body']>) {
    return workspace.server.ask('decideRows', { params, body });
  }
  const answer = (line: number, { as, leadId }: Answered) =>
    void send(line, { decisions: [{ line, as, ...(leadId === undefined ? {} : { leadId }) }] });
  return (
    <>
      <p class="dim">
        {found.undoableUntil && `${untilWords(found.undoableUntil)}. `}These rows were not written: each may be somebody you already have.
      </p>
      {found.counters.review > 1 && (
        <fieldset class="row wrap" aria-label={`All ${countOf(found.counters.review, 'row')} alike`}>
          {ANSWERS.map((as) => (
            <Button key={as} small busy={busy === 'all' && asks === as} onClick={() => setAsks(as)}>
              {ALIKE[as].button}
            </Button>
          ))}
        </fieldset>
      )}
      {trouble !== null && (
        <Note tone="bad" icon="bad" fact="Nothing is decided." alert>
          {trouble}
        </Note>
      )}
      <ul class="review" aria-label="Rows to decide">
        {rows.map((row) => (
          <li key={row.line}>
            <ReviewCard found={found} row={row} workspace={workspace} isBusy={busy === row.line} onAnswer={(as) => answer(row.line, as)} />
          </li>
        ))}
      </ul>
      {asks !== null && busy === null && (
        <Dialog
          title={`Decide ${countOf(found.counters.review, 'row')} alike?`}
          text={ALIKE[asks].text}
          keep="One by one"
          act={ALIKE[asks].button}
          onKeep={() => setAsks(null)}
          onAct={() => {
            setAsks(null);
            void send('all', { all: { as: asks } });
          }}
        />
      )}
    </>
  );
}

function decidedWords(decided: number, left: number): string {
  const rest = left === 0 ? 'None is left.' : `${countOf(left, 'row')} left.`;
  return `${countOf(decided, 'row')} decided. ${rest}`;
}
