import type { WorkspaceView } from '../../flow/workspace/open-workspace.ts';
import { After } from '../parts/after.tsx';
import { Button } from '../parts/button.tsx';
import { Skeleton } from '../parts/skeleton.tsx';
import { Empty } from './empty.tsx';
import { PageBar } from './page-bar.tsx';
import { TroubleNote } from './trouble-note.tsx';
import type { WorkspaceHost } from './workspace-host.ts';

/** What nobody waits shorter than is not shown. */
const QUIET_MS = 300;

type ClosedWorkspaceProps = { readonly view: WorkspaceView; readonly host: WorkspaceHost; readonly onRetry: () => void };

/** The workspace before it is open: on its way, not connected, or not to be reached. */
export function ClosedWorkspace({ view, host, onRetry }: ClosedWorkspaceProps) {
  return (
    <>
      <PageBar title="Workspace" host={host} />
      <main class="work">
        {view.kind === 'unpaired' && (
          <Empty
            icon="plug"
            title="This browser is not connected yet"
            actions={
              <Button look="primary" onClick={host.openOptions}>
                Connect
              </Button>
            }
          >
            Connect it to your server, and the leads of your workspace are here. You can prepare a file until then.
          </Empty>
        )}
        {view.kind === 'failed' && <TroubleNote failure={view.failure} address={view.address} host={host} onRetry={onRetry} />}
        {view.kind === 'checking' && (
          <After waitMs={QUIET_MS}>
            <Skeleton rows={6} columns={3} />
          </After>
        )}
      </main>
    </>
  );
}
