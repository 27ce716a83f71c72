import 'fake-indexeddb/auto';
import { cleanup } from '@testing-library/preact';
import { afterEach, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';

// The fake browser has no menus.
Object.assign(fakeBrowser.contextMenus, { removeAll: vi.fn(async () => {}), create: vi.fn() });
Object.assign(fakeBrowser.contextMenus.onClicked, { addListener: vi.fn() });

afterEach(cleanup);
