// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { fail, ok, type Result } from '#shared/result.ts';
import { createLinkFlow, type LinkEffects, type LinkFailure, type LinkView } from '../../../extension/flow/link-flow.ts';
import type { OpenedSource } from '../../../extension/sources/source.ts';

const ADDRESS = 'https://files.example.com/leads.csv';
const CDN = 'https://cdn.example.net/x.csv';
const FILE: OpenedSource = { name: 'leads.csv', bytes: 3, blob: new Blob(['a,b']), from: ADDRESS };

/** A browser with permissions, and a site that answers what is put before it. */
function room(changed: { answers?: Result<OpenedSource, LinkFailure>[]; says?: boolean[]; allowed?: string[]; front?: string } = {}) {
  const { answers = [ok(FILE)], says = [true], allowed = [], front = null } = changed;
  const did: string[] = [];
  const taken: OpenedSource[] = [];
  const signals: AbortSignal[] = [];
  const sites = new Set(allowed);
  const gate = { wait: null as Promise<void> | null };
  const effects: LinkEffects = {
    hasAccess: async (address) => sites.has(new URL(address).host),
    borrow: async (address, keep) => {
      const { host } = new URL(address);
      did.push(`borrow ${host}${keep ? ' for good' : ''}`);
      const granted = says.shift() ?? true;
      if (granted) sites.add(host);
      return granted;
    },
    holdLoans: () => {
      did.push('hold');
      return async () => void did.push('let go');
    },
    returnLoans: async () => void did.push('return'),
    fetch: async (wish) => {
      did.push(`fetch ${wish.address}`);
      signals.push(wish.signal);
      wish.onProgress(2, 3);
      await gate.wait;
      return wish.signal.aborted ? fail({ kind: 'cancelled' }) : (answers.shift() ?? ok(FILE));
    },
    limit: () => 10,
    frontPage: async () => front,
    watchFront: () => () => {},
    take: async (file) => void taken.push(file),
  };
  const links = createLinkFlow(effects);
  const seen: LinkView[] = [];
  links.subscribe(() => seen.push(links.view()));
  return { links, did, taken, seen, signals, gate };
}

describe('a link becomes the draft’s file', () => {
  test('nothing is fetched before the site is allowed; then the permission goes back as soon as the file is here', async () => {
    const { links, did, taken } = room();
    await links.open(ADDRESS);
    expect(links.view()).toMatchObject({ kind: 'asking', site: { host: 'files.example.com' }, wasRefused: false });
    expect(did).toEqual(['hold']);
    await links.allow(false);
    expect(taken).toEqual([FILE]);
    expect(links.view()).toEqual({ kind: 'closed' });
    expect(did).toEqual(['hold', 'borrow files.example.com', `fetch ${ADDRESS}`, 'let go', 'return']);
  });

  test('the browser is asked in the click itself, before anything is waited for', async () => {
    const { links, did } = room();
    await links.open(ADDRESS);
    const allowing = links.allow(true);
    expect(did.at(-1)).toBe('borrow files.example.com for good');
    await allowing;
  });

  test('a site that is allowed already is not asked for', async () => {
    const { links, taken, did } = room({ allowed: ['files.example.com'] });
    await links.open(ADDRESS);
    expect(taken).toHaveLength(1);
    expect(did.some((what) => what.startsWith('borrow'))).toBe(false);
  });

  test('a no is said as that, and can be a yes the next time', async () => {
    const { links, taken } = room({ says: [false, true] });
    await links.open(ADDRESS);
    await links.allow(false);
    expect(links.view()).toMatchObject({ kind: 'asking', wasRefused: true });
    expect(taken).toEqual([]);
    await links.allow(false);
    expect(taken).toEqual([FILE]);
  });

  test('a download that breaks in a way nobody thought of is a failure, and can be tried again', async () => {
    const { links, taken, gate } = room({ allowed: ['files.example.com'] });
    gate.wait = Promise.reject(new Error('no room for the bytes'));
    await links.open(ADDRESS);
    expect(links.view()).toMatchObject({ kind: 'failed', failure: { kind: 'unreachable' } });
    gate.wait = null;
    await links.again();
    expect(taken).toEqual([FILE]);
  });

  test('how far it is can be seen', async () => {
    const { links, seen } = room({ allowed: ['files.example.com'] });
    await links.open(ADDRESS);
    expect(seen).toContainEqual(expect.objectContaining({ kind: 'fetching', bytes: 2, total: 3 }));
  });

  test('a site that sends it on is followed once the other one is allowed', async () => {
    const { links, taken, did } = room({ answers: [fail({ kind: 'other_site', address: CDN }), ok(FILE)], allowed: ['files.example.com'] });
    await links.open(ADDRESS);
    expect(links.view()).toMatchObject({ kind: 'asking', site: { host: 'cdn.example.net' }, link: { host: 'files.example.com' } });
    await links.allow(false);
    expect(taken).toEqual([FILE]);
    expect(did.filter((what) => what.startsWith('fetch'))).toEqual([`fetch ${ADDRESS}`, `fetch ${ADDRESS}`]);
  });

  test('another site that is allowed and gives nothing is not asked for again and again', async () => {
    const { links } = room({ answers: [fail({ kind: 'other_site', address: CDN })], allowed: ['files.example.com', 'cdn.example.net'] });
    await links.open(ADDRESS);
    expect(links.view()).toMatchObject({ kind: 'failed', failure: { kind: 'unreachable' } });
  });

  test('after a failure it is tried again without another question', async () => {
    const { links, did, taken } = room({ answers: [fail({ kind: 'timeout', waitedMs: 30_000 }), ok(FILE)] });
    await links.open(ADDRESS);
    await links.allow(false);
    expect(links.view()).toMatchObject({ kind: 'failed', failure: { kind: 'timeout' } });
    expect(did).not.toContain('return');
    await links.again();
    expect(taken).toEqual([FILE]);
    expect(did.filter((what) => what.startsWith('borrow'))).toHaveLength(1);
  });
});

