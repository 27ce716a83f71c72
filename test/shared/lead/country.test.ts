import { describe, expect, test } from 'vitest';
import { readCountry } from '#shared/lead/country.ts';

describe('a country is read as people write it', () => {
  type Row = readonly [reason: string, text: string, country: string | null];
  const ROWS: readonly Row[] = [
    ['its English name', 'India', 'IN'],
    ['its own name', 'Deutschland', 'DE'],
    ['a name in Spanish', 'Países Bajos', 'NL'],
    ['a name in French', 'Etats-Unis', 'US'],
    ['a name in Italian', 'Regno Unito', 'GB'],
    ['a name in Portuguese', 'brasil', 'BR'],
    ['a name in Polish', 'Niemcy', 'DE'],
    ['a name in Russian', 'Франция', 'FR'],
    ['a name in Japanese', '日本', 'JP'],
    ['a name in Chinese', '中国', 'CN'],
    ['two letters', 'dk', 'DK'],
    ['three letters', 'USA', 'US'],
    ['an everyday name', 'U.K.', 'GB'],
    ['an article', 'The Netherlands', 'NL'],
    ['a former name', 'Czech Republic', 'CZ'],
    ['a calling code', '+91', 'IN'],
    ['a flag', '🇩🇰', 'DK'],
    ['a name and its code', 'India (IN)', 'IN'],
    ['a place in a country', 'Mumbai, India', 'IN'],
    ['a state of two letters is none', 'San Francisco, CA, USA', 'US'],
    ['two countries are none', 'France / India', null],
    ['a town', 'Springfield', null],
    ['a blank', '  ', null],
    ['a number', '91', null],
  ];
  test.each(ROWS)('%s: %s', (_, text, country) => expect(readCountry(text)).toBe(country));
});
