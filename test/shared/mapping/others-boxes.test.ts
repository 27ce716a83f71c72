import { describe, expect, test } from 'vitest';
import { suggestMapping } from '#shared/mapping/suggest-mapping.ts';
import { columnsOf } from './columns-of.ts';

const FIRST = ['First name', 'Ann', 'Bob', 'Maria'] as const;
const LAST = ['Last name', 'Lee', 'Ray', 'Ames'] as const;
const EMAILS = ['ann@example.com', 'bob@example.org', 'maria@example.net'];
const PHONES = ['+1 202 555 0143', '(202) 555-0117', '+44 7700 900142'];

describe('an address or a number of somebody else is a question, though the file has no other', () => {
  test.each([
    'E-Mail Geschäftsführer',
    'Geschaeftsfuehrung E-Mail',
    'Email COO',
    'Boss Email',
    'HR Email',
    'Invoice Email',
    'Billing Email',
    'Rechnung E-Mail',
    'E-mail facturation',
    'Email facturación',
    'Info Email',
    'Hotel email',
  ])('%s', (header) => {
    const [, , suggestion] = suggestMapping(columnsOf([FIRST, LAST, [header, ...EMAILS]]));
    expect(suggestion).toMatchObject({ field: 'custom', open: true, candidates: [{ field: 'email', confidence: 0.4 }, {}] });
  });
  test.each(['COO phone', 'Telefon Geschäftsführer', 'Hotel phone'])('%s', (header) => {
    const [, , suggestion] = suggestMapping(columnsOf([FIRST, LAST, [header, ...PHONES]]));
    expect(suggestion).toMatchObject({ field: 'custom', open: true, candidates: [{ field: 'phone', confidence: 0.4 }, {}] });
  });
  test('two of them are two questions', () => {
    const suggestions = suggestMapping(columnsOf([['Invoice email', ...EMAILS], ['E-Mail Geschäftsführer', ...EMAILS]])); // biome-ignore format: a table
    expect(suggestions.map(({ open }) => open)).toEqual([true, true]);
  });
  test('beside the person’s own one it is no alternate', () => {
    const suggestions = suggestMapping(columnsOf([FIRST, LAST, ['Email', ...EMAILS], ['Info Email', 'info@example.com']]));
    expect(suggestions.map(({ field }) => field)).toEqual(['firstName', 'lastName', 'email', 'custom']);
  });
  test('where the file names that one, it is that one’s', () => {
    const suggestions = suggestMapping(columnsOf([['Billing Name', 'Ann Lee', 'Bob Ray', 'Maria Ames'], ['Billing Email', ...EMAILS]])); // biome-ignore format: a table
    expect(suggestions.map(({ field }) => field)).toEqual(['fullName', 'email']);
  });
});

describe('what the values do not bear out is not sure', () => {
  test.each(['Name', 'Full name', 'Contact'])('%s over a name with its address and number', (header) => {
    const mixed = ['Ann Lee <ann@example.com>, +1 202-555-0143, Acme', 'Bob Ray, bob@example.com', 'Cy Poe +1 202 555 0125'];
    const [suggestion] = suggestMapping(columnsOf([[header, ...mixed]]));
    expect(suggestion).toMatchObject({ field: 'custom', open: true, candidates: [{ field: 'fullName' }] });
  });
  test('most of the cells are addresses: a question', () => {
    const [suggestion] = suggestMapping(columnsOf([['Column 1', ...EMAILS, 'unknown']]));
    expect(suggestion).toMatchObject({ field: 'custom', open: true, candidates: [{ field: 'email' }, {}] });
  });
});
