import { isFieldId } from '#shared/lead/fields.ts';
import type { FieldChange } from '#shared/plan/plan.ts';
import type { PlanView } from '../flow/draft.ts';
import type { ImportFlow } from '../flow/import-flow.ts';
import { personWords, RowsFailed } from './check-review.tsx';
import { displayName } from './display-name.ts';
import { targetLabel } from './map-choices.ts';
import { countOf } from './numbers.ts';
import { LinkButton } from './parts/button.tsx';
import { Icon } from './parts/icon.tsx';
import { Skeleton } from './parts/skeleton.tsx';
import { useRowList } from './use-row-list.ts';

/** Leads shown beside the plan; the others are a click away. */
const BRIEFLY = 3;
const CUSTOM = 'custom:';

/** The leads whose fields change, each with the old value beside the new one. */
export function PreviewChanges({
  flow,
  plan,
  onSeeAll,
}: {
  readonly flow: ImportFlow;
  readonly plan: PlanView;
  readonly onSeeAll: () => void;
}) {
  const { update } = plan.summary.decisions;
  const list = useRowList(flow, plan, { decisions: ['update'] });
  return (
    <section class="sect ruled" aria-label="Leads that change">
      <header>
        <h2>
          {countOf(update, 'lead')} {update === 1 ? 'changes' : 'change'}
        </h2>
        <span class="push" />
        {update > BRIEFLY && <LinkButton onClick={onSeeAll}>See all</LinkButton>}
      </header>
      {list.kind === 'waiting' && <Skeleton rows={2} columns={2} />}
      {list.kind === 'failed' && <RowsFailed onAgain={list.again} />}
      {list.kind === 'here' && (
        <ul class="stack stack-4">
          {list.page.rows.slice(0, BRIEFLY).map(({ line, lead, changes = [] }) => (
            <li key={line} class="stack stack-1">
              <span class="strong">{displayName(lead?.firstName, lead?.lastName) || personWords(lead)}</span>
              <RowChanges changes={changes} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Fields old → new. */
export function RowChanges({ changes }: { readonly changes: readonly FieldChange[] }) {
  if (changes.length === 0) return null;
  return (
    <dl class="changes small">
      {changes.map((change) => (
        <div key={change.field}>
          <dt class="faint">{fieldLabel(change.field)}</dt>
          <dd class="diff">
            {change.old === '' ? <del class="blank">blank</del> : <del>{change.old}</del>}
            <Icon name="arrow" />
            <ins>{change.new}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function fieldLabel(field: FieldChange['field']): string {
  return isFieldId(field) ? targetLabel(field) : field.slice(CUSTOM.length);
}
