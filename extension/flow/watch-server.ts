import type { WorkspaceAnswer } from '#shared/api/workspace.ts';
import type { FlowEffects } from './flow-effects.ts';
import type { ServerView } from './view.ts';

/** While a page is open, a server that was off is asked again so often. */
const ASK_AGAIN_MS = 5_000;

export type ServerWatch = {
  view(): ServerView;
  /** What the workspace last said of itself; null before. */
  workspace(): WorkspaceAnswer | null;
  /** Asks now. */
  check(): Promise<void>;
  close(): void;
};

/** Keeps an eye on the server: address, whether it answers, its lists. Calls `onChange` after each change of the view. */
export function watchServer(effects: Pick<FlowEffects, 'server' | 'watchServer' | 'after'>, onChange: () => void): ServerWatch {
  let view: ServerView = { kind: 'checking', address: '' };
  let workspace: WorkspaceAnswer | null = null;
  let number = 0;
  let isClosed = false;
  let cancelTimer = () => {};

  function show(next: ServerView): void {
    view = next;
    onChange();
  }

  async function check(): Promise<void> {
    const mine = ++number;
    cancelTimer();
    const { address, key, api } = await effects.server();
    if (mine !== number || isClosed) return;
    if (key === null) return show({ kind: 'unpaired', address });
    if (view.kind !== 'ready' || view.address !== address) show(view.kind === 'failed' ? view : { kind: 'checking', address });
    const [facts, lists, customs] = await Promise.all([api.workspace(), api.lists(), api.customFields()]);
    if (mine !== number || isClosed) return;
    if (facts.ok && lists.ok && customs.ok) {
      workspace = facts.value;
      const { role, membersMay } = workspace;
      return show({
        kind: 'ready',
        address,
        lists: lists.value,
        customFields: customs.value.map(({ label, type, choices }) => ({ label, type, choices })),
        ...(role === 'admin' ? {} : { withheld: { overwrite: !membersMay.overwrite, undo: !membersMay.undo } }),
      });
    }
    const failed = [facts, lists, customs].find((answer) => !answer.ok);
    if (!failed || failed.ok) return;
    const failure = failed.error;
    show({ kind: 'failed', address, failure });
    if (failure.retry === 'later' || failure.retry === 'now') cancelTimer = effects.after(ASK_AGAIN_MS, () => void check());
  }

  const stopWatching = effects.watchServer(() => void check());
  return {
    view: () => view,
    workspace: () => workspace,
    check,
    close: () => {
      isClosed = true;
      cancelTimer();
      stopWatching();
    },
  };
}
