import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isSoundEmail, readEmailCell } from '#shared/lead/email.ts';

/** Addresses with their diagnosis by is_email; one that lacks only an entry in the DNS is spelled right. */
const LIST: readonly (readonly [address: string, diagnosis: string])[] = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/isemail/tests.json'), 'utf8'),
);
/** Two spelled right that stand in the first list and no longer in this one. */
const LEFT_OUT: readonly string[] = ['test@c--n.com', 'test@test.com'];
const VALID = [...LIST.filter(([, diagnosis]) => /^(?:valid|dnsWarn)/.test(diagnosis)).map(([address]) => address), ...LEFT_OUT];
const ODD = LIST.map(([address]) => address).filter((address) => !VALID.includes(address));

const isKept = (text: string) => {
  const { good, bad } = readEmailCell(text);
  return bad.length === 0 && good.length === 1 && good[0]?.warnings.includes('email_doubtful') === false;
};

describe('the test list of is_email', () => {
  it('has its addresses', () => {
    expect(LIST).toHaveLength(185);
    expect(VALID).toHaveLength(23);
    expect(ODD.length).toBeGreaterThanOrEqual(142);
  });

  it('the hard rule is exact: an address without an @ or a dot is refused, every other one is kept', () => {
    for (const [address] of LIST) {
      const { good, bad } = readEmailCell(address);
      const isRefused = good.length === 0 && bad.length > 0;
      const isBlank = good.length === 0 && bad.length === 0;
      if (address.trim() === '') expect(isBlank, JSON.stringify(address)).toBe(true);
      else expect(isRefused, JSON.stringify(address)).toBe(!(address.includes('@') && address.includes('.')));
    }
  });

  it('of the well spelled ones at most one has a warning, or is refused', () => {
    expect(VALID.filter((address) => !isKept(address))).toEqual(['test@io']);
  });

  it('of the odd ones at least 134 of 142 are refused or have a warning', () => {
    const unnoticed = ODD.filter((address) => address.includes('@') && address.includes('.') && isSoundEmail(address.toLowerCase()));
    expect(1 - unnoticed.length / ODD.length, JSON.stringify(unnoticed)).toBeGreaterThanOrEqual(134 / 142);
  });

  it('in a file only blanks around an address go without a word: they are taken off', () => {
    const silent = ODD.filter(isKept);
    expect(silent.filter((address) => address.trim() === address)).toEqual([]);
    for (const address of silent) expect(readEmailCell(address).good).toEqual([{ email: address.trim(), warnings: [] }]);
  });
});
