import type { ServerFailure } from '#shared/api/server-failure.ts';
import { troubleOf } from '../server-trouble.ts';

/** Kinds of which the server knows the reason and we only the kind: its sentence is the better one. */
const TOLD: ReadonlySet<ServerFailure['kind']> = new Set([
  'conflict',
  'refused',
  'forbidden',
  'notFound',
  'listNotFound',
  'inProgress',
  'rateLimited',
]);

/** Why something was not done, and what to do. */
export function failureWords(failure: ServerFailure): string {
  if (TOLD.has(failure.kind) && failure.message) return failure.message;
  const { fact, advice } = troubleOf(failure);
  return `${fact} ${advice}`;
}
