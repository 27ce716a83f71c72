/** What is read of an XML text, piece by piece. Names come without their prefix: "x:row" is "row". */
export type XmlVisitor = {
  /** `tag` is all between the name and the bracket: `readAttribute` finds an attribute in it. */
  readonly onOpen: (name: string, tag: string) => void;
  /** Comes for `<a/>`, too. */
  readonly onClose: (name: string) => void;
  /** With entities decoded. Blanks between tags come as well. */
  readonly onText?: (text: string) => void;
};

/**
 * Reads XML that comes in pieces of bytes (UTF-8 or UTF-16). It is lenient, and deliberately small: no entities but the
 * five of XML and numbers, no DTD, so that nothing in a file can make it grow or fetch anything.
 */
export function createXmlReader(visitor: XmlVisitor): (bytes: Uint8Array) => void {
  let decoder: TextDecoder | null = null;
  let rest = '';
  return (bytes) => {
    decoder ??= new TextDecoder(
      bytes[0] === 0xff || bytes[1] === 0 ? 'utf-16le' : bytes[0] === 0xfe || bytes[0] === 0 ? 'utf-16be' : 'utf-8',
    );
    rest = readXml(rest + decoder.decode(bytes, { stream: true }), visitor);
  };
}

/** Reads as far as tags and texts are complete, and gives back what is left. */
function readXml(text: string, visitor: XmlVisitor): string {
  let at = 0;
  for (;;) {
    const open = text.indexOf('<', at);
    if (open < 0) return text.slice(at);
    const close = endOfTag(text, open);
    if (close < 0) return text.slice(at);
    if (open > at) visitor.onText?.(decodeEntities(text.slice(at, open)));
    const second = text.charCodeAt(open + 1);
    if (second === SLASH) visitor.onClose(localName(text.slice(open + 2, close)));
    else if (second === BANG) {
      if (text.startsWith(CDATA, open)) visitor.onText?.(text.slice(open + CDATA.length, close - 2));
    } else if (second !== QUESTION) readOpenTag(text.slice(open + 1, close), visitor);
    at = close + 1;
  }
}

const SLASH = 0x2f;
const BANG = 0x21;
const QUESTION = 0x3f;
const CDATA = '<![CDATA[';
const COMMENT = '<!--';

/** Offset of the bracket that ends the tag at `open`; -1 when it is not there yet. */
function endOfTag(text: string, open: number): number {
  if (text.charCodeAt(open + 1) === BANG) {
    const [start, end] = text.startsWith(COMMENT, open) ? [COMMENT, '-->'] : text.startsWith(CDATA, open) ? [CDATA, ']]>'] : ['<!', '>'];
    const close = text.indexOf(end, open + start.length);
    return close < 0 ? -1 : close + end.length - 1;
  }
  let close = text.indexOf('>', open);
  // A bracket may stand in an attribute; behind the last attribute stands its quote.
  while (close > 0 && isInAttribute(text, open, close)) close = text.indexOf('>', close + 1);
  return close;
}

function isInAttribute(text: string, open: number, close: number): boolean {
  let last = close - 1;
  while (last > open && (text.charCodeAt(last) <= 0x20 || text.charCodeAt(last) === SLASH || text.charCodeAt(last) === QUESTION)) last--;
  const end = text[last];
  return end !== '"' && end !== "'" && text.slice(open, close).includes('=');
}

function readOpenTag(inside: string, { onOpen, onClose }: XmlVisitor): void {
  const isEmpty = inside.charCodeAt(inside.length - 1) === SLASH;
  let end = 0;
  while (end < inside.length && inside.charCodeAt(end) > 0x20 && inside.charCodeAt(end) !== SLASH) end++;
  const name = localName(inside.slice(0, end));
  onOpen(name, inside.slice(end, isEmpty ? -1 : undefined));
  if (isEmpty) onClose(name);
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return (colon < 0 ? name : name.slice(colon + 1)).trimEnd();
}

/** Value of an attribute in what `onOpen` gets as `tag`; null when it has none. The name is given without a prefix. */
export function readAttribute(tag: string, name: string): string | null {
  for (let at = tag.indexOf(name); at >= 0; at = tag.indexOf(name, at + 1)) {
    const before = tag.charCodeAt(at - 1);
    if (at > 0 && before > BLANK && before !== COLON) continue;
    let open = at + name.length;
    while (tag.charCodeAt(open) <= BLANK) open++;
    if (tag.charCodeAt(open++) !== EQUALS) continue;
    while (tag.charCodeAt(open) <= BLANK) open++;
    const quote = tag[open];
    if (quote !== '"' && quote !== "'") continue;
    const close = tag.indexOf(quote, open + 1);
    return close < 0 ? null : decodeEntities(tag.slice(open + 1, close));
  }
  return null;
}

const BLANK = 0x20;
const COLON = 0x3a;
const EQUALS = 0x3d;

const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w{1,5}));/gi, (entity, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return NAMED.get(name) ?? entity;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}
