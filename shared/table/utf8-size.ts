/** Bytes of a text in UTF-8, as a file of text would have them. */
export function utf8Size(text: string): number {
  return ONLY_ASCII.test(text) ? text.length : new TextEncoder().encode(text).length;
}
const ONLY_ASCII = /^[\0-\x7f]*$/;
