// @vitest-environment node
import { beforeEach, describe, expect, test } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { browserGoogleSetup } from '../../../extension/platform/google-browser.ts';
import { writeSettings } from '../../../extension/platform/settings.ts';

beforeEach(() => fakeBrowser.reset());

describe('how this browser signs in to Google, on a page and by itself', () => {
  test('without a client id not at all', async () => {
    expect(await browserGoogleSetup(null)).toBeNull();
  });
  test('with its own client id, whatever the server has', async () => {
    await writeSettings({ googleClientId: 'own' });
    expect(await browserGoogleSetup(null)).toMatchObject({ clientId: 'own', hasSecret: false });
  });
});
