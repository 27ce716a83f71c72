import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { WorkspaceView, WorkspaceWatch } from '../../flow/workspace/open-workspace.ts';
import { LiveRegion } from '../parts/live-region.tsx';
import { Note } from '../parts/note.tsx';
import { useKeptFocus } from '../use-kept-focus.ts';
import { ClosedWorkspace } from './closed-workspace.tsx';
import { Empty } from './empty.tsx';
import { PageBar } from './page-bar.tsx';
import { PAGES } from './pages.ts';
import { SideNav } from './side-nav.tsx';
import { Toast } from './toast.tsx';
import { TroubleNote } from './trouble-note.tsx';
import { useAddress } from './use-address.ts';
import type { ToastText, Workspace } from './workspace.ts';
import type { WorkspaceHost } from './workspace-host.ts';

/** The workspace: the menu at the left, one page at the right. Which one, the address says. */
export function WorkspaceScreen({ host }: { readonly host: WorkspaceHost }) {
  useKeptFocus();
  const [at, go] = useAddress();
  const [view, refresh] = useWorkspaceView(host);
  const [toast, tell] = useState<ToastText | null>(null);
  const workspace = useMemo<Workspace | null>(() => {
    if (view.kind !== 'open') return null;
    const { facts, lists, leads, server } = view;
    return { facts, lists, leads, server, canEdit: facts.role !== 'viewer' && !facts.readOnly, host, go, refresh, tell };
  }, [view, host, go, refresh]);
  return (
    <div class="shell">
      <SideNav at={at} workspace={workspace} host={host} />
      <div class="page">
        {view.kind === 'open' && view.failure && (
          <div class="page-note">
            <TroubleNote failure={view.failure} address={view.address} host={host} onRetry={refresh} />
          </div>
        )}
        {workspace?.facts.readOnly && (
          <section class="page-note" aria-label="What may be done here">
            <Note icon="info" fact="This workspace is read-only.">
              Everything can be seen and exported, nothing changed. An admin can open it in the settings.
            </Note>
          </section>
        )}
        {workspace ? <PageAt at={at} workspace={workspace} /> : <ClosedWorkspace view={view} host={host} onRetry={refresh} />}
        {toast && <Toast key={toast.text} toast={toast} onClose={() => tell(null)} />}
      </div>
      <LiveRegion text={toast?.text ?? ''} />
    </div>
  );
}

function PageAt({ at, workspace }: { readonly at: ReturnType<typeof useAddress>[0]; readonly workspace: Workspace }) {
  const page = PAGES.find(({ id, adminOnly }) => id === at.page && !(adminOnly && workspace.facts.role !== 'admin'));
  const title = page?.label ?? 'Workspace';
  useEffect(() => {
    document.title = `${title} · ${workspace.facts.name}`;
  }, [title, workspace.facts.name]);
  // Another workspace begins anew; nothing of the last one stays on the screen.
  if (page) return <page.Page key={workspace.facts.id} at={at} workspace={workspace} />;
  return (
    <>
      <PageBar title="Workspace" host={workspace.host} />
      <main class="work">
        <Empty icon="ask" title="There is nothing at this address" actions={<a href="#/leads">Show all leads</a>}>
          It may be mistyped, or belong to another version.
        </Empty>
      </main>
    </>
  );
}

function useWorkspaceView(host: WorkspaceHost): readonly [WorkspaceView, () => void] {
  const [view, setView] = useState<WorkspaceView>({ kind: 'checking', address: '' });
  const watch = useRef<WorkspaceWatch | null>(null);
  useEffect(() => {
    const opened = host.open(() => setView(opened.view()));
    watch.current = opened;
    void opened.refresh();
    return () => opened.close();
  }, [host]);
  return [view, useCallback(() => void watch.current?.refresh(), [])];
}
