import { describe, expect, it } from 'vitest';
import { isSoundEmail, readEmailCell, readPlainEmail } from '#shared/lead/email.ts';
import { suggestDomain } from '#shared/lead/email-domain.ts';

const warningsOf = (text: string) => readEmailCell(text).good.flatMap((found) => found.warnings);
const suggestionOf = (text: string) => {
  const { good, bad } = readEmailCell(text);
  return good[0]?.suggestion ?? bad[0]?.suggestion ?? null;
};

describe('an address is trimmed and in lower case, and has an @ and a dot', () => {
  it.each([
    [' Ann.Lee@Example.COM ', 'ann.lee@example.com', 'trimmed, in lower case'],
    ['\u00a0ann@example.com\u200b', 'ann@example.com', 'blanks nobody sees'],
    ['Ann Lee <ann@example.com>', 'ann@example.com', 'a name around it'],
    ['"Lee, Ann" <ann@example.com>', 'ann@example.com', 'a name with a comma around it'],
    ['mailto:ann@example.com?subject=Hi', 'ann@example.com', 'a mailto: link'],
    ['<ann@example.com>', 'ann@example.com', 'brackets'],
    ["'ann@example.com'", 'ann@example.com', 'quotes'],
    ['ann@example.com,', 'ann@example.com', 'a comma left over'],
    ['Email: ann@example.com', 'ann@example.com', 'a label'],
    ['ａｎｎ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'ann@example.com', 'full-width letters'],
    ['ann@example.com; n/a', 'ann@example.com', 'a word for nothing beside it'],
    ['first.last@company', 'first.last@company', 'an @ and a dot anywhere: the hard rule holds'],
    ['jörg@müller.example', 'jörg@müller.example', 'letters of any script'],
  ])('%j becomes %s: %s', (text, expected) => {
    const { good, bad } = readEmailCell(text);
    expect(good.map((found) => found.email)).toEqual([expected]);
    expect(bad).toEqual([]);
  });

  it.each([
    ['ann.example.com', 'email_no_at'],
    ['ann at example.com', 'email_no_at'],
    ['example', 'email_no_at'],
    ['ann@example', 'email_no_dot'],
    ['@', 'email_no_dot'],
  ])('%s is refused: %s', (text, code) => {
    const { good, bad } = readEmailCell(text);
    expect(good).toEqual([]);
    expect(bad.map((found) => found.code)).toEqual([code]);
  });

  it.each(['', '  ', 'null', 'N/A', 'none', '-'])('%j is blank', (text) => {
    expect(readEmailCell(text)).toEqual({ good: [], bad: [] });
  });

  it('a hidden @ is suggested, never put in', () => {
    expect(suggestionOf('ann at example.com')).toBe('ann@example.com');
    expect(suggestionOf('ann (at) example.com')).toBe('ann@example.com');
    expect(suggestionOf('ann[at]example[dot]com')).toBe('ann@example.com');
    expect(suggestionOf('meet at noon')).toBeNull();
  });
});

describe('several addresses in a cell are all read', () => {
  it.each([
    ['a@example.com; b@example.com'],
    ['a@example.com, b@example.com'],
    ['a@example.com b@example.com'],
    ['a@example.com\nb@example.com'],
    ['a@example.com ::: b@example.com'],
    ['a@example.com/b@example.com'],
    ['a@example.com | b@example.com'],
    ['A <a@example.com>, B <b@example.com>'],
    ['a@example.com or b@example.com'],
    ['a@example.com、b@example.com'],
    ['a@example.com，b@example.com'],
    ['a@example.com (work), b@example.com (home)'],
    ['a@example.com + b@example.com'],
    ['a@example.com; a@example.com; b@example.com'],
  ])('%j', (text) => {
    const { good, bad } = readEmailCell(text);
    expect(good.map((found) => found.email)).toEqual(['a@example.com', 'b@example.com']);
    expect(bad).toEqual([]);
  });

  it('what is no address stands beside the good ones', () => {
    const { good, bad } = readEmailCell('a@example.com; b@example.com; later');
    expect(good).toHaveLength(2);
    expect(bad.map((found) => found.text)).toEqual(['later']);
  });
});

describe('doubtful spellings are kept with a warning', () => {
  it.each<[string, string | null, string]>([
    ['ann lee@example.com', 'annlee@example.com', 'a blank'],
    ['ann..lee@example.com', 'ann.lee@example.com', 'two dots'],
    ['ann@example..com', 'ann@example.com', 'two dots in the domain'],
    ['ann@example.com.', 'ann@example.com', 'a dot at the end'],
    ['.ann@example.com', 'ann@example.com', 'a dot at the start'],
    ['ann.@example.com', 'ann@example.com', 'a dot before the @'],
    ['ann@.example.com', 'ann@example.com', 'a dot after the @'],
    ['ann@example.com (bounced)', 'ann@example.com', 'a remark behind it'],
    ['Ann Lee ann@example.com', 'ann@example.com', 'the name before it'],
    ['ann@lee@example.com', null, 'two @'],
    ['ann.lee@example', null, 'a domain without a dot'],
    ['ann@exam_ple.com', null, 'an underscore in the domain'],
    ['ann@-example.com', null, 'a label that begins with a dash'],
    ['ann@example-.com', null, 'a label that ends with a dash'],
    ['ann@127.0.0.1', null, 'an address of a machine'],
    ['ann(work)@example.com', null, 'a comment'],
    ['ann"x"@example.com', null, 'a quote'],
    ['ann,lee@example.com', null, 'a comma'],
    [`${'a'.repeat(65)}@example.com`, null, 'more than 64 characters before the @'],
    [`ann@${'a'.repeat(64)}.com`, null, 'a label of 64 characters'],
    [`ann@${'abcdefg.'.repeat(32)}com`, null, 'more than 254 characters'],
    ['@example.com', null, 'nothing before the @'],
    ['ann.lee@', null, 'nothing after the @'],
  ])('%s, better %s: %s', (text, suggestion) => {
    expect(warningsOf(text)).toEqual(['email_doubtful']);
    expect(suggestionOf(text)).toBe(suggestion);
  });

  it.each([
    'ann@example.com',
    'ann.lee+fair@mail.example.co.uk',
    "o'brien@example.com",
    'a@b.co',
    'x_y-z@ex-ample.com',
    '1234@example.com',
    'ann@xn--mller-kva.example',
    'ann@example.museum',
    '用户@例子.公司',
    'ann!#$%&*/=?^`{|}~@example.com',
    'ann@3com.example',
    'ann@example.c',
  ])('%s is not doubtful', (text) => {
    expect(warningsOf(text)).toEqual([]);
    expect(isSoundEmail(text)).toBe(true);
  });
});

describe('a domain one edit from a well-known one is a likely slip', () => {
  it.each<[string, string | null, string]>([
    ['gmial.com', 'gmail.com', 'two letters swapped'],
    ['gmal.com', 'gmail.com', 'one missing'],
    ['gmaill.com', 'gmail.com', 'one too many'],
    ['gnail.com', 'gmail.com', 'one wrong'],
    ['gmail.con', 'gmail.com', 'in the top level'],
    ['gmail.cm', 'gmail.com', 'one missing in the top level'],
    ['yahooo.com', 'yahoo.com', 'Yahoo'],
    ['hotmial.com', 'hotmail.com', 'Hotmail'],
    ['outlok.com', 'outlook.com', 'Outlook'],
    ['iclod.com', 'icloud.com', 'iCloud'],
    ['gmail.com', null, 'right'],
    ['mail.com', null, 'a real provider'],
    ['ymail.com', null, 'a real provider'],
    ['email.com', null, 'a real provider'],
    ['yahoo.ca', null, 'another country'],
    ['yahoo.co.jp', null, 'another country'],
    ['hotmail.it', null, 'another country'],
    ['outlook.de', null, 'another country'],
    ['example.com', null, 'far from all'],
    ['gmx.de', null, 'too short to tell'],
  ])('%s: %s (%s)', (domain, expected) => {
    expect(suggestDomain(domain)).toBe(expected);
  });

  it('is said with the right address', () => {
    expect(readEmailCell('Ann@Gmial.com').good).toEqual([
      { email: 'ann@gmial.com', warnings: ['email_typo'], suggestion: 'ann@gmail.com' },
    ]);
  });
});

it('an address of a role is worth a look', () => {
  for (const role of ['info', 'sales', 'support', 'no-reply', 'kontakt']) expect(warningsOf(`${role}@example.com`)).toEqual(['email_role']);
  expect(warningsOf('information.lee@example.com')).toEqual([]);
  expect(warningsOf('info@gmial.com')).toEqual(['email_typo', 'email_role']);
});

it('the usual address is read in one step, and nothing else is', () => {
  expect(readPlainEmail(' Ann@Example.com')).toBe('ann@example.com');
  for (const text of ['info@example.com', 'ann@gmial.com', 'ann', 'a b@example.com', 'a@example.com;b@example.com', 'ann@example'])
    expect(readPlainEmail(text), text).toBe('');
});
