// @vitest-environment node
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_FILE_BYTES } from '#shared/limits.ts';
import { fetchLink, LINK_WAIT_MS, type LinkFetch } from '../../../extension/sources/csv-link-fetch.ts';
import { type FakeFiles, FILE_ROWS, startFiles } from '../../support/fake-files.ts';
import { remoteSourceContract } from './remote-source-contract.ts';

const REAL: LinkFetch = { fetch: globalThis.fetch, after: () => () => {}, onRedirect: () => () => {} };
let files: FakeFiles;
beforeAll(async () => {
  files = await startFiles();
});
afterAll(() => files.close());

function get(path: string, effects: Partial<LinkFetch> = {}, limit = MAX_FILE_BYTES) {
  const wish = { address: `${files.url}${path}`, limit, signal: new AbortController().signal, onProgress: () => {} };
  return fetchLink({ ...REAL, ...effects }, wish);
}

describe('a file behind a link', () => {
  const good = [
    ['/leads.csv', 'leads.csv', 'as a site should give it'],

    ['/as-binary', 'June léads.csv', 'called by the header, whatever type it is said to be'],
    ['/as-html.csv', 'as-html.csv', 'a table that is said to be a page is still a table'],
    ['/packed.csv', 'packed.csv', 'unpacked on its way'],
    ['/moved.csv', 'June léads.csv', 'after a redirect, called as there'],
  ] as const;
  test.each(good)('%s: %s, %s', async (path, name) => {
    const got = await get(path);
    expect(got).toMatchObject({ ok: true, value: { name, bytes: FILE_ROWS.length, from: `${files.url}${path}` } });
    expect(got.ok && (await got.value.blob.text())).toBe(FILE_ROWS);
  });

  test('an empty file is a file: reading says that nothing is in it', async () => {
    expect(await get('/empty.csv')).toMatchObject({ ok: true, value: { bytes: 0 } });
  });
});

describe('a link that gives no file says why', () => {
  const bad = [
    ['/nowhere.csv', { kind: 'not_found' }, '404'],
    ['/410.csv', { kind: 'not_found' }, 'gone'],
    ['/401.csv', { kind: 'sign_in' }, 'who are you'],
    ['/403.csv', { kind: 'sign_in' }, 'not you'],
    ['/login.csv', { kind: 'sign_in' }, 'a sign-in page in the place of the file'],
    ['/to-login.csv', { kind: 'sign_in' }, 'after a redirect'],
    ['/page', { kind: 'web_page' }, 'a page'],
    ['/page.csv', { kind: 'web_page' }, 'a page that is said to be a CSV'],
    ['/500.csv', { kind: 'site_failed', status: 500 }, 'trouble of the site'],
    ['/429.csv', { kind: 'site_failed', status: 429 }, 'too often'],
    ['/loop.csv', { kind: 'unreachable' }, 'a redirect to itself'],
    ['/breaks.csv', { kind: 'unreachable' }, 'breaks off in the middle'],
    ['/said-large.csv', { kind: 'too_large', limit: MAX_FILE_BYTES, bytes: 300 * 1024 * 1024 }, 'says beforehand that it is too large'],
    ['/bomb.csv', { kind: 'too_large', limit: MAX_FILE_BYTES, bytes: null }, '300 MB packed into 0.3'],
    ['/endless.csv', { kind: 'too_large', limit: MAX_FILE_BYTES, bytes: null }, 'never ends'],
  ] as const;
  test.each(bad)('%s: %j, %s', async (path, error) => {
    expect(await get(path)).toEqual({ ok: false, error });
  });

  test('of what never ends, little more than the limit leaves the site', async () => {
    const before = files.sentBytes();
    await get('/endless.csv');
    await new Promise((resolve) => setTimeout(resolve, 50));
    const after = files.sentBytes();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(files.sentBytes()).toBe(after);
    // What lies in the sockets of either side comes on top.
    expect(after - before).toBeLessThan(3 * MAX_FILE_BYTES);
  });

  test('nobody listens there', async () => {
    const gone = await startFiles();
    await gone.close();
    const wish = { address: `${gone.url}/leads.csv`, limit: 1, signal: new AbortController().signal, onProgress: () => {} };
    expect(await fetchLink(REAL, wish)).toEqual({ ok: false, error: { kind: 'unreachable' } });
  });

  test.each(['/silent.csv', '/stalls.csv'])('%s: after half a minute without a byte it is stopped', async (path) => {
    let asked = 0;
    const got = await get(path, {
      after: (ms, work) => {
        asked = ms;
        const timer = setTimeout(work, 50);
        return () => clearTimeout(timer);
      },
    });
    expect(got).toEqual({ ok: false, error: { kind: 'timeout', waitedMs: LINK_WAIT_MS } });
    expect(asked).toBe(LINK_WAIT_MS);
  });
});

describe('a site that sends the download on to another site', () => {
  const refused: typeof fetch = async () => Promise.reject(new TypeError('Failed to fetch'));
  const tells = (to: string): Partial<LinkFetch> => ({
    fetch: refused,
    onRedirect: (_address, heard) => {
      heard(to);
      return () => {};
    },
  });
  test('is not permitted there: the other site is named, so that it can be asked for', async () => {
    const address = 'https://cdn.example.net/x.csv';
    expect(await get('/leads.csv', tells(address))).toEqual({ ok: false, error: { kind: 'other_site', address } });
  });
  test('that breaks off at the same site is just not reached', async () => {
    expect(await get('/leads.csv', tells(`${files.url}/x.csv`))).toEqual({ ok: false, error: { kind: 'unreachable' } });
  });
  test('is not listened to any longer than the download takes', async () => {
    let isHeard = true;
    await get('/leads.csv', {
      onRedirect: () => () => {
        isHeard = false;
      },
    });
    expect(isHeard).toBe(false);
  });
});

test('a bug is no failure of the site', async () => {
  const broken = async () => Promise.reject(new RangeError('a bug'));
  await expect(get('/leads.csv', { fetch: broken })).rejects.toThrow('a bug');
});

remoteSourceContract('csv-link', async () => {
  const own = await startFiles();
  const paths = {
    fine: '/leads.csv',
    'changes meanwhile': '/leads.csv',
    'too large': '/bomb.csv',
    'not found': '/404',
    refused: '/403.csv',
    'never answers': '/silent.csv',
  };
  return {
    fetch: (situation, wish) => fetchLink(REAL, { ...wish, address: `${own.url}${paths[situation]}` }),
    kinds: { 'too large': 'too_large', 'not found': 'not_found', refused: 'sign_in', cancelled: 'cancelled' },
    sizeOf: ({ bytes }) => bytes,
    isOneMoment: null,
    close: own.close,
  };
});
