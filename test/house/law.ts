import type { Import } from './read-imports.ts';

/** Who may import whom. A room is a folder (its own files, not rooms inside it) or a single file. */
const SHARED_ROOT = 'shared';
const PURE = ['shared/lead', 'shared/table', 'shared/mapping', 'shared/plan', 'shared/crm'];
/** What `shared` means to an edge: all of it, the sentences included. */
const ALL_SHARED = [SHARED_ROOT, ...PURE, 'shared/api', 'shared/sentences'];

const LAW: ReadonlyMap<string, readonly string[]> = new Map([
  ['shared', []],
  ['shared/sentences', [SHARED_ROOT]],
  ['shared/lead', [SHARED_ROOT]],
  ['shared/table', [SHARED_ROOT]],
  ['shared/mapping', [SHARED_ROOT, 'shared/lead', 'shared/table']],
  ['shared/plan', [SHARED_ROOT, 'shared/mapping', 'shared/lead', 'shared/table']],
  ['shared/crm', [SHARED_ROOT, 'shared/lead']],
  ['shared/api', [SHARED_ROOT, ...PURE]],

  ['extension/platform', ALL_SHARED],
  ['extension/storage', ALL_SHARED],
  ['extension/sources', ['extension/platform', ...ALL_SHARED]],
  ['extension/flow', ['extension/sources', 'extension/storage', 'extension/platform', ...ALL_SHARED]],
  ['extension/background', ['extension/sources', 'extension/storage', 'extension/platform', ...ALL_SHARED]],
  ['extension/ui', ['extension/flow', 'extension/platform', ...ALL_SHARED]],
  ['extension/entrypoints', ['extension/ui', 'extension/background', 'extension/platform']],

  ['server/store', ALL_SHARED],
  ['server/store/sqlite', ['server/store', ...ALL_SHARED]],
  ['server/store/memory', ['server/store', ...ALL_SHARED]],
  ['server/leads', ['server/store', ...ALL_SHARED]],
  ['server/imports', ['server/leads', 'server/store', ...ALL_SHARED]],
  ['server/crm', ['server/imports', 'server/leads', 'server/store', ...ALL_SHARED]],
  ['server/http', ['server/leads', 'server/imports', 'server/crm', ...ALL_SHARED]],
  ['server/config.ts', ALL_SHARED],
  ['server/log.ts', ['server/config.ts', ...ALL_SHARED]],
  ['server/app.ts', ['server/http', 'server/leads', 'server/imports', 'server/crm', 'server/config.ts', 'server/log.ts', ...ALL_SHARED]],
  ['server/timers.ts', ['server/http', 'server/leads', 'server/crm', 'server/log.ts', ...ALL_SHARED]],
  ['server/main.ts', ['server', ...ALL_SHARED]],
  ['server/launch', []],
  ['server/run.mjs', ['server/launch']],
  ['server/vite.config.ts', []],
]);

/** The room a file lies in: the longest entry of the law that is the file or a folder above it. */
export function roomOf(path: string): string | null {
  const rooms = [...LAW.keys()].filter((room) => path === room || path.startsWith(`${room}/`));
  return rooms.sort((a, b) => b.length - a.length)[0] ?? null;
}

/** Says in a sentence what is wrong with an import of one of our own files; null when it is allowed. */
export function judgeFileImport({ from, specifier, target, line }: Import): string | null {
  const where = `${from}:${line}`;
  if (target.kind === 'unknown') return `${where} imports something computed: nobody can tell what`;
  if (target.kind === 'node') return from.startsWith('server/') ? null : `${where} imports ${specifier}: only the server knows Node`;
  if (target.kind === 'package') return null;
  const room = roomOf(from);
  const targetRoom = roomOf(target.path);
  if (room === null) return `${where} lies in no room of the house: name the folder in the law`;
  if (targetRoom === null) return `${where} imports ${specifier}, which lies in no room of the house`;
  if (target.path.startsWith('shared/') && !from.startsWith('shared/') && !specifier?.startsWith('#shared/'))
    return `${where} imports ${specifier}: write #shared/`;
  if (from === 'server/main.ts' && target.path.startsWith('server/')) return null; // the composition root
  const isOwnRoom = room === targetRoom && room !== SHARED_ROOT && room.includes('/');
  return isOwnRoom || LAW.get(room)?.includes(targetRoom) ? null : `${where} imports ${specifier}: ${room} may not know ${targetRoom}`;
}

