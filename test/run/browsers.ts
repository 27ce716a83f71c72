import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { toolPath } from '../../server/launch/processes.mjs';

/** What this machine has and may do about browsers. */
export type Machine = { readonly hasChromium: boolean; readonly hasFirefox: boolean; readonly isDebian: boolean; readonly isRoot: boolean };

/** How the missing browsers get here; null when none is missing. */
export type InstallStep = { readonly sentence: string; readonly commands: readonly (readonly string[])[] } | null;

/**
 * Decides how to get what is missing: Debian's packages for root, else Playwright's own Chromium. That one holds no
 * Firefox which takes extensions, so a missing Firefox stays missing there.
 */
export function installStep({ hasChromium, hasFirefox, isDebian, isRoot }: Machine): InstallStep {
  const packages = [...(hasChromium ? [] : ['chromium']), ...(hasFirefox ? [] : ['firefox-esr'])];
  if (packages.length > 0 && isDebian && isRoot) {
    return {
      sentence: `installing ${packages.join(' and ')} for the whole system with apt-get (npm test -- --no-browser does without)`,
      commands: [
        ['apt-get', 'update', '-qq'],
        ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...packages],
      ],
    };
  }
  if (hasChromium) return null;
  return {
    sentence: "downloading Playwright's Chromium into its own cache (npm test -- --no-browser does without)",
    commands: [[process.execPath, toolPath('playwright-core', 'cli.js'), 'install', 'chromium', '--no-shell']],
  };
}

/** Installs what is missing, if that can be done here, and says which browsers the tests still have to do without. */
export async function ensureBrowsers(say: (line: string) => void): Promise<readonly string[]> {
  const step = installStep(await lookAround());
  if (step) {
    say(`browsers: ${step.sentence}`);
    for (const [command = '', ...args] of step.commands) {
      const { status, error, stderr } = spawnSync(command, args, {
        stdio: ['ignore', 'ignore', 'pipe'],
        encoding: 'utf8',
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
      if (status !== 0) say(`browsers: that failed: ${reasonIn(error?.message ?? stderr)}`);
    }
  }
  const { hasChromium, hasFirefox } = await lookAround();
  return [...(hasChromium ? [] : ['Chromium']), ...(hasFirefox ? [] : ['Firefox'])];
}

/** The line of a tool's output that says what went wrong. */
function reasonIn(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  return lines.find((line) => /error|fail/i.test(line))?.trim() ?? lines.at(-1)?.trim() ?? 'no reason was given';
}

async function lookAround(): Promise<Machine> {
  return {
    hasChromium: isOnPath(['chromium', 'chromium-browser']) || (await hasPlaywrightChromium()),
    hasFirefox: isOnPath(['firefox-esr', 'firefox']),
    isDebian: existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8')),
    isRoot: process.getuid?.() === 0,
  };
}

function isOnPath(names: readonly string[]): boolean {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.some((folder) => names.some((name) => existsSync(join(folder, name))));
}

async function hasPlaywrightChromium(): Promise<boolean> {
  const { chromium } = await import('playwright-core');
  return existsSync(chromium.executablePath());
}
