// @vitest-environment node
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { writeSettings } from '../../../extension/platform/settings.ts';
import { borrowSite, holdLoans, returnLoans } from '../../../extension/platform/site-loan.ts';

const SITE = 'https://files.example.com/leads.csv';
const PATTERN = 'https://files.example.com/*';
const granted = new Set<string>();
const says = { yes: true };

beforeEach(() => {
  fakeBrowser.reset();
  granted.clear();
  says.yes = true;
  Object.assign(fakeBrowser.permissions, {
    request: vi.fn(async ({ origins }: { origins: string[] }) => {
      if (says.yes) for (const origin of origins) granted.add(origin);
      return says.yes;
    }),
    remove: vi.fn(async ({ origins }: { origins: string[] }) => {
      for (const origin of origins) granted.delete(origin);
      return true;
    }),
  });
});

describe('a site that is lent', () => {
  test('goes back, and only once nobody holds it any more', async () => {
    const letGo = holdLoans();
    expect(await borrowSite(SITE, false)).toBe(true);
    expect([...granted]).toEqual([PATTERN]);
    await returnLoans();
    expect([...granted]).toEqual([PATTERN]);
    await letGo();
    await returnLoans();
    expect([...granted]).toEqual([]);
  });
  test('stays where the user keeps it', async () => {
    await borrowSite(SITE, true);
    await returnLoans();
    expect([...granted]).toEqual([PATTERN]);
  });
  test('is written down before the answer comes: a page that dies in between leaves nothing behind', async () => {
    let answer = (_yes: boolean) => {};
    vi.mocked(fakeBrowser.permissions.request).mockImplementation((async () => {
      granted.add(PATTERN);
      return new Promise<boolean>((resolve) => {
        answer = resolve;
      });
    }) as never);
    const asking = borrowSite(SITE, false);
    await vi.waitFor(async () => expect(await fakeBrowser.storage.local.get()).toMatchObject({ siteLoans: [PATTERN] }));
    await returnLoans();
    expect([...granted]).toEqual([]);
    answer(true);
    await asking;
  });
  test('that was refused leaves no note', async () => {
    says.yes = false;
    expect(await borrowSite(SITE, false)).toBe(false);
    await returnLoans();
    expect(fakeBrowser.permissions.remove).not.toHaveBeenCalled();
  });
  test('is never the user’s own server', async () => {
    await writeSettings({ serverAddress: 'https://files.example.com' });
    await borrowSite(SITE, false);
    await returnLoans();
    expect([...granted]).toEqual([PATTERN]);
  });
  test('on this machine needs no question', async () => {
    expect(await borrowSite('http://127.0.0.1:9000/leads.csv', false)).toBe(true);
    expect(fakeBrowser.permissions.request).not.toHaveBeenCalled();
  });
});
