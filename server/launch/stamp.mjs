import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * One fingerprint of everything a build is made from: names and contents of all files under the given paths.
 * @param {string} root
 * @param {readonly string[]} paths files or folders below root; one that is missing counts as empty
 * @returns {string} SHA-256 as hex
 */
export function fingerprint(root, paths) {
  const hash = createHash('sha256');
  /** @param {string} path */
  const add = (path) => {
    const full = join(root, path);
    const stat = statSync(full, { throwIfNoEntry: false });
    if (stat?.isDirectory()) {
      for (const name of readdirSync(full).sort()) add(`${path}/${name}`);
    } else {
      const content = stat ? readFileSync(full) : Buffer.alloc(0);
      hash.update(`${path}\0${content.length}\0`).update(content);
    }
  };
  for (const path of paths) add(path);
  return hash.digest('hex');
}

/**
 * Does `work` unless it ended well for the same sources before and everything it makes is still there.
 * A build that is cut off or fails leaves no stamp, so the next one starts over.
 * @param {{ stampFile: string, print: string, outputs: readonly string[] }} made what says that nothing changed
 * @param {() => Promise<void>} work
 */
export async function unlessUnchanged({ stampFile, print, outputs }, work) {
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === print && outputs.every((path) => existsSync(path))) return;
  rmSync(stampFile, { force: true });
  await work();
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, print);
}
