import { fail } from '#shared/result.ts';
import { createCustomField, listCustomFields, listTags } from '../leads/settings.ts';
import { addSuppressions, listSuppressions, removeSuppressions } from '../leads/suppressions.ts';
import { type HandlersOf, reply, replyWith } from './handler.ts';

/** Custom fields, tags and the people nobody may contact. */
export const settingRoutes: HandlersOf<
  | 'listCustomFields'
  | 'createCustomField'
  | 'listTags'
  | 'listSuppressions'
  | 'addSuppressions'
  | 'removeSuppressions'
  | 'removeSuppression'
> = {
  listCustomFields: async ({ backend }, { actor }) => reply(await listCustomFields(backend, actor)),
  createCustomField: async ({ backend }, { actor, body }) => replyWith(await createCustomField(backend, actor, body), 201),
  listTags: async ({ backend }, { actor }) => reply(await listTags(backend, actor)),
  listSuppressions: async ({ backend }, { actor, query }) => replyWith(await listSuppressions(backend, actor, query)),
  addSuppressions: async ({ backend }, { actor, body: { entries, ...options } }) => {
    const added = await addSuppressions(backend, actor, entries, options);
    return replyWith(added, added.ok && added.value.addedCount > 0 ? 201 : 200);
  },
  removeSuppressions: async ({ backend }, { actor, body }) => {
    const { removedCount } = await removeSuppressions(backend, actor, body.ids);
    return reply({ deletedCount: removedCount });
  },
  removeSuppression: async ({ backend }, { actor, params }) => {
    const { removedCount } = await removeSuppressions(backend, actor, [params.id]);
    return removedCount > 0 ? reply({ deletedCount: removedCount }) : fail({ code: 'NOT_FOUND' });
  },
};
