import { identifierName, isNode, lineOf, literalText, type Node, parse, walk } from './syntax.ts';

/** What code itself may not do, judged on its syntax, so that comments and texts may speak of it. */

/** Ways to turn a text into markup or code: the user's text must never get there. */
const INJECTION = new Set([
  'innerHTML',
  'outerHTML',
  'insertAdjacentHTML',
  'dangerouslySetInnerHTML',
  'srcdoc',
  'createContextualFragment',
]);
const EVALUATION = new Set(['eval', 'Function']);
/** What the core may not touch: browser, Node, clock, chance, network. */
const WORLD = new Set(
  'window self document navigator location localStorage sessionStorage indexedDB chrome browser process Buffer globalThis performance console fetch setTimeout setInterval queueMicrotask crypto XMLHttpRequest'.split(
    ' ',
  ),
);

/** Says where code turns text into markup or code. */
export function findInjections(path: string, code: string): readonly string[] {
  return complain(path, code, (node) => {
    const name = memberName(node) ?? attributeName(node);
    if (name && INJECTION.has(name)) return `${name} turns text into markup`;
    if ((node.type === 'CallExpression' || node.type === 'NewExpression') && EVALUATION.has(identifierName(node.callee) ?? ''))
      return `${identifierName(node.callee)} turns text into code`;
    return null;
  });
}

/** Says where the core touches something that is not handed to it. */
export function findImpurities(path: string, code: string): readonly string[] {
  return complain(path, code, (node) => {
    if (node.type === 'NewExpression' && identifierName(node.callee) === 'Date' && argumentCount(node) === 0)
      return 'new Date() reads the clock';
    const root = usedGlobal(node);
    if (root && WORLD.has(root)) return `${root} is not the core's to touch`;
    if (isMember(node, 'Date', 'now')) return 'Date.now reads the clock';
    if (isMember(node, 'Math', 'random')) return 'Math.random: chance is passed in';
    return null;
  });
}

/** Says where a browser's own global is used: only the platform knows which browser this is. */
export function findBrowserGlobals(path: string, code: string): readonly string[] {
  return complain(path, code, (node) => (usedGlobal(node) === 'chrome' ? 'chrome: only the platform knows the browser' : null));
}

function complain(path: string, code: string, judge: (node: Node) => string | null): readonly string[] {
  const complaints: string[] = [];
  walk(parse(path, code), (node) => {
    const complaint = judge(node);
    if (complaint) complaints.push(`${path}:${lineOf(code, node.start)} ${complaint}`);
  });
  return complaints;
}

/** `x.name` or `x['name']` → name; also the key in `{ name: … }`. */
function memberName(node: Node): string | null {
  if (node.type === 'MemberExpression') return node.computed ? literalText(node.property) : identifierName(node.property);
  if (node.type === 'Property') return identifierName(node.key) ?? literalText(node.key);
  return null;
}

function attributeName(node: Node): string | null {
  return node.type === 'JSXAttribute' && isNode(node.name) && typeof node.name.name === 'string' ? node.name.name : null;
}

/** The global at the root of `window.x` or `fetch(…)`. */
function usedGlobal(node: Node): string | null {
  if (node.type === 'MemberExpression') return identifierName(node.object);
  if (node.type === 'CallExpression' || node.type === 'NewExpression') return identifierName(node.callee);
  return null;
}

function isMember(node: Node, object: string, property: string): boolean {
  return node.type === 'MemberExpression' && identifierName(node.object) === object && memberName(node) === property;
}

function argumentCount(node: Node): number {
  return Array.isArray(node.arguments) ? node.arguments.length : 0;
}
