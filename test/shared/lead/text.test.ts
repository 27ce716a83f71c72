import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText, isNullWord, trimText, unguardFormula, utf8Bytes } from '#shared/lead/text.ts';

describe('outer blanks go, whatever they are', () => {
  it.each([
    [' a ', 'a'],
    ['\u00a0a\u00a0', 'a'],
    ['\u200ba\ufeff', 'a'],
    ['\u3000山田\u3000', '山田'],
    ['\u202aa\u202c', 'a'],
    ['\t\r\na b\n', 'a b'],
    ['\u200b\u00a0 ', ''],
    ['Łukasz', 'Łukasz'],
    ['é', 'é'],
  ])('%j becomes %j', (text, expected) => {
    expect(trimText(text)).toBe(expected);
  });

  it('what is inside stays', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => trimText(`x${text}x`) === `x${text}x`));
  });
});

describe('the apostrophe that keeps a spreadsheet from running a cell comes off once', () => {
  it.each([
    ["'+12025550123", '+12025550123'],
    ["'=SUM(A1)", '=SUM(A1)'],
    ["'-5", '-5'],
    ["'@ann", '@ann'],
    ["'＝1", '＝1'],
    ["' =1", ' =1'],
    ["'02134", "'02134"],
    ["'90s", "'90s"],
    ["'\u3000a", '\u3000a'],
    ["''=1", "'=1"],
    ["'tis", "'tis"],
    ["'", "'"],
    ['=1', '=1'],
    ['', ''],
  ])('%s becomes %s', (text, expected) => {
    expect(unguardFormula(text)).toBe(expected);
  });
});

it('the words for nothing are few', () => {
  for (const text of ['null', 'NULL', 'n/a', 'N/A', 'none', '-', '--', '—']) expect(isNullWord(text), text).toBe(true);
  for (const text of ['', 'nil', 'no', 'nobody', 'null@example.com', '0']) expect(isNullWord(text), text).toBe(false);
});

it('folding forgets case, accents and blanks', () => {
  expect(foldText('  JOSÉ   Müller ')).toBe('jose muller');
  expect(foldText('Ａｎｎ')).toBe('ann');
});

it('bytes are those of UTF-8 once a text could pass the limit', () => {
  const unit = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));
  fc.assert(fc.property(unit, (text) => utf8Bytes(text, 0) === new TextEncoder().encode(text).length));
});
