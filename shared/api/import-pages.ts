import * as z from 'zod/mini';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '../limits.ts';
import { BUCKETS } from '../plan/plan.ts';
import { importState } from './imports.ts';
import { listOf } from './json.ts';
import { wholeNumber } from './query.ts';

const page = {
  cursor: z.exactOptional(z.string().check(z.maxLength(500))),
  limit: z._default(wholeNumber(1, MAX_PAGE_SIZE), DEFAULT_PAGE_SIZE),
};

/** GET /api/imports, newest first. */
export const importsQuery = z.object(page);
export const importsAnswer = z.object({ imports: listOf(importState), nextCursor: z.nullable(z.string()) });
/** GET /api/imports/:importId/rows, in the order of the file. */
export const rowsQuery = z.object({ bucket: z.exactOptional(z.enum(BUCKETS)), ...page });
