import { afterEach, beforeEach, expect, test } from 'vitest';
import { offerPairing } from '../../../server/http/offer-pairing.ts';
import { startServer, type TestServer } from '../../support/start-server.ts';

const ORIGIN = 'moz-extension://3f2504e0-4f89-41d3-9a0c-0305e82c3301';
let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.stop());

const pair = (code: string) => server.send('POST', '/pair', { code }, { key: null, headers: { Origin: ORIGIN } });
/** Offers codes every few milliseconds; `shown` resolves when there are so many. */
async function offer(failures: unknown[] = []) {
  const codes: string[] = [];
  const holder = { workspace: server.home.workspace, member: server.home.admin };
  const made = await offerPairing(
    server.backend,
    holder,
    5,
    (code) => codes.push(code),
    (exception) => failures.push(exception),
  );
  const until = async (isSo: () => boolean) => {
    while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 2));
  };
  return { ...made, codes, until };
}

test('a code renews itself, and every one of them works while it lives', async () => {
  const { firstCode, codes, until, stop } = await offer();
  await until(() => codes.length >= 3);
  stop();
  expect(codes[0]).toBe(firstCode);
  expect(new Set(codes).size).toBe(codes.length);
  expect((await pair(codes[2] ?? '')).status).toBe(200);
});

test('once a browser is paired no more codes are shown, and none at the next start', async () => {
  const { codes, until } = await offer();
  await until(() => codes.length >= 2);
  expect((await pair(codes.at(-1) ?? '')).status).toBe(200);
  const shown = codes.length;
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(codes.length).toBeLessThanOrEqual(shown + 1); // one may have been on its way
  expect((await offer()).firstCode).toBeNull();
});

test('a code that cannot be stored does not end the server: the next turn tries again', async () => {
  const failures: unknown[] = [];
  const { codes, until, stop } = await offer(failures);
  const { addPairingCode } = server.backend.store;
  Object.assign(server.backend.store, { addPairingCode: () => Promise.reject(new Error('the disk is full')) });
  await until(() => failures.length >= 1);
  Object.assign(server.backend.store, { addPairingCode });
  const shown = codes.length;
  await until(() => codes.length > shown);
  stop();
});
