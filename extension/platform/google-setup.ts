import type { WorkspaceAnswer } from '#shared/api/workspace.ts';
import { isLoopback } from './server-address.ts';

/** How to sign in to Google and where its API is. Addresses have no slash at the end. */
export type GoogleSetup = {
  /** The operator's own, of the kind "Web application". */
  readonly clientId: string;
  /** The server holds the client's secret: the code flow works. */
  readonly hasSecret: boolean;
  /** The page people sign in on. */
  readonly authUrl: string;
  /** Where tokens are looked at and given back. */
  readonly tokenUrl: string;
  readonly apiUrl: string;
};

const GOOGLE = {
  authUrl: 'https://accounts.google.com',
  tokenUrl: 'https://oauth2.googleapis.com',
  apiUrl: 'https://sheets.googleapis.com',
} as const;

/** Where the Sheets API is; `workspace` is null while none is known. */
export function readSheetsUrl(workspace: Pick<WorkspaceAnswer, 'google'> | null): string {
  return loopbackOrigin(workspace?.google?.apiUrl) ?? GOOGLE.apiUrl;
}

/**
 * What the workspace says about Google; null without a client id. Other addresses than Google's are taken only on this
 * machine: no server can lead a person to a sign-in page of its own. `own`: this browser's client id, which goes before
 * the server's; no server holds its secret. `workspace` is null while none is known.
 */
export function readGoogleSetup(
  workspace: Pick<WorkspaceAnswer, 'googleClientId' | 'google'> | null,
  own: string | null = null,
): GoogleSetup | null {
  const clientId = own ?? workspace?.googleClientId ?? null;
  if (clientId === null) return null;
  const google = workspace?.google;
  const auth = loopbackOrigin(google?.authUrl);
  return {
    clientId,
    hasSecret: own === null && (google?.hasSecret ?? false),
    authUrl: auth ?? GOOGLE.authUrl,
    tokenUrl: auth ?? GOOGLE.tokenUrl,
    apiUrl: readSheetsUrl(workspace),
  };
}

function loopbackOrigin(address: string | null | undefined): string | null {
  return address && isLoopback(address) ? new URL(address).origin : null;
}