/** Who owns each package: `only` these rooms or files may import it, `specifier` only by this address. */
type Owner = { readonly only: readonly string[]; readonly isOneFile?: boolean; readonly specifier?: RegExp };
const OWNERS: ReadonlyMap<string, Owner> = new Map<string, Owner>([
  ['papaparse', { only: ['shared/table'], isOneFile: true }],
  ['fflate', { only: ['shared/table'], isOneFile: true }],
  ['libphonenumber-js', { only: ['shared/lead/phone.ts'] }],
  ['zod', { only: ['shared/api', 'server/config.ts'], specifier: /^zod\/mini$/ }], // the whole of zod is 35 times larger
  ['dexie', { only: ['extension/storage'] }],
  ['preact', { only: ['extension/ui', 'extension/entrypoints'] }],
  ['wxt/browser', { only: ['extension/platform'] }],
  ['wxt', { only: ['extension/entrypoints'], specifier: /^wxt\/utils\/define-/ }],
  ['hono', { only: ['server/http', 'server/app.ts'] }],
  ['@hono/node-server', { only: ['server/http', 'server/app.ts', 'server/main.ts'] }],
  ['drizzle-orm', { only: ['server/store/sqlite'] }],
  ['drizzle-kit', { only: ['server/store/sqlite/drizzle.config.ts'] }],
  ['better-sqlite3', { only: ['server/store/sqlite'] }],
  ['pino', { only: ['server'], isOneFile: true }],
  ['rate-limiter-flexible', { only: ['server/http'], isOneFile: true }],
  ['@hubspot/api-client', { only: ['server/crm/hubspot'] }],
  ['jsforce', { only: ['server/crm/salesforce'] }],
  ['googleapis', { only: ['server/imports'], isOneFile: true, specifier: /^googleapis\/build\/src\/apis\/sheets\// }], // the root takes half a second
  ['vite', { only: ['server/vite.config.ts'] }],
]);

/** Says what is wrong with the imports of packages in the whole product. */
export function judgePackageImports(imports: readonly Import[]): readonly string[] {
  const complaints: string[] = [];
  const firstFile = new Map<string, string>();
  for (const { from, line, specifier, target } of imports) {
    if (target.kind !== 'package' || specifier === null) continue;
    const name = OWNERS.has(specifier) ? specifier : target.name;
    const owner = OWNERS.get(name);
    const where = `${from}:${line} imports ${specifier}`;
    if (!owner) complaints.push(`${where}: give the package an owner in the law`);
    else if (!owner.only.some((room) => from === room || from.startsWith(`${room}/`)))
      complaints.push(`${where}: it belongs to ${owner.only.join(', ')}`);
    else if (owner.specifier && !owner.specifier.test(specifier)) complaints.push(`${where}: only ${owner.specifier} may be imported`);
    else if (owner.isOneFile && (firstFile.get(name) ?? from) !== from)
      complaints.push(`${where}: it belongs to ${firstFile.get(name)} alone`);
    firstFile.set(name, firstFile.get(name) ?? from);
  }
  return complaints;
}

/** A chain of files that leads back to its start; null when there is none. */
export function findCycle(imports: readonly Import[]): readonly string[] | null {
  const edges = new Map<string, string[]>();
  for (const { from, target } of imports) {
    if (target.kind === 'file') edges.set(from, [...(edges.get(from) ?? []), target.path]);
  }
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): readonly string[] | null => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const next of edges.get(file) ?? []) {
      const cycle = visit(next, [...path, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return null;
  };
  for (const file of edges.keys()) {
    const cycle = visit(file, []);
    if (cycle) return cycle;
  }
  return null;
}
