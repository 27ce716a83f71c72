import type { ServerFailure } from '#shared/api/server-failure.ts';
import type { WorkspaceAnswer } from '#shared/api/workspace.ts';
import { type AskServer, askServer } from '../../platform/ask-server.ts';
import { type LeadApi, leadApi } from '../../platform/lead-api.ts';
import { serverApi } from '../../platform/server-api.ts';
import { readSettings, watchSettings } from '../../platform/settings.ts';
import type { FlowEffects, ServerAt } from '../flow-effects.ts';
import type { ListInfo } from '../view.ts';
import { watchServer } from '../watch-server.ts';

/** The workspace this browser is paired with, as far as it is known. */
export type WorkspaceView =
  | { readonly kind: 'checking'; readonly address: string }
  | { readonly kind: 'unpaired'; readonly address: string }
  | { readonly kind: 'failed'; readonly address: string; readonly failure: ServerFailure }
  | {
      readonly kind: 'open';
      readonly address: string;
      readonly facts: WorkspaceAnswer;
      readonly lists: readonly ListInfo[];
      readonly leads: LeadApi;
      /** Everything else the workspace is asked, by route. */
      readonly server: AskServer;
      /** The server has stopped answering: what is on the screen stays, and this is said. */
      readonly failure: ServerFailure | null;
    };
export type WorkspaceWatch = {
  view(): WorkspaceView;
  /** Asks again for its facts and lists: after a change, or a failure. */
  refresh(): Promise<void>;
  close(): void;
};
/** As a flow's, and the calls about leads beside it. */
export type WorkspaceEffects = Pick<FlowEffects, 'watchServer' | 'after'> & {
  readonly server: () => Promise<ServerAt & { readonly leads: LeadApi; readonly calls: AskServer }>;
};

/** Keeps an eye on the workspace. Calls `onChange` after each change of the view. */
export function watchWorkspace(effects: WorkspaceEffects, onChange: () => void): WorkspaceWatch {
  let view: WorkspaceView = { kind: 'checking', address: '' };
  let leads: LeadApi | null = null;
  let calls: AskServer | null = null;
  let key: string | null = null;
  const server = async () => {
    const at = await effects.server();
    // The same key again keeps its calls: whoever holds them need not begin anew.
    if (leads === null || at.key !== key) ({ leads, calls, key } = at);
    return at;
  };
  const watch = watchServer({ ...effects, server }, () => {
    view = next();
    onChange();
  });

  function next(): WorkspaceView {
    const seen = watch.view();
    const facts = watch.workspace();
    const open = view.kind === 'open' && view.address === seen.address ? view : null;
    if (seen.kind === 'ready' && facts && leads && calls)
      return { kind: 'open', address: seen.address, facts, lists: seen.lists, leads, server: calls, failure: null };
    if (seen.kind === 'unpaired') return { kind: 'unpaired', address: seen.address };
    if (seen.kind === 'failed') {
      // A key that no longer works shows nothing of the workspace any more.
      if (open && seen.failure.retry !== 'reconnect') return { ...open, failure: seen.failure };
      return { kind: 'failed', address: seen.address, failure: seen.failure };
    }
    return open ?? { kind: 'checking', address: seen.address };
  }

  return { view: () => view, refresh: watch.check, close: watch.close };
}

/** The workspace of this browser's settings. */
export function openWorkspace(onChange: () => void): WorkspaceWatch {
  return watchWorkspace(
    {
      server: async () => {
        const { serverAddress: address, key } = await readSettings();
        const access = { address, key, fetch: globalThis.fetch.bind(globalThis), now: Date.now };
        return { address, key, api: serverApi(access), leads: leadApi(access), calls: askServer(access) };
      },
      watchServer: (listener) => watchSettings(() => listener()),
      after: (ms, work) => {
        const timer = setTimeout(work, ms);
        return () => clearTimeout(timer);
      },
    },
    onChange,
  );
}
