/** Bytes of a text in UTF-8, as a file of text would have them; half a pair of surrogates counts as the sign for it. */
export function utf8Size(text: string): number {
  let size = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit <= 0x7f) continue;
    if (unit <= 0x7ff) size += 1;
    else if (isPair(text, at)) {
      size += 2; // four bytes for two units
      at++;
    } else size += 2;
  }
  return size;
}

function isPair(text: string, at: number): boolean {
  return (text.codePointAt(at) ?? 0) > 0xffff;
}
