// @vitest-environment node
import { Dexie } from 'dexie';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { badgeStateOf } from '../../../extension/background/badge-state.ts';
import { startBackground } from '../../../extension/background/start.ts';
import { plannerLock, withLock } from '../../../extension/platform/locks.ts';
import { writeSettings } from '../../../extension/platform/settings.ts';
import { wakeLater } from '../../../extension/platform/wake.ts';
import { openDatabase } from '../../../extension/storage/database.ts';
import { addImport, changeImport, readImport } from '../../../extension/storage/outbox.ts';
import type { ImportRecord } from '../../../extension/storage/records.ts';
import { fakeServer } from './fake-server.ts';
import { addSealed, ORDER } from './sealed-import.ts';

const badge = { text: '' };

beforeEach(async () => {
  fakeBrowser.reset();
  vi.restoreAllMocks();
  // A fresh browser: the background opens its database by name.
  vi.stubGlobal('indexedDB', new IDBFactory());
  Dexie.dependencies.indexedDB = indexedDB;
  vi.spyOn(fakeBrowser.action, 'setBadgeText').mockImplementation((async ({ text }: { text: string }) => {
    badge.text = text;
  }) as never);
  vi.spyOn(fakeBrowser.action, 'setBadgeBackgroundColor').mockResolvedValue(undefined as never);
  vi.spyOn(fakeBrowser.action, 'setTitle').mockResolvedValue(undefined as never);
  vi.spyOn(fakeBrowser.alarms, 'clear');
  vi.spyOn(fakeBrowser.runtime, 'getPlatformInfo').mockResolvedValue({} as never);
  badge.text = '';
});

