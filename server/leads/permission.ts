import type { DuplicatePolicy } from '#shared/plan/plan.ts';
import type { WorkspaceRecord } from '../store/records.ts';
import type { Actor, Refusal } from './backend.ts';

/** What a workspace is set to allow, beyond roles. Each gives why something is refused, or null. */

type Set = Pick<WorkspaceRecord, 'plan' | 'readOnly' | 'membersMay'>;

/** `PLAN_REQUIRED` for premium work on a free workspace; `READ_ONLY` for any write where nothing may be written. */
export function refuseByWorkspace(workspace: Set, work: { readonly writes: boolean; readonly premium: boolean }): Refusal | null {
  if (work.premium && workspace.plan !== 'premium') return { code: 'PLAN_REQUIRED' };
  return work.writes && workspace.readOnly ? { code: 'READ_ONLY' } : null;
}

/** `FORBIDDEN` where members may not overwrite and one asks to. */
export function refuseOverwrite(workspace: Set, actor: Pick<Actor, 'role'>, onDuplicate: DuplicatePolicy | undefined): Refusal | null {
  const isHeldBack = onDuplicate === 'overwrite' && actor.role !== 'admin' && !workspace.membersMay.overwrite;
  return isHeldBack ? { code: 'FORBIDDEN', about: 'no_overwrite' } : null;
}

/** `FORBIDDEN` where members may not undo and one asks to. */
export function refuseUndo(workspace: Set, actor: Pick<Actor, 'role'>): Refusal | null {
  return actor.role !== 'admin' && !workspace.membersMay.undo ? { code: 'FORBIDDEN', about: 'no_undo' } : null;
}
