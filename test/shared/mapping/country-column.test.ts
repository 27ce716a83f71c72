import { describe, expect, test } from 'vitest';
import { findCountryOf } from '#shared/mapping/country-column.ts';
import type { Mapping } from '#shared/mapping/mapping.ts';

const customs = (count: number): Mapping => Array.from({ length: count }, (_, column) => ({ column, field: 'custom' }));
const countriesOf = (headers: readonly string[], rows: readonly (readonly string[])[], mapping = customs(rows[0]?.length ?? 0)) => {
  const countryOf = findCountryOf({ headers, rows }, mapping);
  return countryOf && rows.map(countryOf);
};

describe('the column that says the country of a row', () => {
  test.each([
    ['Country', 'India'],
    ['Pays', 'Inde'],
    ['Land', 'Indien'],
    ['País', 'India'],
    ['Country/Region', 'India'],
    ['Mailing Country', 'India'],
    ['MailingCountry', 'India'],
    ['Country__c', 'India'],
    ['Country Code', 'IN'],
    ['Country Code', '91'],
    ['Paese', 'India'],
    ['国家', '印度'],
    ['Страна', 'Индия'],
    ['Company Country', 'India'],
  ])('is known by its name: %s', (header, cell) => expect(countriesOf(['Phone', header], [['8123456789', cell]])).toEqual(['IN']));

  test.each([
    ['a country where nobody can be called', 'Country of birth', 'India'],
    ['land in acres', 'Land', '33'],
    ['places people travel to', 'Destination country', 'India'],
    ['states', 'State', 'IN'],
    ['any other column of names', 'Favourite', 'India'],
  ])('%s is none', (_, header, cell) => expect(countriesOf(['Phone', header], [['8123456789', cell]])).toBeNull());

  test('without a name its values say it', () =>
    expect(countriesOf(['Phone', ''], [['1', 'India'], ['2', 'France']])).toEqual(['IN', 'FR'])); // biome-ignore format: a table
  test('two letters without a name may be states', () =>
    expect(countriesOf(['Phone', ''], [['1', 'IN'], ['2', 'CA']])).toBeNull()); // biome-ignore format: a table
  test('the person’s comes before the company’s, the phone’s before both', () => {
    expect(countriesOf(['Company country', 'Country'], [['France', 'India']])).toEqual(['IN']);
    expect(countriesOf(['Country', 'Phone country'], [['France', 'India']])).toEqual(['IN']);
  });
  test('a row with a blank or an unknown one names none', () =>
    expect(countriesOf(['Country'], [['India'], [''], ['Narnia']])).toEqual(['IN', null, null]));
  test('a custom field may be called so', () =>
    expect(countriesOf(['Feld X'], [['India']], [{ column: 0, field: 'custom', label: 'Country' }])).toEqual(['IN']));
  test('a fixed value is the country of all', () =>
    expect(countriesOf(['Phone'], [['1']], [{ field: 'custom', label: 'Country', value: 'India' }])).toEqual(['IN']));
  test('a column that is a name or a job is none', () =>
    expect(countriesOf(['Country'], [['India']], [{ column: 0, field: 'companyName' }])).toBeNull());
});
