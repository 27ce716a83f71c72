import { Fragment } from 'preact';
import { useId } from 'preact/hooks';
import { FIELDS } from '#shared/lead/fields.ts';
import { isColumnMapping } from '#shared/mapping/mapping.ts';
import type { DuplicatePolicy } from '#shared/plan/plan.ts';
import type { TableDraft } from '../flow/draft.ts';
import type { ImportFlow } from '../flow/import-flow.ts';
import type { ServerView } from '../flow/view.ts';
import { Segments } from './parts/segments.tsx';

const RULES: readonly (readonly [DuplicatePolicy, string, string])[] = [
  ['skip', 'Skip', 'Leave the lead as it is'],
  ['fill', 'Fill blanks', 'Write only into empty fields'],
  ['overwrite', 'Overwrite', 'Only the fields you choose'],
  ['create', 'Create anyway', 'A second lead with the same address'],
];

/** What happens to a row whose lead exists already. */
export function DuplicateRule({
  draft,
  server,
  flow,
}: {
  readonly draft: TableDraft;
  readonly server: ServerView;
  readonly flow: ImportFlow;
}) {
  const titleId = useId();
  const { onDuplicate } = draft.policy;
  const isWithheld = mayNotOverwrite(server);
  return (
    <section class="sect">
      <h2 id={titleId}>When a lead already exists</h2>
      <div class="stack" role="radiogroup" aria-labelledby={titleId}>
        {RULES.map(([rule, name, effect]) => (
          <Fragment key={rule}>
            <label class="check">
              <input
                type="radio"
                name={titleId}
                checked={rule === onDuplicate}
                disabled={rule === 'overwrite' && isWithheld}
                onChange={() => void flow.send({ kind: 'policyChanged', policy: { onDuplicate: rule } })}
              />
              <span>
                <span class="strong">{name}</span>
                <br />
                <span class="dim small">{rule === 'overwrite' && isWithheld ? OVERWRITE_WITHHELD : effect}</span>
              </span>
            </label>
            {rule === 'overwrite' && onDuplicate === rule && <OverwriteFields draft={draft} flow={flow} />}
          </Fragment>
        ))}
      </div>
      {hasOwnRule(draft) && <p class="dim small">Changed rows of the sheet have a rule of their own, chosen at the start.</p>}
      {onDuplicate !== 'create' && (
        <div class="stack stack-1">
          <p class="label">A lead exists already when it is</p>
          <Segments
            name="A lead exists already when it is"
            value={draft.policy.scope}
            choices={SCOPES}
            onChoose={(scope) => void flow.send({ kind: 'policyChanged', policy: { scope } })}
          />
          <p class="dim small">
            {draft.policy.scope === 'list'
              ? 'Leads elsewhere in the workspace are added to the list.'
              : 'Leads elsewhere count as there already, too.'}
          </p>
        </div>
      )}
    </section>
  );
}

/** Rows that have changed in a sheet since its last import are among these. */
function hasOwnRule({ since, table }: TableDraft): boolean {
  return since !== undefined && since !== 'all' && since.changed !== 'skip' && (table.since?.changed ?? 0) > 0;
}

export const OVERWRITE_WITHHELD = 'In this workspace only admins overwrite. Ask one of them.';

/** Admins keep overwriting for themselves, and this person is none. */
export function mayNotOverwrite(server: ServerView): boolean {
  return server.kind === 'ready' && server.withheld?.overwrite === true;
}

const SCOPES = [
  { value: 'list', label: 'In this list' },
  { value: 'workspace', label: 'Anywhere' },
] as const;

function OverwriteFields({ draft, flow }: { readonly draft: TableDraft; readonly flow: ImportFlow }) {
  const { overwriteFields } = draft.policy;
  const choose = (id: string, isChosen: boolean) => {
    const others = overwriteFields.filter((field) => field !== id);
    void flow.send({ kind: 'policyChanged', policy: { overwriteFields: isChosen ? [...others, id] : others } });
  };
  return (
    <fieldset class="stack overwrite">
      <legend class="label">Fields to overwrite; a blank never replaces a value</legend>
      {overwritable(draft).map(({ id, label }) => (
        <label key={id} class="check">
          <input type="checkbox" checked={overwriteFields.includes(id)} onChange={(event) => choose(id, event.currentTarget.checked)} />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** The fields this file can write: by id, custom ones as `custom:<label>`. A full name writes first and last name. */
export function overwritable(draft: TableDraft): readonly { readonly id: string; readonly label: string }[] {
  const labels = new Map(draft.table.suggestions.map((suggestion) => [suggestion.index, suggestion.label]));
  const named = (field: 'firstName' | 'lastName') => ({ id: field, label: FIELDS[field].label });
  const found = draft.mapping.flatMap((entry) => {
    if (entry.field === 'ignore') return [];
    if (entry.field === 'fullName') return [named('firstName'), named('lastName')];
    if (entry.field !== 'custom') return [{ id: entry.field, label: FIELDS[entry.field].label }];
    const label = entry.label ?? (isColumnMapping(entry) ? labels.get(entry.column) : undefined);
    return label === undefined ? [] : [{ id: `custom:${label}`, label }];
  });
  return found.filter((field, index) => found.findIndex((other) => other.id === field.id) === index);
}
