// @vitest-environment node
import { beforeEach, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { findWindow, postLink, type TakenLink, takeLink } from '../../../extension/platform/link-slot.ts';

beforeEach(() => {
  fakeBrowser.reset();
  vi.spyOn(fakeBrowser.windows, 'getCurrent').mockResolvedValue({ id: 7 } as never);
});

const postLinkHere = async (link: TakenLink) => postLink({ ...link, windowId: await findWindow() });

test('a sheet that the popup hands to the panel is taken once, and as a sheet', async () => {
  await postLinkHere({ kind: 'sheet', address: 'https://docs.google.com/spreadsheets/d/1' });
  expect(await takeLink()).toEqual({ kind: 'sheet', address: 'https://docs.google.com/spreadsheets/d/1' });
  expect(await takeLink()).toBeNull();
});

test('the last click counts', async () => {
  await postLinkHere({ kind: 'sheet', address: 'https://docs.google.com/spreadsheets/d/1' });
  await postLinkHere({ kind: 'file', address: 'https://a.example/x.csv' });
  expect(await takeLink()).toEqual({ kind: 'file', address: 'https://a.example/x.csv' });
});

test('what something else left there is nothing', async () => {
  await fakeBrowser.storage.session.set({ postedLink: { kind: 'sheet' } });
  expect(await takeLink()).toBeNull();
});
