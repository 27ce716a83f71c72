import { fail, ok, type Result } from '#shared/result.ts';
import type { Refusal } from '../leads/backend.ts';

/** What the operator has set for Google; addresses other than Google's are of this machine. */
export type GoogleConfig = {
  readonly clientId: string | null;
  readonly clientSecret: string | null;
  readonly apiUrl: string | null;
  readonly authUrl: string | null;
};
export type CodeToExchange = { readonly code: string; readonly codeVerifier: string; readonly redirectUri: string };
export type ExchangedToken = { readonly accessToken: string; readonly expiresIn: number; readonly scope: string | null };

const TOKEN_URL = 'https://oauth2.googleapis.com';
const TIMEOUT_MS = 15_000;

/**
 * POST /api/google/token: trades a code for a token, which Google does only for whoever has the client's secret. Nothing
 * is stored or logged. Only redirects of extensions are taken: a code that was caught by a web page is not ours to trade.
 */
export async function exchangeCode(google: GoogleConfig, sent: CodeToExchange): Promise<Result<ExchangedToken, Refusal>> {
  const { clientId, clientSecret } = google;
  if (clientId === null || clientSecret === null) return fail({ code: 'NOT_FOUND', about: 'google_no_secret' });
  if (!isExtensionRedirect(sent.redirectUri)) return fail({ code: 'INVALID_REQUEST', about: 'google_redirect' });
  const form = {
    grant_type: 'authorization_code',
    client_id: clientId,
    client_secret: clientSecret,
    code: sent.code,
    code_verifier: sent.codeVerifier,
    redirect_uri: sent.redirectUri,
  };
  try {
    const url = `${google.authUrl ?? TOKEN_URL}/token`;
    const init = { method: 'POST', body: new URLSearchParams(form), signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' } as const;
    const answer = await fetch(url, init);
    if (answer.status >= 500) return fail({ code: 'INTERNAL', about: 'google_unreachable' });
    const body: unknown = await answer.json();
    const fields = typeof body === 'object' && body !== null ? new Map(Object.entries(body)) : new Map();
    const [accessToken, expiresIn, scope] = [fields.get('access_token'), fields.get('expires_in'), fields.get('scope')];
    if (answer.ok && typeof accessToken === 'string' && Number.isInteger(expiresIn))
      return ok({ accessToken, expiresIn, scope: typeof scope === 'string' ? scope : null });
    const why = fields.get('error') === 'invalid_grant' ? 'google_code' : 'google_client';
    return fail({ code: 'INVALID_REQUEST', about: why });
  } catch {
    return fail({ code: 'INTERNAL', about: 'google_unreachable' });
  }
}

/** Chrome's form for extensions, and Firefox's on this machine; the browsers let no page have either. */
function isExtensionRedirect(address: string): boolean {
  return (
    /^https:\/\/[a-p]{32}\.chromiumapp\.org\/[\w-]*$/.test(address) || /^http:\/\/127\.0\.0\.1\/mozoauth2\/[0-9a-f]{40}$/.test(address)
  );
}
