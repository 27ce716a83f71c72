/** More parts than that are not read: no address book has them, and what is left counts as one unreadable part. */
const MAX_PARTS = 20;
/** What parts two numbers, but may stand inside one: a comma, "or", the + of the next one. */
const BETWEEN_NUMBERS = /[,、，]|\s(?:or|and|oder|und|ou|et|o|e|y|og|och|&)\s|\s(?=\+)/i;

/**
 * Splits a cell into its numbers. `:::`, `;`, `|` and line breaks always part them (not RFC 3966's `;ext=`). A slash
 * parts them once a whole number stands before it (030/1234567 is one number), a comma or "or" only between whole ones.
 */
export function splitPhoneCell(text: string): readonly string[] {
  const parts: string[] = [];
  for (const piece of text.split(/:::|;(?!\s*ext=)|；|[|\r\n]+/i)) {
    for (const half of splitAtComma(piece)) splitAtSlash(half, parts);
  }
  const filled = parts.filter((part) => part.trim() !== '');
  return filled.length > MAX_PARTS ? [...filled.slice(0, MAX_PARTS), filled.slice(MAX_PARTS).join(' ')] : filled;
}

function splitAtComma(text: string): readonly string[] {
  if (!BETWEEN_NUMBERS.test(text)) return [text];
  const halves = text.split(BETWEEN_NUMBERS).filter((half) => half.trim() !== '');
  return halves.every(isWholeNumber) ? halves : [text];
}

function splitAtSlash(text: string, parts: string[]): void {
  let current = '';
  for (const piece of text.split('/')) {
    if (current === '') current = piece;
    else if (isWholeNumber(current)) {
      parts.push(current);
      current = piece;
    } else current += `/${piece}`;
  }
  parts.push(current);
}

/** Seven digits: the shortest local number people write down on its own. */
function isWholeNumber(text: string): boolean {
  let digits = 0;
  for (let index = 0; index < text.length && digits < 7; index++) {
    const code = text.charCodeAt(index);
    if (code >= 0x30 && code <= 0x39) digits++;
  }
  return digits >= 7;
}
