import type { ServerFailure } from '#shared/api/server-failure.ts';
import type { WorkspaceAnswer } from '#shared/api/workspace.ts';
import { fail } from '#shared/result.ts';
import { askServer } from './ask-server.ts';
import { type GoogleFailure, googleFailure } from './google-failure.ts';
import { browserIdentity } from './google-identity.ts';
import { type GoogleSetup, readGoogleSetup } from './google-setup.ts';
import { type SheetsAccess, sleep } from './google-sheets.ts';
import { type GoogleTokens, googleTokens } from './google-token.ts';
import { browserTokenStore, type GoogleToken } from './google-token-store.ts';
import { readSettings } from './settings.ts';

/** How people sign in to Google with this browser: its own client id goes before the workspace's. Null without any. */
export async function browserGoogleSetup(workspace: WorkspaceAnswer | null): Promise<GoogleSetup | null> {
  return readGoogleSetup(workspace, (await readSettings()).googleClientId);
}

/**
 * Signing in with what this browser has. One per page: it makes sign-ins wait for one another. The window of Google
 * closes a popup, so ask from the panel, a tab or the background. While this browser is not paired the code flow fails.
 */
export function browserGoogleTokens(): GoogleTokens {
  return googleTokens({
    identity: browserIdentity(),
    store: browserTokenStore(),
    fetch: (input, init) => fetch(input, init),
    now: Date.now,
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    exchange: async (body) => {
      const { serverAddress: address, key } = await readSettings();
      if (key === null) return fail(googleFailure('clientRefused'));
      const server = askServer({ address, key, fetch: (input, init) => fetch(input, init), now: Date.now });
      const answer = await server.ask('googleToken', { body });
      return answer.ok ? answer : fail(failureOfServer(answer.error));
    },
  });
}

function failureOfServer({ kind, retry }: ServerFailure): GoogleFailure {
  if (kind === 'timeout') return googleFailure('timedOut');
  return googleFailure(retry === 'never' || retry === 'reconnect' ? 'clientRefused' : 'unreachable');
}

/** The Sheets API with what this browser has, for `openGoogleSheet` and `readGoogleSheet`. */
export function browserSheetsAccess(
  { apiUrl }: Pick<GoogleSetup, 'apiUrl'>,
  { accessToken }: Pick<GoogleToken, 'accessToken'>,
  more: Pick<SheetsAccess, 'signal' | 'onWait'> = {},
): SheetsAccess {
  return { apiUrl, accessToken, fetch: (input, init) => fetch(input, init), now: Date.now, random: Math.random, sleep, ...more };
}
