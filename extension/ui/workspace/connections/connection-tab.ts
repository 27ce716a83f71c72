import type { ConnectionAnswer } from '#shared/api/connections.ts';
import type { Workspace } from '../workspace.ts';

/** What every tab of a connection is given. */
export type ConnectionTabProps = {
  readonly connection: ConnectionAnswer;
  readonly workspace: Workspace;
  /** The connection as it is now: after a change. */
  readonly onChanged: (connection?: ConnectionAnswer) => void;
};
