import { describe, expect, test } from 'vitest';
import { findOptOutColumn, saysYes } from '#shared/plan/opt-out-column.ts';

describe('a column of opt-outs', () => {
  test.each([
    { header: 'Email Opt Out', why: 'as CRMs export it', is: true },
    { header: 'HasOptedOutOfEmail', why: 'the field of an API', is: true },
    { header: 'do_not_call', why: 'written for machines', is: true },
    { header: 'Unsubscribed', why: 'from mailing tools', is: true },
    { header: 'Email opt in', why: 'a yes there is the contrary', is: false },
    { header: 'Subscribed', why: 'a yes there is the contrary', is: false },
    { header: 'Opt-out reason', why: 'a text beside it', is: false },
    { header: 'Email', why: 'an address', is: false },
  ])('“$header”: $why', ({ header, is }) => {
    expect(findOptOutColumn({ headers: ['Name', header] })).toBe(is ? 1 : null);
  });

  test.each([
    ...['yes', 'Y', ' TRUE ', '1', 'x', 'ja', 'oui', '✓', 'Unsubscribed'].map((cell) => ({ cell, is: true })),
    ...['', 'no', 'FALSE', '0', 'n/a', 'maybe', '2024-05-01'].map((cell) => ({ cell, is: false })),
  ])('the cell “$cell” is a yes: $is', ({ cell, is }) => {
    expect(saysYes(cell)).toBe(is);
  });
});
