import { fail, ok } from '#shared/result.ts';
import { listAudit } from '../leads/audit.ts';
import { createInvite, listInvites, revokeInvite } from '../leads/invites.ts';
import { changeMember, listMembers, removeMember } from '../leads/members.ts';
import { changeWorkspace } from '../leads/settings.ts';
import { type HandlersOf, reply, replyWith } from './handler.ts';
import { withSettings } from './key-routes.ts';

/** Members, invitations, what the workspace is set to, and who did what. */
export const peopleRoutes: HandlersOf<
  | 'changeWorkspace'
  | 'listMembers'
  | 'changeMembers'
  | 'changeMember'
  | 'removeMembers'
  | 'removeMember'
  | 'listInvites'
  | 'createInvite'
  | 'revokeInvite'
  | 'listAudit'
> = {
  changeWorkspace: async (parts, { actor, body }) => {
    const changed = await changeWorkspace(parts.backend, actor, body);
    return changed.ok ? reply(withSettings(parts, changed.value)) : changed;
  },
  listMembers: async ({ backend }, { actor }) => reply(await listMembers(backend, actor)),
  changeMembers: async ({ backend }, { actor, body: { id, ...patch } }) => replyWith(await changeMember(backend, actor, id, patch)),
  changeMember: async ({ backend }, { actor, params, body }) => replyWith(await changeMember(backend, actor, params.id, body)),
  removeMembers: async ({ backend }, { actor, body }) => {
    let deletedCount = 0;
    for (const id of new Set(body.ids)) {
      const removed = await removeMember(backend, actor, id);
      if (removed.ok) deletedCount++;
      else if (removed.error.code !== 'NOT_FOUND') return fail(removed.error);
    }
    return reply({ deletedCount });
  },
  removeMember: async ({ backend }, { actor, params }) => replyWith(await removeMember(backend, actor, params.id)),
  listInvites: async ({ backend }, { actor }) => reply(await listInvites(backend, actor)),
  createInvite: async ({ backend, url }, { actor, body }) => {
    const made = await createInvite(backend, actor, body, url());
    if (!made.ok) return made;
    return ok({ kind: 'json', status: 201, body: made.value, keep: { ...made.value, text: null, code: null } });
  },
  revokeInvite: async ({ backend }, { actor, params }) => replyWith(await revokeInvite(backend, actor, params.id)),
  listAudit: async ({ backend }, { actor, query }) => replyWith(await listAudit(backend, actor, query)),
};
