import type { ComponentChildren } from 'preact';
import type { TableDraft } from '../flow/draft.ts';
import type { ImportView } from '../flow/view.ts';
import { wantedRows } from '../flow/wanted-rows.ts';
import { count, countOf } from './numbers.ts';
import { After } from './parts/after.tsx';
import { Button } from './parts/button.tsx';
import { Foot } from './parts/foot.tsx';
import { Skeleton } from './parts/skeleton.tsx';

type PlanningProps = { readonly title: string; readonly draft: TableDraft; readonly view: ImportView; readonly back: ComponentChildren };

/** While the rows are checked: the shape of what comes, and above a second also how far it is. */
export function Planning({ title, draft, view, back }: PlanningProps) {
  const { busy } = view;
  const total = wantedRows(draft, draft.table);
  return (
    <>
      <main class="work" aria-busy="true">
        <div class="lede">
          <h1>{title}</h1>
          <p>
            Checking {countOf(total, 'row')}
            <After waitMs={1_000}>{busy && busy.rows > 0 && `, ${count(busy.rows)} done`}</After>
          </p>
        </div>
        <After waitMs={300}>
          <Skeleton rows={10} columns={5} />
        </After>
      </main>
      <Foot tally={null}>
        {back}
        <Button look="primary" busy onClick={() => {}}>
          Checking
        </Button>
      </Foot>
    </>
  );
}
