import { describe, expect, test } from 'vitest';
import { hasSameHeaders, headerSignature, ownColumns } from '#shared/mapping/header-signature.ts';
import { REJECTED_COLUMNS } from '#shared/mapping/rejected-columns.ts';

const HEADERS = ['First Name', 'E-Mail', 'Téléphone'];

describe.each<readonly [reason: string, headers: readonly string[], isSame: boolean]>([
  ['case, accents and punctuation say nothing', ['first_name', 'Email', 'TELEPHONE'], true],
  ['a mended file of rejected rows has the columns of its first import', [...HEADERS, ...REJECTED_COLUMNS], true],
  ['another order is another layout', ['E-Mail', 'First Name', 'Téléphone'], false],
  ['one column more is another layout', [...HEADERS, 'City'], false],
  ['one column less is another layout', HEADERS.slice(1), false],
  ['two headers run together are not two headers', ['First Name E-Mail', '', 'Téléphone'], false],
])('%s', (_, headers, isSame) => {
  test('by signature', () => expect(headerSignature(headers) === headerSignature(HEADERS)).toBe(isSame));
  test('by looking', () => expect(hasSameHeaders(headers, HEADERS)).toBe(isSame));
});

test('a header longer than an import is announced with has the signature of the announced one', () => {
  const long = 'A long question of a survey '.repeat(40);
  expect(headerSignature([long])).toBe(headerSignature([long.slice(0, 300)]));
});

test('the columns we add to rejected rows are not a file’s own', () => {
  expect([ownColumns(HEADERS), ownColumns([...HEADERS, ...REJECTED_COLUMNS])]).toEqual([3, 3]);
});

test.each([
  ['a file without a header row', []],
  ['a header row without a name', ['', ' ']],
])('%s has no signature: nothing tells it from others', (_, headers) => {
  expect(headerSignature(headers)).toBeNull();
});
