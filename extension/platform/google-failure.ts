/**
 * Why nobody is signed in to Google.
 *
 * noClient: the operator has set no client id · denied: the person said no · scopeRefused: yes, but not to reading sheets ·
 * closed: the window was closed · signInNeeded: only a person can go on · wrongAccount: data.wanted, data.got · expired,
 * revoked: the token that was in use · blocked: the browser or an administrator forbids it · forged: an answer that is not
 * to our question · clientRefused: Google or the server does not take the client · unreachable · timedOut
 */
export const GOOGLE_FAILURES = {
  noClient: 'never',
  denied: 'reconnect',
  scopeRefused: 'reconnect',
  closed: 'reconnect',
  signInNeeded: 'reconnect',
  wrongAccount: 'reconnect',
  expired: 'reconnect',
  revoked: 'reconnect',
  blocked: 'never',
  forged: 'reconnect',
  clientRefused: 'never',
  unreachable: 'now',
  timedOut: 'now',
} as const satisfies Record<string, 'now' | 'later' | 'reconnect' | 'never'>;

export type GoogleFailureKind = keyof typeof GOOGLE_FAILURES;
export type GoogleFailure = {
  readonly kind: GoogleFailureKind;
  /** Whether trying again helps; `reconnect` = with the person. */
  readonly retry: (typeof GOOGLE_FAILURES)[GoogleFailureKind];
  readonly data?: Readonly<Record<string, string>>;
};

/** A failure with what is known of it. */
export function googleFailure(kind: GoogleFailureKind, data?: GoogleFailure['data']): GoogleFailure {
  return { kind, retry: GOOGLE_FAILURES[kind], ...(data ? { data } : {}) };
}
