import type { ServerFailure } from '#shared/api/server-failure.ts';
import { apiErrorSentence } from '#shared/sentences/api-error.ts';
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

/** Said to whoever writes programs; nobody who types can do anything with it. */
const FOR_PROGRAMS = apiErrorSentence('INVALID_REQUEST');

/** Why something was not done, and what to do. */
export function failureWords(failure: ServerFailure): string {
  if (failure.message === FOR_PROGRAMS) return 'The server does not take this as it is. Check what was typed, then try again.';
  if (TOLD.has(failure.kind) && failure.message) return failure.message;
  const { fact, advice } = troubleOf(failure);
  return `${fact} ${advice}`;
}
