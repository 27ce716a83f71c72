import type { WorkspaceWatch } from '../../flow/workspace/open-workspace.ts';

/** What the page around the workspace can do. The entrypoint makes it of the platform's functions, tests of their own. */
export type WorkspaceHost = {
  /** In ms since the epoch. */
  now(): number;
  /** Watches the workspace; calls `onChange` after each change of its view. */
  open(onChange: () => void): WorkspaceWatch;
  readonly openImporter: () => void;
  readonly openOptions: () => void;
  /** Opens an address of the web in a tab. */
  readonly openAddress: (address: string) => void;
  readonly saveFile: (file: File) => void;
  readonly switchTheme: () => void;
};
