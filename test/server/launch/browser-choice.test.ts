import { describe, expect, test } from 'vitest';
import { browserArguments, extensionId, findBrowser, hasDisplay } from '../../../server/launch/browser-choice.mjs';

const having =
  (...paths: readonly string[]) =>
  (path: string) =>
    paths.includes(path);

describe('the browser that is opened', () => {
  test.each([
    ['a Chromium of the system', 'linux', ['/usr/bin/chromium'], '/usr/bin/chromium', true],
    [
      'a Chromium rather than a Chrome',
      'linux',
      ['/usr/bin/google-chrome', '/opt/bin/chromium-browser'],
      '/opt/bin/chromium-browser',
      true,
    ],
    ['a Chrome, which takes extensions by hand only', 'linux', ['/usr/bin/google-chrome'], '/usr/bin/google-chrome', false],
    [
      'a Chromium on a Mac',
      'darwin',
      ['/Applications/Chromium.app/Contents/MacOS/Chromium'],
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      true,
    ],
    [
      'a Chrome on Windows',
      'win32',
      ['C:\\Programs\\Google\\Chrome\\Application\\chrome.exe'],
      'C:\\Programs\\Google\\Chrome\\Application\\chrome.exe',
      false,
    ],
  ])('%s', (_, platform, paths, path, loadsExtensions) => {
    const env = { PATH: '/opt/bin:/usr/bin', ProgramFiles: 'C:\\Programs' };
    expect(findBrowser(platform, env, having(...paths))).toEqual({ path, loadsExtensions });
  });
  test('none where there is none', () => expect(findBrowser('linux', { PATH: '/usr/bin' }, having())).toBeNull());
});

describe('a window can be shown', () => {
  test.each([
    ['under X', 'linux', { DISPLAY: ':0' }, true],
    ['under Wayland', 'linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
    ['not on a bare server', 'linux', {}, false],
    ['on a Mac', 'darwin', {}, true],
    ['on Windows', 'win32', {}, true],
  ])('%s', (_, platform, env, isShown) => expect(hasDisplay(platform, env)).toBe(isShown));
});

test('the id follows from the key as Chromium makes it', () => {
  // The SHA-256 of nothing begins e3b0c44298fc1c149afbf4c8996fb924.
  expect(extensionId(Buffer.from('').toString('base64'))).toBe('odlameecjipmbmbejkplpemijjgpljce');
  expect(extensionId('AAAA')).toMatch(/^[a-p]{32}$/);
});

test('no code and no address is on the command line, where everybody on the machine can read it', () => {
  const line = browserArguments({ profile: 'profile', build: 'build', isRoot: false }).join(' ');
  expect(line).toContain('--load-extension=build');
  expect(line).not.toContain('pair');
  expect(line).not.toContain('--no-sandbox');
  expect(browserArguments({ profile: 'p', build: 'b', isRoot: true })).toContain('--no-sandbox');
});
