import { expect, it } from 'vitest';
import { readTags } from '#shared/lead/tags.ts';

it.each<[string | string[], string[], string]>([
  ['fair; spring', ['fair', 'spring'], 'semicolons'],
  ['fair, spring', ['fair', 'spring'], 'commas'],
  ['fair|spring', ['fair', 'spring'], 'bars'],
  ['fair\nspring', ['fair', 'spring'], 'line breaks'],
  [' fair ;; spring ; ', ['fair', 'spring'], 'blanks and blank tags'],
  ['Fair; fair; FAIR', ['Fair'], 'each once, in its first spelling'],
  [['fair', 'spring; fair'], ['fair', 'spring'], 'a list'],
  ['__proto__; constructor', ['__proto__', 'constructor'], 'any word is a tag'],
  ['', [], 'nothing'],
  [[], [], 'an empty list'],
])('%j gives %j: %s', (input, expected) => {
  expect(readTags(input)).toEqual(expected);
});
