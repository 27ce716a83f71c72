import { useState } from 'preact/hooks';
import type { ReadOptions } from '#shared/table/table.ts';
import { blockersOf, type PlanView, type ReadDraft, type TableDraft, type TableView } from '../flow/draft.ts';
import type { ImportFlow } from '../flow/import-flow.ts';
import { sinceLast } from '../flow/linked-import.ts';
import type { ImportView, ServerView } from '../flow/view.ts';
import { wantedRows } from '../flow/wanted-rows.ts';
import { personWords } from './check-review.tsx';
import { displayName } from './display-name.ts';
import { ListChooser } from './list-choice.tsx';
import { count, countOf, plural, since as sinceWhen } from './numbers.ts';
import { Button, LinkButton } from './parts/button.tsx';
import { Foot } from './parts/foot.tsx';
import { Icon } from './parts/icon.tsx';
import { Note } from './parts/note.tsx';
import { ReadFindings } from './read-findings.tsx';
import { type SinceDraft, SinceRowsChoice } from './since-rows-choice.tsx';
import { useRowList } from './use-row-list.ts';

type SheetSinceProps = {
  readonly draft: SinceDraft;
  readonly table: TableView & { readonly since: NonNullable<TableView['since']> };
  /** The sheet is being read in another way. */
  readonly busy: boolean;
  readonly view: ImportView;
  readonly flow: ImportFlow;
  readonly now: number;
};

/** A Google Sheet that was imported before: what is new in it, and which of that is imported. */
export function SheetSince({ draft, table, busy, view, flow, now }: SheetSinceProps) {
  const [choosesList, setChoosesList] = useState(false);
  const { since } = table;
  const rows = wantedRows(draft, table);
  const isNothing = since.fresh === 0 && since.changed === 0;
  const read = (options: ReadOptions) => void flow.send({ kind: 'readOptionsChosen', options });
  const isUnmapped = blockersOf(draft, 'preview').some(({ kind }) => kind === 'fieldsMissing');
  const asksMapping = since.headersChanged || isUnmapped;
  return (
    <>
      <main class="work narrow since" aria-busy={busy ? 'true' : undefined}>
        <div class="row waiting-head">
          <span class="tile">
            <Icon name="sheet" />
          </span>
          <div class="stack stack-1">
            <p class="strong cut">{draft.file.sheet?.title ?? draft.file.name}</p>
            <p class="small faint cut">{placeOf(draft)}</p>
          </div>
        </div>
        <section class="stack">
          <h1>{headline(table.since, now)}</h1>
          <p class="dim">{sameWords(since.same, isNothing)}</p>
          <SinceRowsChoice
            draft={draft}
            since={since}
            server={view.server}
            onChoose={(choice) => void flow.send({ kind: 'sinceChosen', since: choice })}
            onList={() => setChoosesList(true)}
          />
        </section>
        {asksMapping && !isNothing && (
          <Note
            tone="ask"
            icon="ask"
            fact={since.headersChanged ? 'The columns of this sheet are other ones than the last time.' : 'A required field has no column.'}
            buttons={
              <Button small onClick={() => void flow.send({ kind: 'wentTo', step: 'map' })}>
                Check the mapping
              </Button>
            }
          >
            Columns are found by their names; look whether each goes where it should.
          </Note>
        )}
        {choosesList && (
          <ListChooser
            list={draft.list}
            lists={view.server.kind === 'ready' ? view.server.lists : []}
            onChoose={(list) => void flow.send({ kind: 'listChosen', list })}
          />
        )}
        <ReadFindings table={table} read={draft.read} onRead={read} />
        <p class="row wrap small faint">
          {!since.headersChanged && (
            <span>
              Mapping as the last time.{' '}
              <LinkButton label="Change the mapping" onClick={() => void flow.send({ kind: 'wentTo', step: 'map' })}>
                Change
              </LinkButton>
            </span>
          )}
          <LinkButton onClick={() => void flow.send({ kind: 'sinceChosen', since: 'all' })}>Import all rows again</LinkButton>
        </p>
      </main>
      <Foot tally={null}>
        {isNothing ? (
          <Button onClick={() => void flow.startOver()}>Done</Button>
        ) : (
          <Button
            look="primary"
            busy={busy}
            off={rows === 0 ? 'No row is chosen' : isUnmapped ? 'A required field has no column yet' : unnamed(draft)}
            onClick={() => void flow.send({ kind: 'wentTo', step: asksMapping ? 'map' : 'preview' })}
          >
            {asksMapping ? `Map ${countOf(rows, 'row')}` : `Preview ${countOf(rows, 'row')}`}
          </Button>
        )}
      </Foot>
    </>
  );
}

