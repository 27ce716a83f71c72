/** Whether trying again helps: at once, after a wait, after the person reconnects, or not at all. */
export type Retry = 'now' | 'later' | 'reconnect' | 'never';

/** Every way a request to the server can fail, as data; `sentences/` renders it. */
export type ServerFailure = {
  readonly kind: ServerFailureKind;
  readonly retry: Retry;
  /** HTTP status, where there was an answer. */
  readonly status?: number;
  /** The server's own code and sentence, where it sent them. */
  readonly code?: string;
  readonly message?: string;
  /** The server asked to wait so long. */
  readonly retryAfterMs?: number;
  /** Numbers of the chunks the server misses. */
  readonly missing?: readonly number[];
};

export type ServerFailureKind =
  /** No answer at all: server off, wrong address, no network, address not permitted. */
  | 'unreachable'
  | 'timeout'
  /** Something answers there, but not Leadline (a login page, a proxy, garbage). */
  | 'notLeadline'
  | 'unauthorized'
  | 'planRequired'
  | 'readOnly'
  | 'forbidden'
  | 'listNotFound'
  | 'notFound'
  | 'conflict'
  | 'missingChunks'
  | 'tooLarge'
  | 'unsupportedType'
  | 'mismatch'
  | 'otherVersion'
  | 'rateLimited'
  | 'storageFull'
  | 'serverError'
  | 'refused';
