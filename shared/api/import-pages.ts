import * as z from 'zod/mini';
import { BUCKETS } from '../plan/plan.ts';
import { importState } from './imports.ts';
import { listOf } from './json.ts';
import { page } from './query.ts';

/** GET /api/imports, newest first. */
export const importsQuery = z.object(page);
export const importsAnswer = z.object({ imports: listOf(importState), nextCursor: z.nullable(z.string()) });
/** GET /api/imports/:importId/rows, in the order of the file. */
export const rowsQuery = z.object({ bucket: z.exactOptional(z.enum(BUCKETS)), ...page });
