import { describe, expect, it } from 'vitest';
import { readPhoneCell } from '#shared/lead/phone-cell.ts';

function read(text: string, defaultCountry = 'US') {
  const { good, bad } = readPhoneCell(text, { defaultCountry });
  return { good: good.map((phone) => phone.e164), bad: bad.map((part) => part.text) };
}

describe('several numbers in a cell are all read', () => {
  it.each([
    ['2025550123 ::: +442079460018', ['+12025550123', '+442079460018'], "Google's three colons"],
    ['2025550123; 2025550124', ['+12025550123', '+12025550124'], 'a semicolon'],
    ['2025550123 / 2025550124', ['+12025550123', '+12025550124'], 'a slash'],
    ['2025550123\n2025550124', ['+12025550123', '+12025550124'], 'a line break'],
    ['2025550123\r\n2025550124', ['+12025550123', '+12025550124'], "Windows' line break"],
    ['2025550123|2025550124', ['+12025550123', '+12025550124'], 'a bar'],
    ['(202) 555-0123, (202) 555-0124', ['+12025550123', '+12025550124'], 'a comma between two numbers'],
    ['202-555-0123 or 202-555-0124', ['+12025550123', '+12025550124'], 'a word between two numbers'],
    ['202-555-0123 & 202-555-0124', ['+12025550123', '+12025550124'], 'a sign between two numbers'],
    ['+1 202 555 0123 +1 202 555 0124', ['+12025550123', '+12025550124'], 'the + of the next one'],
    ['202-555-0123、202-555-0124', ['+12025550123', '+12025550124'], "Japan's comma"],
    ['202-555-0123；202-555-0124', ['+12025550123', '+12025550124'], 'a wide semicolon'],
    ['202-555-0123,', ['+12025550123'], 'a comma left over'],
    ['tel:+12025550123;ext=5', ['+12025550123'], 'the semicolon of RFC 3966 parts nothing'],
    [' ::: 2025550123 ::: ', ['+12025550123'], 'blank parts'],
    ['2025550123; n/a', ['+12025550123'], 'a word for nothing'],
    ['2025550123; +1 202 555 0123', ['+12025550123'], 'the same number twice'],
    ['p:+12025550123; p:+12025550124', ['+12025550123', '+12025550124'], 'each with its label'],
  ])('%j: %s', (text, good) => {
    expect(read(text)).toEqual({ good, bad: [] });
  });

  it('a slash or comma inside one number parts nothing', () => {
    expect(read('030/12345678', 'DE').good).toEqual(['+493012345678']);
    expect(read('202/555/0123').good).toEqual(['+12025550123']);
    expect(read('2,025,550,123').good).toEqual(['+12025550123']);
  });

  it('what is no number stands beside the good ones', () => {
    expect(read('2025550123; call after six')).toEqual({ good: ['+12025550123'], bad: [' call after six'] });
    expect(read('2025550123/24')).toEqual({ good: ['+12025550123'], bad: ['24'] });
    expect(read('5550123/5550124')).toEqual({ good: [], bad: ['5550123', '5550124'] });
  });

  it('two short numbers are never taken for one long one', () => {
    expect(read('1234567/7654321', 'DE').good).not.toContain('+4912345677654321');
  });

  it('a cell of a hundred numbers is read up to the twentieth, and says that there are more', () => {
    const { good, bad } = read(Array.from({ length: 100 }, (_, index) => `202555${String(index).padStart(4, '0')}`).join(';'));
    expect(good).toHaveLength(20);
    expect(bad).toHaveLength(1);
  });

  it('a cell as long as a letter is no list of numbers', () => {
    for (const text of ['/'.repeat(30_000), '1/'.repeat(15_000), `2025550123;${' '.repeat(3_000)}x`])
      expect(read(text)).toEqual({ good: [], bad: [text] });
    expect(read(' '.repeat(3_000))).toEqual({ good: [], bad: [] });
  });
});
