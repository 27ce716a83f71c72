const PRONOUNS = /\s*[([]?\b(?:she|he|they|her|him|them|ze|sie|er|elle|il|ella|él)(?:\s*\/\s*\p{L}{1,6}){1,3}\b[)\]]?\s*$/iu;
/** What people put behind their name on a profile: "Ann Lee | Growth", "Ann Lee @ Fernhill", "Ann Lee [Fernhill]", "Ann Lee #hiring". */
const REMARK = /\s+(?:[|•·@]\s*|\[|[–—]\s+|#(?=\p{L}))\S.*$/u;
/** Behind a whole name: "Ann Lee (Fernhill)". In "Robert (Bob) Smith" and "Ann (Lee)" brackets are part of it. */
const LAST_BRACKETS = /(?<=\S\s+\S+)\s+\([^()]*\)$/u;
const EMOJI = /(?:[\u{1f1e6}-\u{1f1ff}]|\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\ufe0f|\u200d\p{Extended_Pictographic})*)\ufe0f?/gu;
/** Behind a whole name, an emoji and more: "Ann Lee ✨ Growth". */
const AFTER_EMOJI = new RegExp(`^(\\S+ \\S.*?\\p{L})\\s*${EMOJI.source}.*$`, 'su');
const MAY_BE_EMOJI = /[\u{203c}-\u{3299}\u{1f000}-\u{1faff}\u{a9}\u{ae}]/u;
const LEADING_EMOJI = new RegExp(`^(?:${EMOJI.source}|\\s)+`, 'u');
const COMPANY = /\b(?:inc|llc|ltd|gmbh|corp|co|plc|ag|kg|sarl|sas|srl|bv|oy|ab|as|aps|limited|company)\.?$/iu;

/** A name without emoji, and without pronouns and remarks behind it; unchanged where nothing would be left. */
export function withoutRemarks(name: string): string {
  const words = MAY_BE_EMOJI.test(name) ? withoutEmoji(name) : name;
  const plain = words.replace(PRONOUNS, '').replace(REMARK, '').replace(LAST_BRACKETS, '').trim();
  return /\p{L}/u.test(plain) ? plain : name;
}

function withoutEmoji(name: string): string {
  const start = name.replace(LEADING_EMOJI, '').trim();
  return start.replace(AFTER_EMOJI, '$1').replace(EMOJI, ' ').replace(/\s+/g, ' ').trim();
}

/** Says whether a part behind a comma names a company, not a person: "Ann Lee, Fernhill Inc." */
export function isCompany(part: string): boolean {
  return part.includes(' ') && COMPANY.test(part);
}

/**
 * How many of the first words are the family name, where the way of writing says that it stands first: in capitals
 * before a first name that is not ("DUPONT Jean"), or before a first name and a patronymic ("Иванов Иван Иванович").
 * 0 where nothing says so.
 */
export function familyWordsInFront(words: readonly string[]): number {
  const capitals = words.findIndex((word) => !isCapitals(word));
  if (capitals > 0 && words.slice(0, capitals).some(isShouted)) return capitals;
  return words.length === 3 && isPatronymic(words[2] ?? '') ? 1 : 0;
}

/** How many of the last words are the family name in capitals: "Maria GARCÍA LÓPEZ". 0 where nothing says so. */
export function familyWordsBehind(words: readonly string[]): number {
  let count = 0;
  while (count < words.length && isCapitals(words[words.length - 1 - count] ?? '')) count++;
  return count < words.length && words.slice(-count || words.length).some(isShouted) ? count : 0;
}

/** Capitals only: "DE" in "DE LA FONTAINE". */
function isCapitals(word: string): boolean {
  return /^[\p{Lu}'’-]{2,}$/u.test(word);
}

/** Three letters or more, as "JP" and "AJ" are first names. */
function isShouted(word: string): boolean {
  return word.length > 2 && isCapitals(word) && /[AEIOUYÀ-ÖØ-ÝАЕЁИОУЫЭЮЯ]/u.test(word);
}

/** "Иванович", "Петровна", "Іванівна": a father's name in the third place stands behind the first name. */
function isPatronymic(word: string): boolean {
  return /^\p{Script=Cyrillic}{3,}(?:ович|евич|йович|ич|овна|евна|ична|івна|ївна)$/iu.test(word);
}
