import type { MemberId, WorkspaceId } from './records.ts';

/** Who does something, with which key, and when. */
export type Act = {
  readonly workspace: WorkspaceId;
  readonly member: MemberId | null;
  /** The public id of the key; none when the server itself acts. */
  readonly key?: string;
  readonly at: number;
};
