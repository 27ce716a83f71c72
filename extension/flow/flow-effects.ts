import type { ServerApi } from '../platform/server-api.ts';
import type { Database } from '../storage/database.ts';
import type { Planner } from './planner.ts';

/** Everything a flow does to the world. Pages get the real ones, tests their own. */
export type FlowEffects = {
  readonly database: Database;
  readonly planner: Planner;
  readonly now: () => number;
  /** A fresh UUID. */
  readonly newId: () => string;
  /** The server as it is set, and how to call it; `key` is null while this browser is not paired. */
  readonly server: () => Promise<ServerAt>;
  /** Calls back after each change of address or key; gives the way to stop. */
  readonly watchServer: (listener: () => void) => () => void;
  readonly defaultCountry: () => Promise<string>;
  /** Rouses the background some time later, even if this page is gone by then. */
  readonly wakeLater: () => Promise<unknown>;
  /** Rouses the background. */
  readonly wake: () => Promise<unknown>;
  /** Works under a lock of this name if it is free; null when somebody else holds it. */
  readonly tryLock: <T>(name: string, work: () => Promise<T>) => Promise<T | null>;
  /** Calls back once after so many ms; gives the way to stop. */
  readonly after: (ms: number, work: () => void) => () => void;
};

export type ServerAt = { readonly address: string; readonly key: string | null; readonly api: ServerApi };
