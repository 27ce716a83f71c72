import type { ServerFailure } from '#shared/api/server-failure.ts';
import type { WorkspaceAnswer } from '#shared/api/workspace.ts';
import type { Result } from '#shared/result.ts';
import type { PairError, Paired } from '../platform/pairing.ts';
import type { Settings } from '../platform/settings.ts';

/** What the options page can do. The entrypoint makes it of the platform's functions, tests of their own. */
export type OptionsHost = {
  /** In ms since the epoch. */
  now(): number;
  save(changes: Partial<Settings>): Promise<void>;
  /** Asks the browser's permission for an address; to be called before anything else in a click. */
  askAccess(address: string): Promise<boolean>;
  /** By a pairing code, or by a key (`ll_…`). */
  connect(address: string, codeOrKey: string): Promise<Result<Paired, PairError>>;
  /** Forgets this browser's key. */
  disconnect(): Promise<void>;
  /** Asks the server who we are there. */
  test(): Promise<Result<WorkspaceAnswer, ServerFailure>>;
  /** Where Google leads back to after a sign-in; whoever makes a client registers it. */
  readonly googleRedirect: string;
  openImporter(): void;
  switchTheme(): void;
};

/** What the launcher opened the page with, if it did. */
export type GivenPairing = { readonly code: string; readonly server: string };
