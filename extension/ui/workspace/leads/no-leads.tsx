import type { LeadsPlace } from '../../../flow/workspace/leads-place.ts';
import { countOf } from '../../numbers.ts';
import { After } from '../../parts/after.tsx';
import { Button } from '../../parts/button.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Empty } from '../empty.tsx';
import type { Workspace } from '../workspace.ts';

const QUIET_MS = 300;

/** The shape of the table, where it takes long enough to be noticed. */
export function LoadingLeads() {
  return (
    <main class="work" aria-busy="true" aria-label="Leads, loading">
      <After waitMs={QUIET_MS}>
        <Skeleton rows={12} columns={5} />
      </After>
    </main>
  );
}

type NoLeadsProps = { readonly place: LeadsPlace; readonly workspace: Workspace; readonly onClear: () => void };

/** No lead at all, or none that the filter finds. */
export function NoLeads({ place, workspace, onClear }: NoLeadsProps) {
  const { search, ...others } = place.filter;
  const filters = Object.keys(others).length;
  if (search === undefined && filters === 0) {
    return (
      <main class="work">
        <Empty
          icon="people"
          title="No leads yet"
          actions={
            workspace.canEdit && (
              <Button look="primary" icon="import" onClick={workspace.host.openImporter}>
                Import leads
              </Button>
            )
          }
        >
          Import a file or a sheet. You see every row before anything is saved.
        </Empty>
      </main>
    );
  }
  return (
    <main class="work">
      <Empty
        icon="search"
        title={search === undefined ? 'No lead here' : `No lead matches “${search}”`}
        actions={<Button onClick={onClear}>Show all leads</Button>}
      >
        {filters > 0 && `${countOf(filters, 'filter')} ${filters === 1 ? 'is' : 'are'} on.`}
      </Empty>
    </main>
  );
}
