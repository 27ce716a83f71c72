/** Letters in ASCII order, so that ids made later sort later and new entries of an index land side by side. */
const LETTERS = '0123456789abcdefghijklmnopqrstuv';
const TIME_LETTERS = 9;
/** 75 random bits behind the moment: nobody guesses one, nobody draws one twice. */
const RANDOM_LETTERS = 15;

/** Makes `count` random public ids of 24 letters; they begin with the moment `at` (ms since 1970). */
export function drawIds(count: number, at: number, randomBytes: (count: number) => Uint8Array): string[] {
  const moment = at.toString(32).padStart(TIME_LETTERS, '0');
  const bytes = randomBytes(count * RANDOM_LETTERS);
  const ids: string[] = new Array(count);
  for (let index = 0, at = 0; index < count; index++) {
    let id = moment;
    for (const end = at + RANDOM_LETTERS; at < end; at++) id += LETTERS[(bytes[at] ?? 0) & 31];
    ids[index] = id;
  }
  return ids;
}
