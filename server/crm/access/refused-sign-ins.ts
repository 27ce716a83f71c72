import type { Refusal } from '../../leads/backend.ts';
import type { WorkspaceId } from '../../store/records.ts';

/** How long a person may take on the CRM's page, and anybody waits for it. */
export const SIGN_IN_MS = 10 * 60 * 1_000;

/** A sign-in that came back with a no, and why. */
export type RefusedSignIn = { readonly id: string; readonly why: Refusal };
/** Sign-ins that ended without a connection: the screen that waits for one is told. */
export type RefusedSignIns = {
  readonly note: (workspace: WorkspaceId, refused: RefusedSignIn) => void;
  readonly list: (workspace: WorkspaceId) => readonly RefusedSignIn[];
};

/** Remembers each as long as anybody waits for it; a restart forgets them, and whoever waits can start again. */
export function createRefusedSignIns(now: () => number): RefusedSignIns {
  let kept: readonly (RefusedSignIn & { readonly workspace: WorkspaceId; readonly until: number })[] = [];
  const current = () => kept.filter(({ until }) => until > now());
  return {
    note: (workspace, refused) => {
      kept = [...current(), { ...refused, workspace, until: now() + SIGN_IN_MS }];
    },
    list: (of) => current().flatMap(({ workspace, id, why }) => (workspace === of ? [{ id, why }] : [])),
  };
}

/** What a sign-in is called, by the hash of its state: the state itself is nobody's but the one's who began it. */
export function signInId(hash: string): string {
  return hash.slice(0, 16);
}
