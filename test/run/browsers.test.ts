import { describe, expect, test } from 'vitest';
import { installStep, type Machine } from './browsers.ts';

const debianRoot: Machine = { hasChromium: false, hasFirefox: false, isDebian: true, isRoot: true };
const commandLine = (machine: Machine) => installStep(machine)?.commands.at(-1)?.join(' ') ?? null;

describe('browsers come', () => {
  test('from Debian for root, both at once, and it is said before', () => {
    expect(commandLine(debianRoot)).toContain('apt-get install -y -qq --no-install-recommends chromium firefox-esr');
    expect(installStep(debianRoot)?.sentence).toContain('for the whole system');
  });
  test('from Debian only as far as they are missing', () => {
    expect(commandLine({ ...debianRoot, hasChromium: true })).toMatch(/ firefox-esr$/);
    expect(commandLine({ ...debianRoot, hasFirefox: true })).toMatch(/ chromium$/);
  });
  test.each([
    ['an ordinary user on Debian', { ...debianRoot, isRoot: false }],
    ['root of another system', { ...debianRoot, isDebian: false }],
  ])('from Playwright for %s, and nothing is changed system-wide', (_, machine) => {
    expect(commandLine(machine)).toMatch(/playwright-core.cli\.js install chromium/);
    expect(installStep(machine)?.sentence).not.toContain('system');
  });
  test('from nowhere when they are here, or when only a Firefox is missing that Playwright has not', () => {
    expect(installStep({ ...debianRoot, hasChromium: true, hasFirefox: true })).toBeNull();
    expect(installStep({ hasChromium: true, hasFirefox: false, isDebian: false, isRoot: false })).toBeNull();
  });
});
