import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, it } from 'vitest';
import { askLibrary, callingCodeOf, isValidPhone, mainCountryOf, readPhone, readPlainPhone } from '#shared/lead/phone.ts';
import { createRandom, generateRows } from '../../support/make-leads.ts';

const US = { defaultCountry: 'US' };
const callingCodes = [...new Set(Object.keys(examples).map((country) => callingCodeOf(country)))].filter((code) => code !== null);

/** What disagrees with the library about a number with its country code. */
function disagreement(e164: string): string | null {
  const reading = readPhone(e164, US);
  const plain = readPlainPhone(e164, US);
  const known = askLibrary(e164);
  const tooLong = (known?.e164.length ?? 0) > 16;
  if (reading.kind !== 'ok') return known?.isValid && !tooLong ? `${e164} is valid, but was ${reading.kind}` : null;
  if (reading.doubtful === (known?.isValid === true && !tooLong)) return `${e164}: doubtful is ${reading.doubtful}`;
  if (!reading.doubtful && reading.e164 !== known?.e164) return `${e164} was read as ${reading.e164}, not ${known?.e164}`;
  if (plain !== '' && (plain !== known?.e164 || !known.isValid)) return `${e164} was plainly read as ${plain}`;
  return isValidPhone(reading.e164) === reading.doubtful ? `${reading.e164} itself is judged otherwise` : null;
}

describe('the short ways never disagree with libphonenumber', () => {
  it('over all 800 area codes of the +1 plan', () => {
    const random = createRandom(7);
    const wrong: string[] = [];
    for (let area = 200; area < 1_000; area++) {
      for (const exchange of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((first) => `${first}${digits(random, 2)}`)) {
        const found = disagreement(`+1${area}${exchange}${digits(random, 4)}`);
        if (found) wrong.push(found);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('over 20,000 phones as they stand in files', () => {
    const wrong: string[] = [];
    let read = 0;
    for (const { cells } of generateRows(11)) {
      const text = cells[3] ?? '';
      const reading = readPhone(text, US);
      const known = askLibrary(text.replace(/ x\d+$/, ''), 'US');
      const isValid = known?.isValid === true;
      if (isValid && (reading.kind !== 'ok' || reading.doubtful || reading.e164 !== known.e164)) wrong.push(text);
      if (!isValid && reading.kind === 'ok' && !reading.doubtful) wrong.push(text);
      if (++read === 20_000) break;
    }
    expect(wrong).toEqual([]);
  });

  it('over numbers of every country code, right and wrong ones', () => {
    const random = createRandom(23);
    const wrong: string[] = [];
    for (const code of callingCodes) {
      for (let round = 0; round < 60; round++) {
        const found = disagreement(`+${code}${digits(random, 3 + Math.floor(random() * (12 - code.length)))}`);
        if (found) wrong.push(found);
      }
    }
    for (const [country, national] of Object.entries(examples)) {
      for (let round = 0; round < 20; round++) {
        const found = disagreement(`+${callingCodeOf(country)}${changedDigit(String(national), random)}`);
        if (found) wrong.push(found);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('over numbers as dialled at home in every country', () => {
    const random = createRandom(29);
    const wrong: string[] = [];
    for (const [country, national] of Object.entries(examples)) {
      const code = callingCodeOf(country);
      if (code === null || code === '1' || mainCountryOf(code) !== country) continue;
      for (const trunk of ['', '0', '8', code]) {
        for (let round = 0; round < 6; round++) {
          const dialled = trunk + changedDigit(String(national), random);
          if (dialled.startsWith('00')) continue;
          const reading = readPhone(dialled, { defaultCountry: country });
          const known = askLibrary(dialled, country);
          const isValid = known?.isValid === true && known.e164.length <= 16;
          const agrees = reading.kind === 'ok' ? reading.doubtful !== isValid && reading.e164 === known?.e164 : !isValid;
          if (!agrees) wrong.push(`${dialled} in ${country}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('in the corners where a shorter look would be wrong', () => {
    // Belarus and Brazil: the number begins like a prefix to take off, and would be valid with it too.
    for (const e164 of ['+3758125992483', '+5590548436902', '+559042583883']) expect(disagreement(e164)).toBeNull();
    // Finland: a number of the Åland Islands, and numbers that begin like Finland's way out.
    for (const dialled of ['18820', '018820', '9943689', '990475157']) {
      const known = askLibrary(dialled, 'FI');
      const reading = readPhone(dialled, { defaultCountry: 'FI' });
      if (known?.isValid) expect(reading).toEqual({ kind: 'ok', e164: known.e164, doubtful: false });
      else expect(reading).not.toMatchObject({ doubtful: false });
    }
  });

  it('decides most phones of a file without the library', () => {
    let plain = 0;
    let read = 0;
    for (const { cells } of generateRows(5)) {
      if (readPlainPhone(cells[3] ?? '', US) !== '') plain++;
      if (++read === 2_000) break;
    }
    expect(plain).toBeGreaterThan(1_800);
  });
});

it('a number that was read is read again as itself, wherever it was dialled', () => {
  const random = createRandom(31);
  const wrong: string[] = [];
  for (const [country, national] of Object.entries(examples)) {
    const code = callingCodeOf(country) ?? '';
    for (const before of ['', '0', '1', '8', '9', '06', '15', code, `+${code}`, `+${code}0`, `00${code}`]) {
      const text = before + changedDigit(String(national), random);
      const once = readPhone(text, { defaultCountry: country });
      if (once.kind !== 'ok') continue;
      const twice = readPhone(once.e164, { defaultCountry: country });
      if (twice.kind !== 'ok' || twice.e164 !== once.e164 || twice.doubtful !== once.doubtful) wrong.push(`${text} in ${country}`);
    }
  }
  // Belarus, Lithuania, the Vatican and Åland: what is dialled at home looks otherwise with its code.
  for (const [text, country] of [
    ['3758881931051', 'BY'],
    ['8841664297', 'LT'],
    ['151458151', 'VA'],
    ['11933', 'AX'],
  ] as const) {
    const once = readPhone(text, { defaultCountry: country });
    if (once.kind === 'ok') expect(readPhone(once.e164, { defaultCountry: country })).toEqual(once);
  }
  expect(wrong).toEqual([]);
});

it('every calling code of a country is known, and no other', () => {
  expect(callingCodes.length).toBeGreaterThan(200);
  for (const code of callingCodes) expect(readPhone(`+${code}123456789`, US).kind, code).toBe('ok');
  for (const code of ['210', '384', '695', '801', '851', '889', '999'])
    expect(readPhone(`+${code}12345678`, US).kind, code).toBe('invalid');
});

function digits(random: () => number, count: number): string {
  return Array.from({ length: count }, () => Math.floor(random() * 10)).join('');
}

/** The number with one digit changed, or left as it is. */
function changedDigit(national: string, random: () => number): string {
  const at = Math.floor(random() * (national.length + 2));
  return at >= national.length ? national : national.slice(0, at) + digits(random, 1) + national.slice(at + 1);
}
