/** Han, kana and Hangul, with the marks that stand within such names. */
const EAST_ASIAN = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}々ー\s]+$/u;
/** A name in kana alone may be a foreign one, which keeps its own order. */
const HAN_OR_HANGUL = /[\p{Script=Han}\p{Script=Hangul}]/u;

/** A person's name as one says it: 山田 太郎 with the family name first where it is written in such a script, else "Ann Lee". */
export function displayName(firstName: string | undefined, lastName: string | undefined): string {
  const names = [firstName ?? '', lastName ?? ''];
  const whole = names.join(' ');
  const isFamilyFirst = EAST_ASIAN.test(whole) && HAN_OR_HANGUL.test(whole);
  return (isFamilyFirst ? names.reverse() : names).filter((name) => name !== '').join(' ');
}