describe('a worker that starts looks into the outbox, whatever woke it', () => {
  test('it sends what is sealed, shows it is done, and sets no alarm any more', async () => {
    const database = openDatabase();
    const server = fakeServer();
    vi.stubGlobal('fetch', server.fetch);
    await writeSettings({ key: 'll_key' });
    await addSealed(database, 'i1', 3, 4);
    startBackground();
    await vi.waitFor(() => expect(badge.text).toBe('✓'));
    expect(await readImport(database, 'i1')).toMatchObject({ stage: 'done' });
    await vi.waitFor(async () => expect(await fakeBrowser.alarms.getAll()).toEqual([]));
    expect(server.stored).toHaveLength(12);
  });

  test('an alarm exists from before the first request until there is nothing left to do', async () => {
    const database = openDatabase();
    const server = fakeServer();
    const alarms: unknown[] = [];
    server.before = async () => {
      alarms.push(...(await fakeBrowser.alarms.getAll()));
      return Promise.reject(new TypeError('refused'));
    };
    vi.stubGlobal('fetch', server.fetch);
    await writeSettings({ key: 'll_key' });
    await addSealed(database, 'i1', 1, 4);
    startBackground();
    await vi.waitFor(() => expect(badge.text).toBe('…'));
    expect(alarms[0]).toMatchObject({ name: 'outbox', periodInMinutes: 0.5 });
    server.before = () => null;
    await changeImport(database, 'i1', (record) => ({ ...record, nextAttemptAt: 0 }));
    await vi.waitFor(() => expect(badge.text).toBe('✓'), { timeout: 3_000 });
  });

  test('an import whose page died before the seal is planned here; without its file it says so', async () => {
    const database = openDatabase();
    await addImport(database, 'i1', 'd1', ORDER, 0);
    startBackground();
    await vi.waitFor(() => expect(badge.text).toBe('!'));
    expect(await readImport(database, 'i1')).toMatchObject({ stage: 'stopped', failure: { kind: 'fileGone' } });
  });

  test('while a page plans an import the background stands behind it, and takes over the moment the page dies', async () => {
    const database = openDatabase();
    const server = fakeServer();
    vi.stubGlobal('fetch', server.fetch);
    await writeSettings({ key: 'll_key' });
    await database.files.put({ draft: 'd1', blob: new Blob(['First name\nAnn\nBob\n']) });
    let die = () => {};
    const page = withLock(
      plannerLock('i1'),
      () =>
        new Promise<void>((resolve) => {
          die = resolve;
        }),
    );
    await addImport(database, 'i1', 'd1', ORDER, 0);
    startBackground();
    await vi.waitFor(async () => expect((await navigator.locks.query()).pending).toHaveLength(1));
    expect(await readImport(database, 'i1')).toMatchObject({ stage: 'planning' });
    die();
    await page;
    await vi.waitFor(() => expect(badge.text).toBe('✓'));
    expect(server.stored).toEqual([2, 3]);
  });

  test('an empty outbox does not forget a click that is just being written down: its alarm rings, and the order is found', async () => {
    const database = openDatabase();
    const server = fakeServer();
    vi.stubGlobal('fetch', server.fetch);
    await writeSettings({ key: 'll_key' });
    await database.files.put({ draft: 'd1', blob: new Blob(['First name\nAnn\nBob\n']) });
    await wakeLater();
    startBackground();
    await vi.waitFor(() => expect(fakeBrowser.alarms.clear).toHaveBeenCalled());
    // The page wrote its order and died before it could say so.
    await addImport(database, 'i1', 'd1', ORDER, 0);
    const [alarm] = await fakeBrowser.alarms.getAll();
    expect(alarm).toMatchObject({ name: 'click' });
    await fakeBrowser.alarms.onAlarm.trigger(alarm as never); // as: the one just read
    await vi.waitFor(() => expect(badge.text).toBe('✓'));
    expect(server.stored).toEqual([2, 3]);
  });

  test('not paired: the badge asks for the person; after pairing it goes on by itself', async () => {
    const database = openDatabase();
    const server = fakeServer();
    vi.stubGlobal('fetch', server.fetch);
    await addSealed(database, 'i1', 1, 4);
    startBackground();
    await vi.waitFor(() => expect(badge.text).toBe('!'));
    await writeSettings({ key: 'll_key' });
    await vi.waitFor(() => expect(badge.text).toBe('✓'));
  });

  test('all listeners are there in the first turn', () => {
    const events = ['onInstalled', 'onStartup', 'onMessage'] as const;
    const added = events.map((event) => vi.spyOn(fakeBrowser.runtime[event] as unknown as { addListener: () => void }, 'addListener'));
    const alarm = vi.spyOn(fakeBrowser.alarms.onAlarm, 'addListener');
    startBackground();
    for (const spy of added) expect(spy).toHaveBeenCalledOnce();
    // One of the outbox, one of linked sheets.
    expect(alarm).toHaveBeenCalledTimes(2);
  });
});

describe('the badge says one true thing', () => {
  const record = (rest: Partial<ImportRecord>) =>
    ({ stage: 'sealed', paused: false, failure: null, total: 10, rowsDone: 5, ...rest }) as ImportRecord;
  const later = { kind: 'unreachable', retry: 'later' } as const;
  const you = { kind: 'unauthorized', retry: 'reconnect' } as const;
  const cases = [
    { records: [], kind: 'none', why: 'nothing is there' },
    { records: [record({})], kind: 'sending', why: 'rows are going out' },
    { records: [record({ failure: later })], kind: 'waiting', why: 'the server does not answer' },
    { records: [record({ paused: true })], kind: 'paused', why: 'somebody paused it' },
    { records: [record({ stage: 'done' })], kind: 'done', why: 'a receipt waits to be read' },
    { records: [record({ stage: 'done' }), record({})], kind: 'sending', why: 'one is over, one is not' },
    { records: [record({}), record({ failure: you })], kind: 'needsYou', why: 'what needs a person comes first' },
    { records: [record({ stage: 'stopped', failure: later })], kind: 'needsYou', why: 'it will not go on by itself' },
    { records: [record({ paused: true }), record({ failure: later })], kind: 'waiting', why: 'a paused one does not hide one that waits' },
  ] as const;
  test.each(cases)('$kind: $why', ({ records, kind }) => {
    expect(badgeStateOf(records).kind).toBe(kind);
  });
});