type SinceBackProps = {
  readonly table: TableView;
  readonly server: ServerView;
  readonly flow: ImportFlow;
  readonly now: number;
};

/** On the screen of a sheet all of whose rows are imported again: the way back. */
export function SinceBack({ table, server, flow, now }: SinceBackProps) {
  if (!table.since) return null;
  const { at, fresh, changed, changedRule } = table.since;
  return (
    <Note tone="accent" icon="clock" fact={`This sheet was imported before, ${sinceWhen(at, now)}.`}>
      All its rows are compared with the workspace again.{' '}
      <LinkButton onClick={() => void flow.send({ kind: 'sinceChosen', since: sinceLast(changedRule, server) })}>
        Only what is new: {countOf(fresh + changed, 'row')}
      </LinkButton>
    </Note>
  );
}

type EditedSinceProps = { readonly draft: TableDraft; readonly plan: PlanView; readonly flow: ImportFlow };

/** On the preview: what changed in the sheet and is not written, as somebody edited it in Leadline since. */
export function EditedSince({ draft, plan, flow }: EditedSinceProps) {
  const edited = plan.problems.filter(({ code }) => code === 'edited_since');
  const values = edited.reduce((sum, { count: rows }) => sum + rows, 0);
  if (values === 0) return null;
  const labels = new Map(draft.table.suggestions.map(({ index, label }) => [index, label]));
  const nameOf = ({ column, field }: (typeof edited)[number]) => (column === undefined ? undefined : labels.get(column)) ?? field ?? '';
  return (
    <Note icon="info" fact={`${countOf(values, 'value')} of leads edited since ${plural(values, 'is', 'are')} left alone.`}>
      The sheet says something else in {edited.map((one) => `${nameOf(one)} (${count(one.count)})`).join(', ')}.{' '}
      <EditedLeads plan={plan} flow={flow} />
    </Note>
  );
}

const EDITED = { code: 'edited_since' } as const;
/** Leads named; the others are counted. */
const NAMED = 5;

function EditedLeads({ plan, flow }: Omit<EditedSinceProps, 'draft'>) {
  const list = useRowList(flow, plan, EDITED);
  if (list.kind !== 'here' || list.page.rows.length === 0) return null;
  const names = list.page.rows.slice(0, NAMED).map(({ lead }) => displayName(lead?.firstName, lead?.lastName) || personWords(lead));
  const more = list.page.total - names.length;
  return (
    <>
      {plural(list.page.total, 'Lead', 'Leads')}: {names.join(', ')}
      {more > 0 && ` and ${count(more)} more`}.
    </>
  );
}

function headline({ at, fresh, changed, removed }: NonNullable<TableView['since']>, now: number): string {
  const since = sinceWhen(at, now);
  if (fresh === 0 && changed === 0)
    return removed.count === 0 ? `Nothing new since ${since}` : `Since ${since}: ${count(removed.count)} removed`;
  return `Since ${since}: ${count(fresh)} new, ${count(changed)} changed, ${count(removed.count)} removed`;
}

function sameWords(same: number, isNothing: boolean): string {
  if (same === 0) return isNothing ? 'The sheet has no rows.' : 'No row is as it was.';
  return `${countOf(same, 'row')} ${plural(same, 'is as it was', 'are as they were')}.`;
}

function placeOf({ file }: ReadDraft): string {
  if (!file.sheet) return 'Google Sheet';
  const { tab, range } = file.sheet;
  return `Google Sheet, tab ${tab}${range === undefined ? '' : `, ${range}`}`;
}

function unnamed(draft: ReadDraft): string | null {
  return blockersOf(draft, 'map').some(({ kind }) => kind === 'listUnnamed') ? 'The list needs a name' : null;
}
