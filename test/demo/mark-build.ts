import { appendFileSync, cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export const DEMO_WORDS = 'Demo, no real account';

/**
 * A strip of its own at the left edge of every page of ours: the pages are that much narrower, so it covers nothing.
 */
export const STRIP = `
html { padding-inline-start: 18px; }
body::after {
  content: "${DEMO_WORDS}";
  position: fixed;
  inset: 0 auto 0 0;
  width: 18px;
  z-index: 2147483647;
  pointer-events: none;
  writing-mode: vertical-rl;
  rotate: 180deg;
  text-align: center;
  background: light-dark(#f6eccb, #3a3013);
  color: light-dark(#574509, #f3e2a6);
  font: 600 11px/18px system-ui, sans-serif;
  letter-spacing: 0.02em;
}
`;

/** Copies a built extension into `folder` and has every page of the copy say that this is a demo. The build stays as it is. */
export function markBuild(build: string, folder: string): string {
  cpSync(build, folder, { recursive: true });
  const sheets = readdirSync(join(folder, 'assets')).filter((name) => name.endsWith('.css'));
  if (sheets.length === 0) throw new Error(`${build} has no stylesheet to write "${DEMO_WORDS}" into`);
  for (const name of sheets) appendFileSync(join(folder, 'assets', name), STRIP);
  return folder;
}
