import type { WorkspaceId } from './records.ts';
import type { ConnectionId } from './sync-records.ts';

/** Calls made for a connection: those of one day, and what its CRM last said of all of the account's. */
export type CallStore = {
  /** Adds calls to those noted, which are forgotten where they are another day's. */
  noteCalls(workspace: WorkspaceId, connection: ConnectionId, made: CallsMade): Promise<void>;
  /** Null: there never was one. */
  readCalls(workspace: WorkspaceId, connection: ConnectionId): Promise<CallsMade | null>;
};

/** `day`: in UTC, counted since 1970. `told`: null = not yet, or nothing new. */
export type CallsMade = { readonly day: number; readonly calls: number; readonly told: ToldUsage | null };
/** What a CRM said of an account: calls that all apps have used of those a day has, and when it said so (ms since 1970). */
export type ToldUsage = { readonly used: number; readonly limit: number; readonly at: number };

/** Both together, as `noteCalls` adds them. */
export function addCalls(known: CallsMade | null, made: CallsMade): CallsMade {
  const before = known?.day === made.day ? known.calls : 0;
  return { day: made.day, calls: before + made.calls, told: made.told ?? known?.told ?? null };
}
