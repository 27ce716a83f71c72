import type { WorkspaceAnswer } from '#shared/api/workspace.ts';
import { fail, ok } from '#shared/result.ts';
import { createKey, listKeys, revokeKey } from '../leads/api-keys.ts';
import { pair } from '../leads/pairing.ts';
import { getWorkspace } from '../leads/settings.ts';
import type { EdgeParts } from './edge.ts';
import { type HandlersOf, reply, replyWith } from './handler.ts';

/** Who may come in: keys, pairing, and the workspace itself. */
export const keyRoutes: HandlersOf<'pair' | 'workspace' | 'listKeys' | 'createKey' | 'revokeKeys' | 'revokeKey'> = {
  pair: async (parts, { body, origin, address }) => {
    const waitSeconds = await parts.limits.mayPair(address);
    if (waitSeconds !== null) return fail({ code: 'RATE_LIMITED', about: 'wrong_codes', retryAfter: waitSeconds });
    const paired = await pair(parts.backend, { ...body, origin });
    if (!paired.ok) {
      await parts.limits.countPairing(address);
      return fail({ ...paired.error, about: 'wrong_code' });
    }
    parts.log.info('browser paired');
    return reply({ key: paired.value.key, workspace: withSettings(parts, paired.value.workspace) });
  },
  workspace: async (parts, { actor }) => reply(withSettings(parts, await getWorkspace(parts.backend, actor))),
  listKeys: async ({ backend }, { actor }) => reply(await listKeys(backend, actor)),
  createKey: async ({ backend }, { actor, body: { expiresAt, ...key } }) => {
    const end = expiresAt ? Date.parse(expiresAt) : null;
    if (end !== null && end <= backend.now())
      return fail({ code: 'INVALID_REQUEST', about: 'key_ends_in_past', data: { expiresAt: new Date(end).toISOString() } });
    const made = await createKey(backend, actor, { ...key, expiresAt: end });
    return ok({ kind: 'json', status: 201, body: made, keep: { ...made, key: null } });
  },
  revokeKeys: async ({ backend }, { actor, body }) => {
    let deletedCount = 0;
    for (const id of new Set(body.ids)) if ((await revokeKey(backend, actor, id)).ok) deletedCount++;
    return reply({ deletedCount });
  },
  revokeKey: async ({ backend }, { actor, params }) => replyWith(await revokeKey(backend, actor, params.id)),
};

/** The workspace as stored, and what the operator has set. */
export function withSettings({ config }: EdgeParts, workspace: Omit<WorkspaceAnswer, 'googleClientId' | 'google'>): WorkspaceAnswer {
  const limits = { ...workspace.limits, fileBytes: config.maxFileBytes };
  const { clientId, clientSecret, authUrl, apiUrl } = config.vendors.google;
  return { ...workspace, limits, googleClientId: clientId, google: { hasSecret: clientSecret !== null, authUrl, apiUrl } };
}
