import type { WorkspaceAnswer } from '#shared/api/workspace.ts';
import type { ListInfo } from '../../flow/view.ts';
import type { Address } from '../../flow/workspace/address.ts';
import type { AskServer } from '../../platform/ask-server.ts';
import type { LeadApi } from '../../platform/lead-api.ts';
import type { WorkspaceHost } from './workspace-host.ts';

/** The open workspace, as every page of it is given it. */
export type Workspace = {
  readonly facts: WorkspaceAnswer;
  /** The default one first. */
  readonly lists: readonly ListInfo[];
  readonly leads: LeadApi;
  /** Everything else the workspace is asked, by route. */
  readonly server: AskServer;
  /** A viewer sees everything and changes nothing; in a read-only workspace so does everybody. */
  readonly canEdit: boolean;
  readonly host: WorkspaceHost;
  /** Goes to an address of `hrefOf`; `replace` leaves no step to go back to. */
  readonly go: (href: string, how?: 'replace') => void;
  /** Asks for facts, lists and their counts again: after a change. */
  readonly refresh: () => void;
  /** Says what has been done, with the way to take it back. */
  readonly tell: (toast: ToastText | null) => void;
};
export type ToastText = {
  readonly text: string;
  readonly tone?: 'ok' | 'bad';
  readonly undo?: () => void;
};

/** What a page is drawn from: where one is, and the workspace. */
export type PageProps = { readonly at: Address; readonly workspace: Workspace };
