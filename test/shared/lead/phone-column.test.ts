import { describe, expect, it } from 'vitest';
import { proposeCountry } from '#shared/lead/phone-column.ts';

describe('the country of a column is proposed from the numbers that carry their code', () => {
  it.each<[string[], string, string | null, string]>([
    [['+91 98765 43210', '+919876543211', '9876543212'], 'US', 'IN', 'most numbers with a code are Indian'],
    [['0044 20 7946 0018', '020 7946 0019'], 'US', 'GB', '00 counts like +'],
    [['+49 30 1234567; +49 30 1234568', '030 1234569'], 'US', 'DE', 'several numbers in a cell'],
    [['+1 202 555 0123', '020 7946 0019'], 'GB', 'US', 'the other way round'],
    [['+12025550123', '2025550124'], 'US', null, 'it is the default country'],
    [['+12025550123', '2025550124'], 'CA', null, 'it has the default country code'],
    [['+442079460018', '+442079460019'], 'US', null, 'no number without a code: nothing would change'],
    [['+442079460018', '+33612345678', '2025550123'], 'US', null, 'no country has the majority'],
    [['2025550123', '2025550124'], 'US', null, 'no number carries a code'],
    [['n/a', '', 'null', 'call me'], 'US', null, 'no numbers'],
    [['+800 1234 5678', '2025550123'], 'US', null, 'a code of no country'],
  ])('%j with %s proposes %s: %s', (texts, defaultCountry, expected) => {
    expect(proposeCountry(texts, defaultCountry)?.country ?? null).toBe(expected);
  });

  it('says how many numbers speak for it, and how many it would change', () => {
    expect(proposeCountry(['+44 20 7946 0018', '+442079460019', '+12025550123', '020 7946 0020'], 'US')).toEqual({
      country: 'GB',
      callingCode: '44',
      international: 2,
      bare: 1,
      share: 2 / 3,
    });
  });
});
