import { shapeOf } from './cell-shape.ts';

/** What Meta's tool for testing lead forms writes into its cells. */
const META = '<test lead: dummy data';
/** Words people type into a form to see whether it works, alone in a cell or with what the field is for. */
const TEST_CELL =
  /^(?:test(?:ing|er)?|dummy|(?:asdf|qwer|sdfg)\p{L}*|lorem(?: ipsum)?)(?:[ _-]?(?:\d{1,4}|user|lead|name|person|contact|company|account))?$/iu;
const TEST_EMAIL = /^(?:(?:test(?:ing|er)?|dummy|asdf\w*|qwer\w*)[\d._+-]*@[^\s@]+|[^\s@]+@(?:test|dummy|asdf\w*)\.[a-z]+)$/i;
/** Says nothing against a test. */
const NEUTRAL = /^(?:user|lead|name|person|contact|company|account|n\/?a|[-–—x]+)$/i;
const MASHED = /^(?:asdf|qwer|sdfg)\p{L}*$/iu;

/** How a text begins that may be one of these. */
const BEGINNINGS = 'tdaqsl<';
const MAX_CELL = 60;

/** Says whether a text has anything of a test row: most files have not, and need no look at their rows. */
export function mayHaveTests(text: string): boolean {
  return /<test lead: dummy|\b(?:test|dummy|asdf|qwer|sdfg|lorem)/i.test(text);
}

/**
 * Says whether a row is evidently a test, which nobody would import: Meta's own, keys hit at random and nothing else, or
 * two cells that say so and none that tells of a person. "John Doe" is a person.
 */
export function isTestRow(row: readonly string[]): boolean {
  if (!row.some(mayBeTest)) return false;
  if (row.some((cell) => cell.startsWith(META))) return true;
  let tests = 0;
  let mashed = 0;
  let filled = 0;
  for (const cell of row) {
    const text = cell.trim();
    if (text === '') continue;
    filled++;
    if (MASHED.test(text)) mashed++;
    if (TEST_CELL.test(text) || TEST_EMAIL.test(text)) tests++;
    else if (!NEUTRAL.test(text) && !isNumber(text)) return false;
  }
  return tests >= 2 || (mashed > 0 && mashed === filled);
}

function mayBeTest(cell: string): boolean {
  return cell.length > 3 && cell.length <= MAX_CELL && (BEGINNINGS.includes(cell.charAt(0).toLowerCase()) || cell.includes('@'));
}

function isNumber(text: string): boolean {
  const shape = shapeOf(text);
  return shape === 'number' || shape === 'phone' || shape === 'date';
}

/** What programs and people write where there is nothing. */
const NOTHING = /^(?:[-–—]+|n\/a|#n\/a|na|null)$/i;

/** Says whether all that a row has are signs for nothing: it is as good as blank. */
export function saysNothing(row: readonly string[]): boolean {
  let filled = 0;
  let isWord = false;
  for (const cell of row) {
    const text = cell.trim();
    if (text === '') continue;
    if (text.length > 8 || !NOTHING.test(text)) return false;
    filled++;
    isWord ||= /^[nN][aAuU]/.test(text); // "Na" alone may be a name
  }
  return filled > 0 && (filled > 1 || !isWord);
}
