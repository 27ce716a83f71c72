import { callingCodeAt, callingCodeOf, mainCountryOf } from './phone.ts';
import { digitsOfPhone, splitExtension, stripPhoneDecoration } from './phone-text.ts';
import { splitPhoneCell } from './split-phone-cell.ts';

/**
 * `international`: numbers of the column that carry the country's code · `share`: of those that carry any code · `bare`:
 * numbers that carry none.
 */
export type CountryProposal = {
  readonly country: string;
  readonly callingCode: string;
  readonly international: number;
  readonly bare: number;
  readonly share: number;
};

/**
 * The country a column's numbers are likely from: proposed when more than half of its numbers with a country code
 * (+ or 00) carry one other than the default country's, and there are numbers without a code that it would change.
 */
export function proposeCountry(texts: Iterable<string>, defaultCountry: string): CountryProposal | null {
  const counts = new Map<string, number>();
  let international = 0;
  let bare = 0;
  for (const text of texts) {
    for (const part of splitPhoneCell(text)) {
      const digits = digitsOfPhone(splitExtension(stripPhoneDecoration(part)).number);
      if (digits === null) continue;
      const code = digits.startsWith('+') ? callingCodeAt(digits) : digits.startsWith('00') ? callingCodeAt(digits.slice(1)) : null;
      if (code === null) bare++;
      else if (code !== '') {
        international++;
        counts.set(code, (counts.get(code) ?? 0) + 1);
      }
    }
  }
  const [callingCode, count] = [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most), ['', 0]);
  if (bare === 0 || count * 2 <= international || callingCode === callingCodeOf(defaultCountry)) return null;
  const country = mainCountryOf(callingCode);
  return country === null ? null : { country, callingCode, international: count, bare, share: count / international };
}
