import type { ServerFailure } from '#shared/api/server-failure.ts';
import { After } from '../parts/after.tsx';
import { Button } from '../parts/button.tsx';
import { Skeleton } from '../parts/skeleton.tsx';
import { TroubleNote } from './trouble-note.tsx';
import type { Pages } from './use-pages.ts';
import type { WorkspaceHost } from './workspace-host.ts';

/** What nobody waits shorter than is not shown. */
const QUIET_MS = 300;

type LoadingProps = {
  /** Null while it is on its way. */
  readonly failure: ServerFailure | null;
  readonly host: WorkspaceHost;
  readonly onRetry: () => void;
  readonly rows?: number;
  readonly columns?: number;
};

/** In place of what is not there yet: its shape, or why it does not come. */
export function Loading({ failure, host, onRetry, rows = 6, columns = 3 }: LoadingProps) {
  if (failure) return <TroubleNote failure={failure} host={host} onRetry={onRetry} />;
  return (
    <After waitMs={QUIET_MS}>
      <Skeleton rows={rows} columns={columns} />
    </After>
  );
}

type MoreProps = { readonly pages: Pages<unknown>; readonly what: string; readonly host: WorkspaceHost };

/** Below a list of pages: the next one, or why it did not come. */
export function More({ pages, what, host }: MoreProps) {
  if (pages.failure && pages.items !== null) return <TroubleNote failure={pages.failure} host={host} onRetry={pages.more} />;
  if (!pages.hasMore) return null;
  return (
    <div>
      <Button busy={pages.isBusy} onClick={pages.more}>
        Show more {what}
      </Button>
    </div>
  );
}
