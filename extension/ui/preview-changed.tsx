import type { Decision } from '#shared/plan/plan.ts';
import type { PlanChange } from '../flow/draft.ts';
import { count, countOf } from './numbers.ts';
import { Note } from './parts/note.tsx';

const WORDS: { readonly [D in Decision]: string } = {
  create: 'new',
  auto: 'new',
  add: 'added to the list',
  update: 'updated',
  duplicate: 'duplicate',
  review: 'for you to decide',
  suppress: 'opted out',
  reject: 'rejected',
  exclude: 'taken out',
  blank: 'blank',
};
const LINES_SHOWN = 5;

/** The workspace has changed since the preview: what became different, before anything is written. */
export function PreviewChanged({ change }: { readonly change: PlanChange }) {
  const { counts, total, rows } = change;
  const shown = rows.slice(0, LINES_SHOWN);
  return (
    <Note
      tone="warn"
      icon="warn"
      alert
      fact={`The workspace has changed: ${countOf(total, 'row')} ${total === 1 ? 'is' : 'are'} decided anew.`}
    >
      Nothing is written yet. This is the new plan: import again if it is what you want.
      <ul class="change-list">
        {counts.map(({ from, to, values, count: many }) => (
          <li key={`${from} ${to} ${values}`}>
            {values
              ? valuesWords(many, to)
              : from === to
                ? `${count(many)} ${WORDS[to]}, of another lead`
                : `${count(many)} ${WORDS[from]} → ${WORDS[to]}`}
          </li>
        ))}
      </ul>
      <span class="faint">
        {shown
          .map(({ line, from, to, values }) => `line ${count(line)}: ${values ? 'other values' : `${WORDS[from]} → ${WORDS[to]}`}`)
          .join(', ')}
        {total > shown.length && ' …'}
      </span>
    </Note>
  );
}

function valuesWords(many: number, decision: Decision): string {
  const what = decision === 'update' ? 'update' : 'addition';
  return `${countOf(many, what)} of ${many === 1 ? 'a lead' : 'leads'} that somebody changed since: see what would be replaced now`;
}
