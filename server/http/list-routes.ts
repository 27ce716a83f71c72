import { createList, deleteList, listLists, renameList } from '../leads/lists.ts';
import { changeTemplate, createTemplate, deleteTemplate, listTemplates } from '../leads/mapping-templates.ts';
import { type HandlersOf, reply, replyWith } from './handler.ts';

/** Lists of leads. */
export const listRoutes: HandlersOf<'listLists' | 'createList' | 'renameList' | 'deleteList'> = {
  listLists: async ({ backend }, { actor }) => reply(await listLists(backend, actor)),
  createList: async ({ backend }, { actor, body }) => replyWith(await createList(backend, actor, body), 201),
  renameList: async ({ backend }, { actor, params, body }) => replyWith(await renameList(backend, actor, params.id, body)),
  deleteList: async ({ backend }, { actor, params }) => replyWith(await deleteList(backend, actor, params.id)),
};

/** Named mappings. */
export const templateRoutes: HandlersOf<'listTemplates' | 'createTemplate' | 'changeTemplate' | 'deleteTemplate'> = {
  listTemplates: async ({ backend }, { actor, query }) => reply(await listTemplates(backend, actor, query.signature)),
  createTemplate: async ({ backend }, { actor, body }) => replyWith(await createTemplate(backend, actor, body), 201),
  changeTemplate: async ({ backend }, { actor, params, body }) => replyWith(await changeTemplate(backend, actor, params.id, body)),
  deleteTemplate: async ({ backend }, { actor, params }) => replyWith(await deleteTemplate(backend, actor, params.id)),
};
