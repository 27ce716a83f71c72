/** How files are named and how long they may be, as judgements that can be tried on made-up paths. */

/** The longest a file may be: beyond it, it holds more than one idea. */
const MAX_LINES = 300;

/** What may lie at the top: the four rooms, what tools force to be there, and dot files. */
const TOP_LEVEL = new Set([
  'extension',
  'server',
  'shared',
  'test',
  'wxt.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'README.md',
  'LICENSE',
]);

export function judgeTopLevel(path: string): string | null {
  const entry = path.split('/')[0] ?? '';
  return entry.startsWith('.') || TOP_LEVEL.has(entry) ? null : `${path}: nothing else lies at the top level`;
}

/** Files that say in their name or place that a machine or a table made them. */
export function isGenerated(path: string): boolean {
  return /\.(data|generated)\.[a-z]+$/.test(path) || path.includes('/migrations/');
}

/** Names are kebab-case, with dots before an ending only, and say what a file does. */
export function judgeName(path: string): string | null {
  if (path.startsWith('.') || !path.includes('/') || isGenerated(path)) return null;
  const parts = path.split('/');
  for (const [index, part] of parts.entries()) {
    if (part === 'README.md' && index === parts.length - 1) continue;
    if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/.test(part)) return `${path}: ${part} is not kebab-case`;
    if (/(^|-)(utils?|helpers?|managers?|common|misc)(-|\.|$)/.test(part)) return `${path}: say what ${part} does`;
  }
  const [isIndex, isRegistry] = [/\/index\.(ts|tsx|mjs)$/.test(path), /^(extension\/sources|server\/crm)\/index\.ts$/.test(path)];
  const isPage = path.startsWith('extension/entrypoints/');
  return isIndex && !isRegistry && !isPage ? `${path}: only the two registries are called index` : null;
}

export function judgeLength(path: string, content: string): string | null {
  if (!/\.(ts|tsx|mjs|js|css|html)$/.test(path) || isGenerated(path)) return null;
  const lines = content.split('\n').length - (content.endsWith('\n') ? 1 : 0);
  return lines > MAX_LINES ? `${path} has ${lines} lines; ${MAX_LINES} are the most: give its second idea a file` : null;
}
