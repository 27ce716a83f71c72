import type { PairError } from '../platform/pairing.ts';
import { troubleOf } from './server-trouble.ts';

/** Why pairing did not work, and what to do. */
export function pairErrorWords(error: PairError | { readonly kind: 'noAccess' }): string {
  if (error.kind === 'noAccess')
    return 'Without the browser’s permission Leadline can’t talk to this address. Press Pair again and allow it.';
  if (error.kind === 'key') {
    return 'The server doesn’t know this key: it is wrong, or somebody revoked it. Make a new one with “npm start -- key --role admin”, or take the code the server has printed.';
  }
  if (error.kind === 'address') {
    return error.error === 'needs_https'
      ? 'A server on another machine needs https:// in its address, so that nobody on the way can read your leads.'
      : 'This is not an address. It looks like http://localhost:8787.';
  }
  const { failure } = error;
  if (failure.kind === 'unauthorized' || failure.kind === 'notFound') {
    return 'This code is wrong, used, or too old. Take the new one the server has printed, or ask an admin for a new invitation.';
  }
  if (failure.kind === 'rateLimited') return 'Too many attempts. Wait a minute, then take the newest code the server has printed.';
  if (failure.kind === 'refused')
    return 'The server can’t read this code. Take the one it has printed, a whole invitation (https://…#K7Q4-…), or a key that starts with ll_.';
  const { fact, advice } = troubleOf(failure);
  return `${fact} ${advice}`;
}
