import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, it } from 'vitest';
import { callingCodeOf, isPlusOneCountry, type PhoneReading, readPhone } from '#shared/lead/phone.ts';

function say(reading: PhoneReading): string {
  if (reading.kind !== 'ok') return reading.kind;
  return `${reading.e164}${reading.doubtful ? ' doubtful' : ''}${reading.extension ? ` ext ${reading.extension}` : ''}`;
}
const read = (text: string, defaultCountry = 'US') => say(readPhone(text, { defaultCountry }));

describe("the customer's table", () => {
  it.each([
    ['2025550123', '+12025550123', '10 digits: assumes US number'],
    ['(202) 555-0123', '+12025550123', '10 digits however they are written'],
    ['12025550123', '+12025550123', '11 digits that start with 1'],
    ['1-202-555-0123', '+12025550123', '11 digits with dashes'],
    ['+442079460018', '+442079460018', 'other formats must be E.164'],
    ['442079460018', 'invalid', 'twelve digits without + are no E.164'],
    ['25550123456', 'invalid', '11 digits that start with another digit'],
    ['5550123', 'invalid', 'seven digits'],
    ['3104921', 'invalid', 'seven digits that would be a number in Canada'],

    ['+1234567890', '+1234567890 doubtful', "the customer's own example is kept, with a warning"],
  ])('%s becomes %s: %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });
});

describe('+, 00 and 011 are looked at before digits are counted', () => {
  it.each([
    ['+355 8 001234', '+3558001234', 'ten digits after a + are no US number'],
    ['+4930123456', '+4930123456', 'ten digits of Berlin'],
    ['0044 20 7946 0018', '+442079460018', '00 is a +'],
    ['011 44 20 7946 0018', '+442079460018', '011 is the way out of the +1 plan'],
    ['00 1 202 555 0123', '+12025550123', '00 before a number of the +1 plan'],
    ['(+44) 20 7946 0018', '+442079460018', 'a + in brackets'],
    ['+44 (0)20 7946 0018', '+442079460018', 'the 0 in brackets is for those at home'],
    ['+39 06 6982 0000', '+390669820000', 'Italy keeps its 0'],
    ['0112345678', 'invalid', '011 and seven digits: not enough, and no US number'],
    ['＋442079460018', '+442079460018', 'a full-width +'],
    ['+٤٤٢٠٧٩٤٦٠٠١٨', '+442079460018', 'Arabic-Indic digits'],
  ])('%s becomes %s: %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    ['0011 44 20 7946 0018', 'AU', '+442079460018', '0011 is the way out of Australia'],
    ['010 44 20 7946 0018', 'JP', '+442079460018', '010 is the way out of Japan'],
    ['+1 202 555 0123', 'DE', '+12025550123', 'a + counts whatever the country'],
    ['0049 30 12345678', 'FR', '+493012345678', '00 counts whatever the country'],
  ])('%s dialled in %s becomes %s: %s', (text, country, expected) => {
    expect(read(text, country as string)).toBe(expected);
  });
});

describe('without them the default country reads the number', () => {
  it.each([
    ['06 12 34 56 78', 'FR', '+33612345678', 'a French number of ten digits is no US number'],
    ['030/12345678', 'DE', '+493012345678', 'German slash'],
    ['020 7946 0018', 'GB', '+442079460018', 'London'],
    ['442079460018', 'GB', '+442079460018', "the country's own code without +"],
    ['9876543210', 'IN', '+919876543210', 'ten digits in India'],
    ['310-1234', 'CA', '+13101234', 'the one number of Canada without an area code'],
    ['612 345 678', 'ES', '+34612345678', 'nine digits in Spain'],
    ['06 6982 0000', 'IT', '+390669820000', 'Italy keeps its 0 at home too'],
    ['876 555 0123', 'JM', '+18765550123', 'Jamaica is in the +1 plan'],
    ['2025550123', 'XX', 'invalid', 'no country of that name: only E.164 is read'],
    ['+12025550123', '', '+12025550123', 'no country, but E.164'],
  ])('%s in %s becomes %s: %s', (text, country, expected) => {
    expect(read(text as string, country as string)).toBe(expected);
  });
});

