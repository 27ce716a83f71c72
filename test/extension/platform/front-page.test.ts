// @vitest-environment node
import { beforeEach, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { readFrontPage, tellPageShown, watchFrontPage } from '../../../extension/platform/front-page.ts';

/** Events of the browser that tell nothing here but that something happened. */
function fakeEvent() {
  const listeners = new Set<(...told: unknown[]) => void>();
  return {
    addListener: (listener: (...told: unknown[]) => void) => void listeners.add(listener),
    removeListener: (listener: (...told: unknown[]) => void) => void listeners.delete(listener),
    fire: (...told: unknown[]) => {
      for (const listener of listeners) listener(...told);
    },
    count: () => listeners.size,
  };
}

const events = { activated: fakeEvent(), updated: fakeEvent(), focused: fakeEvent(), added: fakeEvent(), removed: fakeEvent() };
beforeEach(() => {
  Object.assign(fakeBrowser.tabs, { onActivated: events.activated, onUpdated: events.updated });
  Object.assign(fakeBrowser.windows, { onFocusChanged: events.focused });
  Object.assign(fakeBrowser.permissions, { onAdded: events.added, onRemoved: events.removed });
});
const inFront = (tab: object | undefined) => Object.assign(fakeBrowser.tabs, { query: vi.fn(async () => (tab ? [tab] : [])) });

test('a page the user has not shown us is none: the browser leaves its address out', async () => {
  inFront({ id: 1, active: true });
  expect(await readFrontPage()).toBeNull();
  inFront(undefined);
  expect(await readFrontPage()).toBeNull();
});

test('one that was shown has an address and a title', async () => {
  inFront({ url: 'https://docs.google.com/', title: 'Docs' });
  expect(await readFrontPage()).toEqual({ address: 'https://docs.google.com/', title: 'Docs' });
  inFront({ url: 'https://docs.google.com/' });
  expect(await readFrontPage()).toEqual({ address: 'https://docs.google.com/', title: '' });
});

test('another tab, window, address, title or permission is told; what happens in tabs behind is not', () => {
  let told = 0;
  const stop = watchFrontPage(() => {
    told += 1;
  });
  events.activated.fire({ tabId: 2 });
  events.focused.fire(1);
  events.added.fire({});
  events.removed.fire({});
  events.updated.fire(1, { url: 'https://docs.google.com/' }, { active: true });
  expect(told).toBe(5);
  events.updated.fire(2, { url: 'https://docs.google.com/' }, { active: false });
  expect(told).toBe(5);
  stop();
  expect(Object.values(events).map((event) => event.count())).toEqual([0, 0, 0, 0, 0]);
});

test('a click on the toolbar button is told to the panel that is open already', async () => {
  let told = 0;
  const stop = watchFrontPage(() => {
    told += 1;
  });
  tellPageShown();
  await vi.waitFor(() => expect(told).toBe(1));
  stop();
});
