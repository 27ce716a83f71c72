import { describe, expect, it } from 'vitest';
import { createFileIndex, foldedLeadName, leadKeys } from '#shared/lead/duplicates.ts';
import type { Lead } from '#shared/lead/lead.ts';

const ANN: Lead = { firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com', phone: '+12025550123' };

function find(rows: readonly Lead[], lead: Lead) {
  const index = createFileIndex();
  for (const [at, row] of rows.entries()) index.add(at + 2, row);
  return index.find(lead).map(({ line, matchedOn }) => [line, matchedOn]);
}

it('the keys are every email, the primary phone and the profile', () => {
  const lead: Lead = {
    ...ANN,
    altEmail1: 'b@example.com',
    altEmail3: 'd@example.com',
    altPhone1: '+12025550124',
    linkedinUrl: 'https://www.linkedin.com/in/Ann-Lee',
  };
  expect(leadKeys(lead)).toEqual([
    { kind: 'email', value: 'ann@example.com' },
    { kind: 'email', value: 'b@example.com' },
    { kind: 'email', value: 'd@example.com' },
    { kind: 'phone', value: '+12025550123' },
    { kind: 'linkedin', value: 'https://www.linkedin.com/in/ann-lee' },
  ]);
  expect(leadKeys({ firstName: 'Ann' })).toEqual([]);
});

it('names are compared without case, accents and blanks', () => {
  expect(foldedLeadName({ firstName: ' José ', lastName: 'MÜLLER' })).toBe('jose muller');
});

describe('an earlier row of the file is found', () => {
  it.each<[Lead, [number, string[]][], string]>([
    [{ email: 'ann@example.com' }, [[2, ['email']]], 'by its email'],
    [{ altEmail2: 'ann@example.com' }, [[2, ['email']]], 'by an alternate email of the later row'],
    [{ phone: '+12025550123' }, [[2, ['phone']]], 'by its phone'],
    [{ altPhone1: '+12025550123' }, [], 'never by an alternate phone'],
    [{ linkedinUrl: 'https://www.linkedin.com/in/ANN' }, [[2, ['linkedin']]], 'by its profile, whatever the case'],
    [{ email: 'b@example.com', phone: '+12025550199' }, [], 'not without a shared key'],
    [{ ...ANN }, [[2, ['email', 'phone']]], 'by all keys at once'],
  ])('%j: %j %s', (lead, expected) => {
    expect(find([{ ...ANN, linkedinUrl: 'https://www.linkedin.com/in/ann' }], lead)).toEqual(expected);
  });

  it('by an alternate email of the earlier row', () => {
    expect(find([{ ...ANN, altEmail1: 'b@example.com' }], { email: 'b@example.com' })).toEqual([[2, ['email']]]);
  });

  it('several rows, the first line first, each with everything it shares', () => {
    const bob: Lead = { firstName: 'Bob', email: 'bob@example.com', phone: ANN.phone ?? '' };
    expect(find([bob, ANN], ANN)).toEqual([
      [2, ['phone']],
      [3, ['email', 'phone']],
    ]);
  });
});

describe('of many rows that share a phone those come up that can matter', () => {
  const phone = '+12025550123';
  const crowd: Lead[] = Array.from({ length: 500 }, (_, at) => ({
    firstName: `P${at}`,
    lastName: 'X',
    email: `p${at}@example.com`,
    phone,
  }));

  it('the first, and the first of the same name', () => {
    expect(find(crowd, { firstName: 'p300', lastName: 'x', email: 'other@example.com', phone })).toEqual([
      [2, ['phone']],
      [302, ['phone']],
    ]);
  });

  it('the first without an email', () => {
    const rows = [...crowd, { firstName: 'Nobody', phone }, { firstName: 'Noone', phone }];
    expect(find(rows, { firstName: 'New', email: 'new@example.com', phone })).toEqual([
      [2, ['phone']],
      [502, ['phone']],
    ]);
  });

  it('the one found by its email says that it shares the phone too', () => {
    expect(find(crowd, { firstName: 'New', email: 'p400@example.com', phone })).toEqual([
      [2, ['phone']],
      [402, ['email', 'phone']],
    ]);
  });
});

it('a row looked for in vain is found once it was added, whatever was added in between', () => {
  const index = createFileIndex();
  expect(index.find(ANN)).toEqual([]);
  index.add(2, { ...ANN, firstName: 'First' });
  index.add(3, ANN);
  index.add(3, ANN);
  expect(index.find(ANN).map((row) => row.line)).toEqual([2, 3]);
  expect(index.find({ email: 'ann@example.com' }).map((row) => row.line)).toEqual([2]);
});

it('any text is a key', () => {
  expect(find([{ email: '__proto__', phone: 'constructor' }], { email: '__proto__' })).toEqual([[2, ['email']]]);
  expect(find([{ email: 'a@b.co' }], { email: '__proto__', phone: 'toString' })).toEqual([]);
});
