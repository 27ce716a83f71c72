// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { readGoogleSetup, readSheetsUrl } from '../../../extension/platform/google-setup.ts';

const LOOPBACK = 'http://127.0.0.1:4000';
const SERVERS = { googleClientId: 'server', google: { hasSecret: true, authUrl: LOOPBACK, apiUrl: LOOPBACK } };

describe('how people sign in to Google', () => {
  test('as the server says; without a client id not at all', () => {
    expect(readGoogleSetup(SERVERS)).toEqual({
      clientId: 'server',
      hasSecret: true,
      authUrl: LOOPBACK,
      tokenUrl: LOOPBACK,
      apiUrl: LOOPBACK,
    });
    expect(readGoogleSetup({ googleClientId: null })).toBeNull();
    expect(readGoogleSetup(null)).toBeNull();
  });
  test('a client id of this browser goes first, and no server holds its secret', () => {
    expect(readGoogleSetup(SERVERS, 'own')).toMatchObject({ clientId: 'own', hasSecret: false, apiUrl: LOOPBACK });
    expect(readGoogleSetup(null, 'own')).toMatchObject({ clientId: 'own', authUrl: 'https://accounts.google.com' });
  });
  test('only on this machine can a server name another Google', () => {
    const evil = { ...SERVERS, google: { hasSecret: false, authUrl: 'https://evil.example', apiUrl: 'https://evil.example' } };
    expect(readGoogleSetup(evil)).toMatchObject({ authUrl: 'https://accounts.google.com', apiUrl: 'https://sheets.googleapis.com' });
    expect([readSheetsUrl(evil), readSheetsUrl(null), readSheetsUrl(SERVERS)]).toEqual([
      'https://sheets.googleapis.com',
      'https://sheets.googleapis.com',
      LOOPBACK,
    ]);
  });
});