describe('shape decides error, validity decides warning', () => {
  it.each([
    ['+1 351916755', '+1351916755 doubtful', 'nine digits in the +1 plan: eight to fifteen in all'],
    ['+2908999', '+2908999', 'seven digits, but libphonenumber knows the number'],
    ['+2901', 'invalid', 'too few digits, and nobody knows the number'],
    ['+1234567', 'invalid', 'seven digits'],
    ['+12345678', '+12345678 doubtful', 'eight digits'],
    ['+123456789012345', '+123456789012345 doubtful', 'fifteen digits'],
    ['+1234567890123456', 'invalid', 'sixteen digits'],
    ['+999 1234 5678', 'invalid', 'no country has the code 999'],
    ['+0 202 555 0123', 'invalid', 'no country code begins with 0'],
    ['0000000000', 'invalid', 'all zeros'],
    ['1111111111', '+11111111111 doubtful', 'ten digits are kept even if nobody has them'],
    ['555-CALL-NOW', 'invalid', 'letters'],
    ['call me', 'invalid', 'words'],
    ['202-555-0123 or so', 'invalid', 'words after the number'],
    ['+', 'invalid', 'a lonely +'],
    ['12+34567890', 'invalid', 'a + in the middle'],
  ])('%s is %s: %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });
});

it('a text of any length is looked at in no time and is no number', () => {
  for (const text of ['9'.repeat(30_000), 'x'.repeat(30_000), '('.repeat(30_000), ' '.repeat(30_000).concat('x')])
    expect(read(text)).toBe('invalid');
});

describe('cells are cleaned first', () => {
  it.each([
    ['', 'blank', 'nothing'],
    ['   ', 'blank', 'blanks'],
    ['\u00a0\u200b', 'blank', 'a non-breaking and a zero-width blank'],
    ['null', 'blank', 'the word null'],
    ['NULL', 'blank', 'in capitals'],
    ['n/a', 'blank', 'n/a'],
    ['None', 'blank', 'none'],
    ['-', 'blank', 'a dash'],
    [' +12025550123\u200e', '+12025550123', 'outer blanks and a mark of text direction'],
    ["'+12025550123", '+12025550123', "Apollo's apostrophe"],
    ["''2025550123", '+12025550123', 'two apostrophes'],
    ['="2025550123"', '+12025550123', 'a formula that keeps text'],
    ['p:+12025550123', '+12025550123', "Meta's p:"],
    ['tel:+1-202-555-0123', '+12025550123', 'a tel: link'],
    ['Tel. 202 555 0123', '+12025550123', 'Tel.'],
    ['D: 202 555 0123', '+12025550123', 'a letter for a label'],
    ['m +1 202 555 0123', '+12025550123', 'a letter without a colon'],
    ['Direct: 202 555 0123', '+12025550123', 'a word for the line'],
    ['+1 202 555 0123 ext', '+12025550123', 'an extension that is missing'],
    ['2025550123ext12', '+12025550123 ext 12', 'an extension without a blank'],
    ['+81 3-1234-5678（内線12）', '+81312345678 ext 12', 'an extension in Japanese'],
    ['+86 10 5992 8888转123', '+861059928888 ext 123', 'an extension in Chinese'],
    ['+81 3-1234-5678(代)', '+81312345678', 'the main line in Japanese'],
    ['Mobile: 202 555 0123', '+12025550123', 'a label'],
    ['202-555-0123 (home)', '+12025550123', 'a label after it'],
    ['+44 20 7946 0018 m', '+442079460018', 'a short label after it'],
    ['202-555-0123 (fax)', 'invalid', 'a fax is no phone'],
    ['home', 'invalid', 'a label of no number'],
    ['202.555.0123', '+12025550123', 'dots'],
    ['202–555–0123', '+12025550123', 'long dashes'],
    ['202\u00a0555\u00a00123', '+12025550123', 'non-breaking blanks'],
    ['2025550123.0', '+12025550123', 'written as a quantity with a decimal'],
    ['2,025,550,123', '+12025550123', 'written as a quantity with thousands'],
  ])('%j is %s: %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });
});

describe('extensions are kept apart', () => {
  it.each([
    ['202-555-0123 x416', '+12025550123 ext 416', 'x'],
    ['202-555-0123x9999', '+12025550123 ext 9999', 'x without a blank'],
    ['(202) 555-0123 ext. 5', '+12025550123 ext 5', 'ext.'],
    ['202-555-0123 (ext 5)', '+12025550123 ext 5', 'in brackets'],
    ['202-555-0123, Extension 12', '+12025550123 ext 12', 'the whole word'],
    ['202-555-0123 #12', '+12025550123 ext 12', 'a number sign'],
    ['tel:+1-202-555-0123;ext=12', '+12025550123 ext 12', 'RFC 3966'],
    ['+49 30 1234567 Durchwahl 12', '+49301234567 ext 12', 'German'],
    ['x416', 'invalid', 'an extension of no number'],
  ])('%s is %s: %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });
});

describe('lost digits are never guessed', () => {
  it.each(['4.15555E+09', '4,15555E+09', '4.15555e9', '1.2025550123E+10', '4E+09', "'4.15555E+09"])('%s has lost digits', (text) => {
    expect(read(text)).toBe('digits_lost');
  });
});

describe('phones are never changed into other phones', () => {
  const countries = Object.entries(examples).flatMap(([country, national]) => {
    const callingCode = callingCodeOf(country);
    return callingCode === null ? [] : [{ country, callingCode, national: String(national) }];
  });

  it('an example number of every country stays as it is in E.164, with + and with 00', () => {
    expect(countries.length).toBeGreaterThan(230);
    for (const { callingCode, national } of countries) {
      const e164 = `+${callingCode}${national}`;
      expect(read(e164)).toBe(e164);
      expect(read(`00${callingCode}${national}`)).toBe(e164);
      expect(read(`011 ${callingCode} ${national}`)).toBe(e164);
      expect(read(e164, 'DE')).toBe(e164);
    }
  });

  it('its digits are read by its own country', () => {
    const wrong = countries.filter(({ country, callingCode, national }) => read(national, country) !== `+${callingCode}${national}`);
    expect(wrong).toEqual([]);
  });

  it('no number of another country becomes +1 when + or a country is given', () => {
    const abroad = countries.filter(({ country }) => !isPlusOneCountry(country));
    expect(abroad.length).toBeGreaterThan(200);
    for (const { country, callingCode, national } of abroad) {
      for (const text of [`+${callingCode} ${national}`, `00${callingCode} ${national}`]) expect(read(text)).not.toMatch(/^\+1/);
      expect(read(national, country)).not.toMatch(/^\+1/);
      // A number that begins with 0 after its trunk 0 would begin with 00, which is a + by the rule.
      if (!national.startsWith('0')) expect(read(`0${national}`, country)).not.toMatch(/^\+1/);
    }
  });
});
