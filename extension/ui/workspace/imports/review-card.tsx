import { useMemo } from 'preact/hooks';
import type { ImportState } from '#shared/api/imports.ts';
import type { LeadAnswer } from '#shared/api/lead-schema.ts';
import { isProvider } from '#shared/crm/record.ts';
import type { ReviewAnswer } from '#shared/plan/answer-review.ts';
import type { Problem } from '#shared/problems.ts';
import { ok } from '#shared/result.ts';
import { hrefOf } from '../../../flow/workspace/address.ts';
import { compareRow, rowName } from '../../../flow/workspace/compare-row.ts';
import type { ImportRow } from '../../../flow/workspace/imports-place.ts';
import { count } from '../../numbers.ts';
import { Button } from '../../parts/button.tsx';
import { sourceName } from '../import-name.ts';
import { nameOf } from '../lead-name.ts';
import { useAsked } from '../use-asked.ts';
import type { Workspace } from '../workspace.ts';
import { RowProblems } from './import-rows.tsx';

/** `leadId`: which of several it is. */
export type Answered = { readonly as: ReviewAnswer; readonly leadId?: string };

type ReviewCardProps = {
  readonly found: ImportState;
  readonly row: ImportRow;
  readonly workspace: Workspace;
  readonly isBusy: boolean;
  readonly onAnswer: (answered: Answered) => void;
};

/** Beyond these nobody compares. */
const SHOWN = 5;

/** One row beside the leads it may be about, field by field, and the three answers. */
export function ReviewCard({ found, row, workspace, isBusy, onAnswer }: ReviewCardProps) {
  const { leads } = workspace;
  const { candidates = [] } = row;
  const asked = useAsked(async () => {
    const answers = await Promise.all(candidates.slice(0, SHOWN).map((id) => leads.lead(id)));
    return ok(answers.flatMap((answer) => (answer.ok ? [answer.value] : [])));
  }, [leads, candidates.join(' ')]);
  const known = asked.value ?? [];
  const fields = useMemo(() => compareRow(row, found, known), [row, found, asked.value]);
  const isRecord = isProvider(found.source);
  const place = isRecord ? 'Record' : `Line ${count(row.line)}`;
  const source = isRecord ? sourceName(found.source) : 'the file';
  const title = rowName(row, found) || place;
  return (
    <article class="stack" aria-label={`${place}: ${title}`} aria-busy={isBusy ? 'true' : undefined}>
      <header class="row wrap">
        <h3>{title}</h3>
        {!isRecord && <span class="small faint num">{place}</span>}
      </header>
      <RowProblems problems={isRecord ? row.problems.map(ofRecord) : row.problems} headers={found.headers ?? []} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section class="scroll" tabIndex={0} aria-label={`${title} in ${source}, and who it may be`}>
        <table class="table flush compare">
          <thead>
            <tr>
              <td />
              <th scope="col">In {source}</th>
              {known.map((lead) => (
                <th key={lead.id} scope="col">
                  <a href={hrefOf('leads', [lead.id])}>{nameOf(lead)}</a>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <tr key={field.label}>
                <th scope="row">{field.label}</th>
                <td class={field.row === '' ? 'blank' : undefined}>{field.row}</td>
                {known.map((lead, index) => (
                  <td key={lead.id} class={cellClass(field.row, field.leads[index] ?? '')}>
                    {field.leads[index]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {candidates.length === 0 && <p class="small dim">It shares nothing with a stored lead any more.</p>}
      <div class="row wrap">
        {known.map((lead) => (
          <SameButton key={lead.id} lead={lead} isOnly={candidates.length === 1} isBusy={isBusy} onAnswer={onAnswer} />
        ))}
        <Button small busy={isBusy} onClick={() => onAnswer({ as: 'create' })}>
          Another person: import
        </Button>
        <Button small look="quiet" busy={isBusy} onClick={() => onAnswer({ as: 'skip' })}>
          Leave out
        </Button>
      </div>
    </article>
  );
}

/** What is said of a record names no line of a file: it has none. */
function ofRecord(problem: Problem): Problem {
  const { line, ...data } = problem.data ?? {};
  return line === undefined ? problem : { ...problem, data: { ...data, record: 'yes' } };
}

type SameButtonProps = {
  readonly lead: LeadAnswer;
  readonly isOnly: boolean;
  readonly isBusy: boolean;
  readonly onAnswer: (answered: Answered) => void;
};

function SameButton({ lead, isOnly, isBusy, onAnswer }: SameButtonProps) {
  return (
    <Button small look="tonal" busy={isBusy} onClick={() => onAnswer({ as: 'same', leadId: lead.id })}>
      {isOnly ? 'Same person' : `Same person as ${nameOf(lead)}`}
    </Button>
  );
}

function cellClass(row: string, lead: string): string | undefined {
  if (lead === '') return 'blank';
  return row.trim().toLowerCase() === lead.trim().toLowerCase() ? 'agrees' : undefined;
}
