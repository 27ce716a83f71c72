import type { Role } from '#shared/api/workspace.ts';
import { watchWorkspace } from '../../extension/flow/workspace/open-workspace.ts';
import { askServer } from '../../extension/platform/ask-server.ts';
import { leadApi } from '../../extension/platform/lead-api.ts';
import { serverApi } from '../../extension/platform/server-api.ts';
import type { WorkspaceHost } from '../../extension/ui/workspace/workspace-host.ts';
import { type StartOptions, startServer, type TestServer } from './start-server.ts';

/** The workspace page's host on a whole server in this process, for a member of some role. */
export type RealWorkspace = {
  readonly server: TestServer;
  readonly saved: File[];
  /** Addresses of the web that were opened in a tab. */
  readonly opened: string[];
  /** The page as somebody with that role sees it. */
  readonly hostFor: (role: Role) => Promise<WorkspaceHost>;
  readonly stop: () => Promise<void>;
};

export async function realWorkspace(options: StartOptions = {}): Promise<RealWorkspace> {
  letServerFetch();
  const server = await startServer(options);
  const saved: File[] = [];
  const opened: string[] = [];
  return { server, saved, opened, hostFor, stop: server.stop };

  async function hostFor(role: Role): Promise<WorkspaceHost> {
    const key = role === 'admin' ? server.adminKey : await server.makeKey(role);
    const address = 'http://localhost:8787';
    // The page's own signal is of another kind than the server's requests: nothing here takes that long.
    const fetch: typeof globalThis.fetch = (input, { signal: _, ...init } = {}) =>
      server.ask(String(input).slice(address.length), { ...init, key: null });
    const access = { address, key, fetch, now: Date.now };
    return {
      now: Date.now,
      open: (onChange) =>
        watchWorkspace(
          {
            server: async () => ({ address, key, api: serverApi(access), leads: leadApi(access), calls: askServer(access) }),
            watchServer: () => () => {},
            after: () => () => {},
          },
          onChange,
        ),
      openImporter: () => {},
      openOptions: () => {},
      openAddress: (address) => void opened.push(address),
      saveFile: (file) => saved.push(file),
      switchTheme: () => {},
    };
  }
}

/** The server of such a test lives in the page: its own calls to a CRM are no page's. */
function letServerFetch(): void {
  const { happyDOM } = window as unknown as { happyDOM: { settings: { fetch: { disableSameOriginPolicy: boolean } } } }; // the page of these tests
  happyDOM.settings.fetch.disableSameOriginPolicy = true;
}
