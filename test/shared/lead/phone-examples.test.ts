import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { callingCodeOf, readPhone } from '#shared/lead/phone.ts';
import { readPhoneCell } from '#shared/lead/phone-cell.ts';

/** Every example number of libphonenumber's metadata: one or several per country and kind. */
const EXAMPLES = readFileSync(join(import.meta.dirname, '../../fixtures/libphonenumber/example-numbers.csv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [country = '', kind = '', code = '', national = ''] = line.split(',');
    return { country, kind, e164: `+${code}${national}`, code, national };
  });
const AT_HOME = EXAMPLES.filter(({ country }) => callingCodeOf(country) !== null);
/** In Brazil 0022 chooses a carrier; what is left is a valid number, and behind +22 9… stands none. */
const CARRIERS: readonly string[] = ['0022985751234 in BR', '0022981123456 in BR'];
const FILE_COUNTRIES = ['US', 'DE', 'GB', 'JP', 'IT', 'AU', 'BR', 'RU', ''];

const read = (text: string, defaultCountry: string) => readPhone(text, { defaultCountry });
const e164Of = (text: string, country: string) => {
  const reading = read(text, country);
  return reading.kind === 'ok' ? reading.e164 : reading.kind;
};

describe('the 1,144 example numbers of libphonenumber', () => {
  it('are all here', () => {
    expect(EXAMPLES).toHaveLength(1_144);
    expect(new Set(EXAMPLES.map(({ country }) => country)).size).toBe(246);
    expect(AT_HOME.length).toBeGreaterThan(1_120);
  });

  it.each(FILE_COUNTRIES)('with their country code stay as they are, valid or flagged, in a file of "%s"', (country) => {
    expect(EXAMPLES.filter(({ e164 }) => e164Of(e164, country) !== e164).map(({ e164 }) => `${e164}: ${e164Of(e164, country)}`)).toEqual(
      [],
    );
  });

  it('are nearly all held valid', () => {
    const doubtful = EXAMPLES.filter(({ e164 }) => {
      const reading = read(e164, 'US');
      return reading.kind !== 'ok' || reading.doubtful;
    });
    expect(doubtful.length).toBeLessThan(EXAMPLES.length / 100);
  });

  it('are the same numbers in the spelling of their country', () => {
    const wrong = AT_HOME.flatMap(({ country, e164 }) => {
      const text = parsePhoneNumberFromString(e164)?.formatNational() ?? '';
      return e164Of(text, country) === e164 ? [] : [`${text} in ${country}: ${e164Of(text, country)}, not ${e164}`];
    });
    expect(wrong).toEqual([]);
  });

  it.each([
    ['00 before the code', (e164: string) => `00${e164.slice(1)}`, FILE_COUNTRIES],
    ['011 before the code, dialled from the US', (e164: string) => `011${e164.slice(1)}`, ['US']],
    ['p: and blanks', (e164: string) => `p: ${e164.replace(/(\d{3})/g, '$1 ')}`, FILE_COUNTRIES],
    ['an apostrophe', (e164: string) => `'${e164}`, FILE_COUNTRIES],
  ] as const)('with %s are the same numbers, never one of the +1 plan', (_, write, countries) => {
    const wrong = EXAMPLES.flatMap(({ e164, code }) =>
      countries.flatMap((country) => {
        const found = e164Of(write(e164), country);
        const isSame = found === e164 || CARRIERS.includes(`${write(e164)} in ${country}`);
        return isSame && (code === '1' || !found.startsWith('+1')) ? [] : [`${write(e164)} in "${country}": ${found}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('as bare digits never become one of the +1 plan in a file of another country', () => {
    const others = AT_HOME.filter(({ code }) => code !== '1');
    expect(others.filter(({ national, country }) => e164Of(national, country).startsWith('+1')).map(({ e164 }) => e164)).toEqual([]);
    expect(EXAMPLES.filter(({ national }) => e164Of(national, '').startsWith('+'))).toEqual([]);
  });
});

describe('cleaning never changes a number into another', () => {
  const example = fc.constantFrom(...EXAMPLES);
  const country = fc.constantFrom(...FILE_COUNTRIES);
  const between = fc.constantFrom('', ' ', '-', '.', '\u00a0', '\u2011', ' - ', '/');
  /** A number with its code, as people and programs write it. */
  const written = fc
    .record({
      example,
      gaps: fc.array(between, { minLength: 15, maxLength: 15 }),
      before: fc.constantFrom('', ' ', "'", 'p:', 'tel:', 'Tel. ', 'Mobile: ', '="'),
      extension: fc.constantFrom('', ' x12', ' ext. 4', ';ext=7', ' #3'),
    })
    .map(({ example, gaps, before, extension }) => {
      const digits = [...example.e164.slice(1)].map((digit, i) => digit + (i === example.e164.length - 2 ? '' : (gaps[i] ?? ''))).join('');
      const tail = before === '="' ? '"' : extension;
      return { e164: example.e164, text: `${before}+${digits}${tail}`, extension: tail === '"' ? '' : extension.replace(/\D/g, '') };
    });

  it('however it is spelled, and whatever the country of the file', () => {
    fc.assert(
      fc.property(written, country, ({ e164, text, extension }, defaultCountry) => {
        const reading = read(text, defaultCountry);
        expect(reading).toMatchObject({ kind: 'ok', e164, ...(extension === '' ? {} : { extension }) });
      }),
      { numRuns: 2_000 },
    );
  });

  it('nor when it is read again', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^(\+|00|011)?[\d ()./-]{4,24}( x\d{1,4})?$/), country, country, (text, one, other) => {
        const first = read(text, one);
        if (first.kind === 'ok') expect(read(first.e164, other)).toMatchObject({ kind: 'ok', e164: first.e164, doubtful: first.doubtful });
      }),
      { numRuns: 2_000 },
    );
  });

  it('nor when several stand in one cell', () => {
    const separator = fc.constantFrom('; ', ' ::: ', '\n', ' / ', ', ', ' | ', ';');
    fc.assert(
      fc.property(
        fc.uniqueArray(example, { minLength: 1, maxLength: 6, selector: ({ e164 }) => e164 }),
        separator,
        country,
        (several, glue, defaultCountry) => {
          const { good, bad } = readPhoneCell(several.map(({ e164 }) => e164).join(glue), { defaultCountry });
          // Before a comma or a slash a number needs its seven digits, or both could be one.
          const isLong = several.every(({ e164 }) => e164.length > 7);
          if (!isLong && /[,/]/.test(glue)) return;
          expect(bad).toEqual([]);
          expect(good.map(({ e164 }) => e164)).toEqual(several.map(({ e164 }) => e164));
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
