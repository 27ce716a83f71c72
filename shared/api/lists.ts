import * as z from 'zod/mini';
import { count, listOf, moment, name } from './json.ts';

export const listSchema = z.object({ id: z.string(), name: z.string(), leadCount: count, isDefault: z.boolean(), createdAt: moment });
export type ListAnswer = z.infer<typeof listSchema>;
export const listsAnswer = z.object({ lists: listOf(listSchema) });
/** POST /api/lists and PATCH /api/lists/:id */
export const listBody = z.object({ name });
