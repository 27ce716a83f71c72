// @vitest-environment node
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { startMenus } from '../../../extension/background/menus.ts';
import { takeLink } from '../../../extension/platform/link-slot.ts';

type Click = (info: object, tab: object | undefined) => void;
const did: string[] = [];
let click: Click;
let panel: () => Promise<void>;

beforeEach(() => {
  fakeBrowser.reset();
  did.length = 0;
  panel = async () => {};
  Object.assign(fakeBrowser.contextMenus.onClicked, {
    addListener: (listener: Click) => {
      click = listener;
    },
  });
  Object.assign(fakeBrowser, {
    sidePanel: {
      open: ({ windowId }: { windowId: number }) => {
        did.push(`panel of window ${windowId}`);
        return panel();
      },
    },
  });
  vi.spyOn(fakeBrowser.windows, 'getCurrent').mockResolvedValue({ id: 7 } as never);
  vi.spyOn(fakeBrowser.tabs, 'create').mockImplementation((async ({ url }: { url: string }) => void did.push(url)) as never);
  startMenus();
});

describe('a click on the menu', () => {
  test('opens the panel before anything else happens, and the link waits for it', async () => {
    click({ menuItemId: 'import-link', linkUrl: 'https://a.example/x.csv', pageUrl: 'https://a.example/' }, { windowId: 7 });
    expect(did).toEqual(['panel of window 7']);
    await vi.waitFor(async () => expect(await takeLink()).toEqual({ kind: 'file', address: 'https://a.example/x.csv' }));
    expect(await takeLink()).toBeNull();
  });
  test('on the page of an open file takes the page', async () => {
    click({ menuItemId: 'import-page', pageUrl: 'https://a.example/x.csv' }, { windowId: 7 });
    await vi.waitFor(async () => expect(await takeLink()).toEqual({ kind: 'file', address: 'https://a.example/x.csv' }));
  });
  test('where no panel opens, a tab takes the link', async () => {
    panel = () => Promise.reject(new Error('no gesture'));
    click({ menuItemId: 'import-link', linkUrl: 'https://a.example/x.csv' }, { windowId: 7 });
    await vi.waitFor(() => expect(did.at(-1)).toMatch(/importer\.html#link=1$/));
  });
  test('in another window is not for this one’s panel', async () => {
    click({ menuItemId: 'import-link', linkUrl: 'https://a.example/x.csv' }, { windowId: 8 });
    await vi.waitFor(async () => expect(await fakeBrowser.storage.session.get()).toHaveProperty('postedLink'));
    expect(await takeLink()).toBeNull();
  });
  test('on somebody else’s entry does nothing', () => {
    click({ menuItemId: 'other', linkUrl: 'https://a.example/x.csv' }, { windowId: 7 });
    expect(did).toEqual([]);
  });
});
