import type { CrmFailure } from '#shared/crm/failure.ts';
import type { Provider } from '#shared/crm/record.ts';
import type { CrmReason } from '#shared/sentences/crm-reasons.ts';
import type { CrmAccount } from '../../store/connection-store.ts';
import type { CrmResult } from '../adapter.ts';

/** All that differs between the CRMs when somebody signs in; the rest is `oauth.ts` for every one of them. */
export type OAuthProvider = {
  readonly provider: Provider;
  /** As people know it. */
  readonly name: string;
  /** The operator's app for people who sign in at a host; null until both of its parts are given. */
  readonly clientAt: (loginHost: string | null) => OAuthClient | null;
  /** There is an app for some host. */
  readonly hasClient: boolean;
  /** Null where there is one host for all; otherwise the host people meant, or 'refused' for one that is not the CRM's. */
  readonly readLoginHost: (given: string | undefined) => string | null | 'refused';
  readonly endpoints: (loginHost: string | null) => OAuthEndpoints;
  /** Rights asked for: nothing works without the needed ones; an account may lack the others. */
  readonly scopes: { readonly needed: readonly string[]; readonly optional: readonly string[] };
  /** What is asked for besides the needed rights, in the words of this CRM. */
  readonly authorizeExtras: Readonly<Record<string, string>>;
  /** Whose account the tokens open. */
  readonly identify: (tokens: OAuthTokens) => Promise<CrmResult<Identity>>;
  /** Whose account a pasted key opens; null where there are no such keys. */
  readonly identifyKey: ((key: string) => Promise<CrmResult<Identity>>) | null;
};
/** `env`: its part of the variables' names, where it is not the CRM's name. */
export type OAuthClient = { readonly id: string; readonly secret: string; readonly env?: string };
export type OAuthEndpoints = { readonly authorize: string; readonly token: string; readonly revoke: string };

/** What a token endpoint answers (RFC 6749, 5.1). */
export type OAuthTokens = {
  readonly accessToken: string;
  /** Null = the one that was used stays good. */
  readonly refreshToken: string | null;
  /** ms; null = the CRM does not say. */
  readonly lifeMs: number | null;
  readonly instanceUrl: string | null;
  /** Null = it does not say. */
  readonly scopes: readonly string[] | null;
  /** The whole answer, for `identify`. */
  readonly fields: ReadonlyMap<string, unknown>;
};
export type Identity = {
  readonly account: CrmAccount;
  /** What was granted; null = the CRM does not say. */
  readonly scopes: readonly string[] | null;
  /** Rights that are known to be missing without being told the granted ones. */
  readonly missing: readonly string[];
  readonly apiVersion: string | null;
  /** How many it took to find that out. */
  readonly calls: number;
};

/** Codes of an account whose interface has no version that Leadline was made for; the message is the one it has. */
export const VERSION_TOO_OLD = 'version_too_old';
export const VERSION_TOO_NEW = 'version_too_new';

/** How that is told, and of which version; null of any other failure. */
export function versionTrouble({ code, message }: CrmFailure): { readonly about: CrmReason; readonly version: string } | null {
  const about = VERSION_REASONS.get(code);
  return about === undefined ? null : { about, version: message };
}
const VERSION_REASONS: ReadonlyMap<string, CrmReason> = new Map([
  [VERSION_TOO_OLD, 'crm_too_old'],
  [VERSION_TOO_NEW, 'crm_too_new'],
]);
