import type { ConnectionAnswer } from '#shared/api/connections.ts';
import type { FieldPair } from '#shared/crm/record.ts';
import type { Workspace } from '../workspace.ts';

/** What every tab of a connection is given. */
export type ConnectionTabProps = {
  readonly connection: ConnectionAnswer;
  readonly workspace: Workspace;
  /** The connection as it is now: after a change. */
  readonly onChanged: (connection?: ConnectionAnswer) => void;
};
/** A map that is changed and not saved yet: it outlives a look at another tab. */
export type MapDraft = { readonly pairs: readonly FieldPair[] | null; readonly put: (pairs: readonly FieldPair[] | null) => void };
export type FieldMapTabProps = ConnectionTabProps & { readonly draft: MapDraft };
