import { parseSync } from 'vite';

/** A node of the syntax tree, read without knowing all its kinds. */
export type Node = { readonly type: string; readonly start: number; readonly [property: string]: unknown };

/** The syntax tree of a TypeScript file; a file that cannot be parsed is a failure of its own. */
export function parse(path: string, code: string): Node {
  const { program, errors } = parseSync(path, code);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`);
  return program as unknown as Node; // as: the parser's own types name every kind of node, we look at a few
}

/** Calls `visit` for every node of a tree. */
export function walk(node: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(node)) {
    for (const item of node) walk(item, visit);
  } else if (isNode(node)) {
    visit(node);
    for (const child of Object.values(node)) walk(child, visit);
  }
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** A text written out as it is: not an expression, not a template. */
export function literalText(node: unknown): string | null {
  return isNode(node) && node.type === 'Literal' && typeof node.value === 'string' ? node.value : null;
}

/** The name of an identifier, null for any other node. */
export function identifierName(node: unknown): string | null {
  return isNode(node) && node.type === 'Identifier' && typeof node.name === 'string' ? node.name : null;
}

/** The line of a position in the code, from 1. */
export function lineOf(code: string, position: number): number {
  return code.slice(0, position).split('\n').length;
}
