import { posix } from 'node:path';
import { identifierName, isNode, lineOf, literalText, type Node, parse, walk } from './syntax.ts';

/** One place where a file names another: an import, a re-export, a lazy import, the type of a module, or a worker. */
export type Import = {
  readonly from: string;
  readonly line: number;
  /** As written; null where it is computed, so that nobody can tell what is imported. */
  readonly specifier: string | null;
  readonly target: Target;
};

export type Target =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'package'; readonly name: string }
  | { readonly kind: 'node' }
  | { readonly kind: 'unknown' };

/** Everything a file imports, in order. */
export function readImports(path: string, code: string): readonly Import[] {
  const imports: Import[] = [];
  const add = (node: Node, source: unknown): void => {
    const specifier = literalText(source);
    imports.push({ from: path, line: lineOf(code, node.start), specifier, target: resolveTarget(path, specifier) });
  };
  walk(parse(path, code), (node) => {
    if (node.type === 'ImportDeclaration' || node.type === 'ImportExpression' || node.type === 'TSImportType') add(node, node.source);
    if ((node.type === 'ExportNamedDeclaration' || node.type === 'ExportAllDeclaration') && node.source) add(node, node.source);
    if (isModuleUrl(node)) add(node, argumentsOf(node)[0]);
  });
  return imports;
}

/** `new URL('./planner.worker.ts', import.meta.url)`: how a worker is named. */
function isModuleUrl(node: Node): boolean {
  if (node.type !== 'NewExpression' || identifierName(node.callee) !== 'URL') return false;
  const [address, base] = argumentsOf(node);
  const isFromHere = isNode(base) && isNode(base.object) && base.object.type === 'MetaProperty';
  return isFromHere && /\.(ts|tsx|mjs|js)$/.test(literalText(address) ?? '');
}

function argumentsOf(node: Node): readonly unknown[] {
  return Array.isArray(node.arguments) ? node.arguments : [];
}

function resolveTarget(from: string, specifier: string | null): Target {
  if (specifier === null) return { kind: 'unknown' };
  if (specifier.startsWith('node:')) return { kind: 'node' };
  if (specifier.startsWith('#shared/')) return { kind: 'file', path: specifier.slice(1) };
  if (specifier.startsWith('.')) return { kind: 'file', path: posix.join(posix.dirname(from), specifier) };
  return { kind: 'package', name: packageName(specifier) };
}

/** `@hono/node-server/serve-static` → `@hono/node-server` */
export function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
