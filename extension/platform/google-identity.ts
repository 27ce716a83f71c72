import { fail, ok, type Result } from '#shared/result.ts';
import { browser, isFirefox } from './browser.ts';
import { type GoogleFailure, googleFailure } from './google-failure.ts';
import { EMAIL_SCOPE, SHEETS_SCOPE } from './google-sign-in.ts';

/** What the browser does for a sign-in. */
export type Identity = {
  /** The address that Google is to lead back to; the operator registers it. */
  readonly redirectUrl: () => string;
  /** Opens a page (a hidden one if `silent`) and gives the address it led back to. */
  readonly launch: (url: string, silent: boolean) => Promise<Result<string, GoogleFailure>>;
  /** The token of whoever is signed in to Chrome itself; null where the build or the browser has no such thing. */
  readonly profileToken: ((silent: boolean) => Promise<string | null>) | null;
  /** The client of such tokens; null with them. */
  readonly profileClient: string | null;
  /** Makes Chrome forget a token that Google no longer takes. */
  readonly dropProfileToken: (token: string) => Promise<void>;
};

/** Chrome opens a sign-in tab that may never come back. */
const PROFILE_SILENT_MS = 3_000;
const PROFILE_ASKING_MS = 60_000;
const SILENT_MS = 20_000;

/** The browser's own `identity`. */
export function browserIdentity(): Identity {
  return {
    redirectUrl: () => toRedirectUrl(browser.identity.getRedirectURL(), isFirefox),
    launch: async (url, silent) => {
      const ends = silent ? { timeoutMsForNonInteractive: SILENT_MS } : {};
      try {
        const flow = browser.identity.launchWebAuthFlow({ url, interactive: !silent, ...(isFirefox ? {} : ends) });
        const answer = silent ? await within(SILENT_MS + 1_000, flow) : await flow;
        return answer ? ok(answer) : fail(googleFailure(silent ? 'signInNeeded' : 'closed'));
      } catch (error) {
        return fail(failureOfLaunch(error instanceof Error ? error.message : String(error), silent));
      }
    },
    profileToken: profileClient() === null ? null : profileToken,
    profileClient: profileClient(),
    dropProfileToken: async (token) => {
      if (profileClient() !== null) await browser.identity.removeCachedAuthToken({ token });
    },
  };
}

/** Google leads back only to addresses it can verify, or to this machine: Firefox has a form of that kind (RFC 8252). */
export function toRedirectUrl(url: string, forFirefox: boolean): string {
  return forFirefox ? `http://127.0.0.1/mozoauth2/${new URL(url).hostname.split('.')[0]}` : url;
}

/** The browsers say it in words only. */
export function failureOfLaunch(message: string, silent: boolean): GoogleFailure {
  if (/interaction/i.test(message)) return googleFailure('signInNeeded');
  if (/not approve|cancel|closed/i.test(message)) return googleFailure(silent ? 'signInNeeded' : 'closed');
  if (/could not be loaded|network|offline/i.test(message)) return googleFailure('unreachable');
  return googleFailure('blocked');
}

/** The client is taken from the manifest; only a build with LEADLINE_CHROME_CLIENT_ID has one there. */
function profileClient(): string | null {
  return isFirefox ? null : (browser.runtime.getManifest().oauth2?.client_id ?? null);
}

async function profileToken(silent: boolean): Promise<string | null> {
  const asked = browser.identity.getAuthToken({ interactive: !silent, scopes: [SHEETS_SCOPE, EMAIL_SCOPE] });
  const answer = await within(silent ? PROFILE_SILENT_MS : PROFILE_ASKING_MS, asked).catch(() => null);
  return answer?.token ?? null;
}

/** An answer that comes later than that is none. */
async function within<T>(ms: number, work: Promise<T>): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