describe('a link that is left', () => {
  test('before the browser has said whether its site is allowed: it does not come back', async () => {
    const { links } = room();
    const first = links.open(ADDRESS);
    await links.open('javascript:alert(1)');
    await first;
    expect(links.view()).toMatchObject({ kind: 'refused' });
  });

  test('cancelled: the download stops, nothing is taken, the permission goes back', async () => {
    const { links, did, taken, signals, gate } = room({ allowed: ['files.example.com'] });
    let go = () => {};
    gate.wait = new Promise((resolve) => {
      go = resolve;
    });
    const opening = links.open(ADDRESS);
    await new Promise((resolve) => setTimeout(resolve));
    links.cancel();
    go();
    await opening;
    expect(signals[0]?.aborted).toBe(true);
    expect(taken).toEqual([]);
    expect(links.view()).toEqual({ kind: 'closed' });
    expect(did.slice(-2)).toEqual(['let go', 'return']);
  });

  test('another link takes its place: the former one’s file never comes', async () => {
    const { links, taken, signals, gate } = room({ allowed: ['files.example.com'] });
    let go = () => {};
    gate.wait = new Promise((resolve) => {
      go = resolve;
    });
    const first = links.open(ADDRESS);
    await new Promise((resolve) => setTimeout(resolve));
    const second = links.open('javascript:alert(1)');
    go();
    await Promise.all([first, second]);
    expect(signals[0]?.aborted).toBe(true);
    expect(taken).toEqual([]);
    expect(links.view()).toMatchObject({ kind: 'refused', refusal: 'script' });
  });
});

test('a page that only shows the file offers the file, and fetches neither by itself', async () => {
  const { links, did } = room();
  await links.open('https://github.com/acme/data/blob/main/leads.csv');
  expect(links.view()).toMatchObject({ kind: 'shown', raw: { service: 'GitHub' } });
  expect(did).toEqual([]);
  await links.openRaw();
  expect(links.view()).toMatchObject({ kind: 'asking', link: { address: 'https://github.com/acme/data/raw/main/leads.csv' } });
});

const FRONTS = [
  [ADDRESS, 'files.example.com', 'a file'],
  ['https://files.example.com/list', undefined, 'a page'],
  ['chrome-extension://abc/importer.html', undefined, 'a page of our own'],
] as const;
test.each(FRONTS)('in front: %s is offered from %s (%s)', async (front, host, _why) => {
  const { links } = room({ front });
  await new Promise((resolve) => setTimeout(resolve));
  expect(links.front()?.host).toBe(host);
});
