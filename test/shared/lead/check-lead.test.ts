import { describe, expect, it } from 'vitest';
import { checkLead } from '#shared/lead/check-lead.ts';
import type { CheckPolicy, RawLead } from '#shared/lead/lead.ts';

const COMPLETE: CheckPolicy = { require: 'complete', defaultCountry: 'US' };
const REACHABLE: CheckPolicy = { require: 'reachable', defaultCountry: 'US' };
const ANY: CheckPolicy = { require: 'any', defaultCountry: 'US' };
const ANN: RawLead = { firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com', phone: '2025550123' };
const CLEAN_ANN = { firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com', phone: '+12025550123' };

const check = (raw: RawLead, policy = COMPLETE) => checkLead(raw, policy);
const codesOf = (raw: RawLead, policy = COMPLETE) => check(raw, policy).problems.map((found) => `${found.severity} ${found.code}`);

describe('a good row becomes a clean lead', () => {
  it('values are cleaned, blanks are left out, nothing is said', () => {
    const raw = {
      ...ANN,
      firstName: ' Ann ',
      email: ' ANN@Example.com',
      phone: '(202) 555-0123',
      companyName: '  ',
      altPhone1: '',
      notes: ' \n',
    };
    expect(check(raw)).toEqual({ lead: CLEAN_ANN, problems: [] });
  });

  it('every field comes through', () => {
    const { lead, problems } = check({
      ...ANN,
      altPhone1: '+442079460018',
      altPhone2: '2025550124',
      altPhone3: '2025550125',
      altEmail1: 'B@example.com',
      altEmail2: 'c@example.com',
      altEmail3: 'd@example.com',
      companyName: 'Fernhill',
      jobTitle: 'Head of Sales',
      linkedinUrl: 'linkedin.com/in/ann-lee',
      notes: ' Met at the fair\n  wants a demo ',
      ownerEmail: 'Boss@example.com',
      tags: 'fair; spring',
      customFields: [{ label: 'City', value: ' Paris ' }],
    });
    expect(problems).toEqual([]);
    expect(lead).toEqual({
      ...CLEAN_ANN,
      altPhone1: '+442079460018',
      altPhone2: '+12025550124',
      altPhone3: '+12025550125',
      altEmail1: 'b@example.com',
      altEmail2: 'c@example.com',
      altEmail3: 'd@example.com',
      companyName: 'Fernhill',
      jobTitle: 'Head of Sales',
      linkedinUrl: 'https://www.linkedin.com/in/ann-lee',
      notes: ' Met at the fair\n  wants a demo ',
      ownerEmail: 'boss@example.com',
      tags: ['fair', 'spring'],
      customFields: [{ label: 'City', value: 'Paris' }],
    });
  });

  it('a person may be called None or Null', () => {
    expect(check({ ...ANN, firstName: 'None', lastName: 'Null' }).lead).toMatchObject({ firstName: 'None', lastName: 'Null' });
  });
});

describe('complete: the four required fields', () => {
  it.each([
    [{ ...ANN, firstName: ' ' }, 'first_name_missing', 'firstName'],
    [{ ...ANN, lastName: '' }, 'last_name_missing', 'lastName'],
    [{ ...ANN, email: '' }, 'email_missing', 'email'],
    [{ ...ANN, email: 'none' }, 'email_missing', 'email'],
    [{ ...ANN, email: 'ann' }, 'email_no_at', 'email'],
    [{ ...ANN, email: 'ann@example' }, 'email_no_dot', 'email'],
    [{ ...ANN, phone: 'n/a' }, 'phone_missing', 'phone'],
    [{ ...ANN, phone: '5550123' }, 'phone_invalid', 'phone'],
    [{ ...ANN, phone: '4.15555E+09' }, 'phone_digits_lost', 'phone'],
  ] as const)('%j is rejected: %s', (raw, code, field) => {
    const { problems } = check(raw);
    expect(problems).toEqual([expect.objectContaining({ code, field, severity: 'error' })]);
  });

  it('everything missing is said at once', () => {
    const missing = ['first_name_missing', 'last_name_missing', 'email_missing', 'phone_missing'];
    expect(codesOf({})).toEqual(missing.map((code) => `error ${code}`));
  });

  it('the primary address and number are needed: alternates do not stand in for them', () => {
    expect(codesOf({ ...ANN, phone: '', altPhone1: '2025550124' })).toEqual(['error phone_missing']);
    expect(codesOf({ ...ANN, email: '', altEmail1: 'b@example.com' })).toEqual(['error email_missing']);
    expect(codesOf({ ...ANN, phone: 'abc', altPhone1: '2025550124' })).toEqual(['error phone_invalid']);
    expect(codesOf({ ...ANN, phone: '', altPhone1: 'abc' })).toEqual(['error phone_missing', 'warning phone_invalid']);
  });
});

describe('reachable: a name and one way to reach the person', () => {
  it.each<[RawLead, string[], string]>([
    [{ firstName: 'Ann', email: 'ann@example.com' }, [], 'a first name and an email'],
    [{ lastName: 'Lee', phone: '2025550123' }, [], 'a last name and a phone'],
    [{ fullName: 'Ann Lee', linkedinUrl: 'linkedin.com/in/ann' }, [], 'a full name and a profile'],
    [{ firstName: 'Ann', altPhone2: '2025550123' }, [], 'an alternate phone'],
    [{ email: 'ann@example.com' }, ['error name_missing'], 'no name'],
    [{ firstName: 'Ann' }, ['error unreachable'], 'no way'],
    [{ firstName: 'Ann', email: 'ann' }, ['error email_no_at'], 'the bad email is the reason'],
    [{ firstName: 'Ann', phone: '123' }, ['error phone_invalid'], 'the bad phone is the reason'],
    [{ firstName: 'Ann', email: 'ann', phone: '123' }, ['error email_no_at', 'error phone_invalid'], 'both are'],
    [{ firstName: 'Ann', email: 'ann', phone: '2025550123' }, ['warning email_no_at'], 'a bad email beside a good phone'],
    [{ firstName: 'Ann', email: 'ann', linkedinUrl: 'linkedin.com/in/ann' }, ['warning email_no_at'], 'beside a good profile'],
    [
      { firstName: 'Ann', linkedinUrl: 'linkedin.com/company/x' },
      ['error unreachable', 'warning linkedin_company'],
      'a company reaches nobody',
    ],
  ])('%j gives %j: %s', (raw, expected) => {
    expect(codesOf(raw, REACHABLE)).toEqual(expected);
  });

  it('an alternate becomes the primary where there is none', () => {
    const { lead } = check({ firstName: 'Ann', altPhone2: '2025550123', altPhone3: '2025550124', altEmail1: 'a@example.com' }, REACHABLE);
    expect(lead).toEqual({ firstName: 'Ann', email: 'a@example.com', phone: '+12025550123', altPhone3: '+12025550124' });
  });
});

describe('any: an email, a phone or a name', () => {
  it.each([
    [{ firstName: 'Ann' }, []],
    [{ email: 'ann@example.com' }, []],
    [{ phone: '2025550123' }, []],
    [{ companyName: 'Fernhill' }, ['error nobody']],
    [{ linkedinUrl: 'linkedin.com/in/ann' }, ['error nobody']],
    [{ email: 'ann' }, ['error email_no_at']],
    [{ email: 'ann', lastName: 'Lee' }, ['warning email_no_at']],
  ])('%j gives %j', (raw, expected) => {
    expect(codesOf(raw, ANY)).toEqual(expected);
  });
});

describe('only a value the policy needs can reject a row; any other bad one is kept as "(original)"', () => {
  it.each([
    [{ altPhone1: 'abc' }, 'phone_invalid', 'Alternate phone 1 (original)', 'abc'],
    [{ altPhone3: '4.1E+09' }, 'phone_digits_lost', 'Alternate phone 3 (original)', '4.1E+09'],
    [{ altEmail1: ' bob ' }, 'email_no_at', 'Alternate email 1 (original)', 'bob'],
    [{ linkedinUrl: 'ann-lee' }, 'linkedin_invalid', 'LinkedIn (original)', 'ann-lee'],
    [{ linkedinUrl: 'linkedin.com/company/x' }, 'linkedin_company', 'LinkedIn (original)', 'linkedin.com/company/x'],
    [{ ownerEmail: 'the boss' }, 'owner_invalid', 'Owner email (original)', 'the boss'],
  ])('%j is a %s and stays as %s', (bad, code, label, value) => {
    const { lead, problems } = check({ ...ANN, ...bad });
    expect(problems).toEqual([expect.objectContaining({ code, severity: 'warning', field: Object.keys(bad)[0] })]);
    expect(lead).toEqual({ ...CLEAN_ANN, customFields: [{ label, value }] });
  });

  it('under reachable a bad email beside a good phone', () => {
    const { lead } = check({ ...ANN, email: 'ann at work' }, REACHABLE);
    expect(lead.email).toBeUndefined();
    expect(lead.customFields).toEqual([{ label: 'Email (original)', value: 'ann at work' }]);
  });

  it('a doubtful phone is kept with a warning, and an error where one is strict', () => {
    const raw = { ...ANN, phone: '+1234567890' };
    expect(check(raw)).toEqual({
      lead: { ...CLEAN_ANN, phone: '+1234567890' },
      problems: [{ code: 'phone_doubtful', severity: 'warning', field: 'phone', text: '+1234567890' }],
    });
    expect(codesOf(raw, { ...COMPLETE, strictPhones: true })).toEqual(['error phone_doubtful']);
    expect(codesOf(raw, { ...REACHABLE, strictPhones: true })).toEqual(['warning phone_doubtful']);
    expect(codesOf({ ...ANN, altPhone1: '+1234567890' }, { ...COMPLETE, strictPhones: true })).toEqual(['warning phone_doubtful']);
  });
});

describe('several values in a cell are spread over free alternates', () => {
  it('phones, with their extensions beside them', () => {
    const { lead, problems } = check({ ...ANN, phone: '2025550123 x9 ::: 2025550124 x10', altPhone1: '2025550125' });
    expect(lead).toMatchObject({ phone: '+12025550123', altPhone1: '+12025550125', altPhone2: '+12025550124' });
    expect(lead.customFields).toEqual([
      { label: 'Phone extension', value: '9' },
      { label: 'Alternate phone 2 extension', value: '10' },
    ]);
    expect(problems).toEqual([expect.objectContaining({ code: 'phones_spread', field: 'phone', data: { count: 2 } })]);
  });

  it('emails', () => {
    const { lead, problems } = check({ ...ANN, email: 'a@example.com; b@example.com', altEmail1: 'c@example.com' });
    expect(lead).toMatchObject({ email: 'a@example.com', altEmail1: 'c@example.com', altEmail2: 'b@example.com' });
    expect(problems).toEqual([expect.objectContaining({ code: 'emails_spread', field: 'email', data: { count: 2 } })]);
  });

  it('what finds no place is kept with its whole cell', () => {
    const five = '2025550121; 2025550122; 2025550123; 2025550124; 2025550125';
    const { lead, problems } = check({ ...ANN, phone: five });
    expect(lead).toMatchObject({ phone: '+12025550121', altPhone3: '+12025550124' });
    expect(lead.customFields).toEqual([{ label: 'Phone (original)', value: five }]);
    expect(problems.map(({ code, severity, data }) => [code, severity, data])).toEqual([
      ['phones_spread', 'warning', { count: 5 }],
      ['phones_left_over', 'warning', { count: 1 }],
    ]);
    const six = 'a@example.com b@example.com c@example.com d@example.com e@example.com f@example.com';
    const mails = check({ ...ANN, email: six });
    expect(mails.lead).toMatchObject({ email: 'a@example.com', altEmail3: 'd@example.com' });
    expect(mails.lead.customFields).toEqual([{ label: 'Email (original)', value: six }]);
    expect(mails.problems.at(-1)).toMatchObject({ code: 'emails_left_over', severity: 'warning', data: { count: 2 } });
  });

  it('a bad part beside a good one is a warning, and the whole cell is kept', () => {
    const { lead, problems } = check({ ...ANN, phone: '2025550123; after six' });
    expect(lead).toMatchObject({ phone: '+12025550123', customFields: [{ label: 'Phone (original)', value: '2025550123; after six' }] });
    expect(problems.map((found) => `${found.severity} ${found.code}`)).toEqual(['warning phone_invalid']);
  });

  it('the same value twice is held once', () => {
    const { lead, problems } = check({ ...ANN, altPhone1: '+1 202 555 0123', altEmail1: 'ANN@example.com' });
    expect(lead).toEqual(CLEAN_ANN);
    expect(problems).toEqual([]);
  });
});

describe('a full name is split where first or last name is missing', () => {
  it('and only there; another name in it is kept', () => {
    const kept = (value: string) => ({ customFields: [{ label: 'Full name (original)', value }] });
    const rest = { email: ANN.email, phone: ANN.phone } as RawLead;
    expect(check({ ...rest, fullName: 'Ann Lee' }).lead).toEqual(CLEAN_ANN);
    expect(check({ ...rest, fullName: 'Ann Lee', firstName: 'Anna' }).lead).toEqual({
      ...CLEAN_ANN,
      firstName: 'Anna',
      ...kept('Ann Lee'),
    });
    expect(check({ ...ANN, fullName: 'Somebody Else' }).lead).toEqual({ ...CLEAN_ANN, ...kept('Somebody Else') });
  });

  it('a title that is left out is kept with the whole name', () => {
    const { lead } = check({ fullName: 'Dr. Ann Lee', email: 'ann@example.com', phone: '2025550123' });
    expect(lead).toEqual({ ...CLEAN_ANN, customFields: [{ label: 'Full name (original)', value: 'Dr. Ann Lee' }] });
  });

  it('one word is a first name, so that complete misses the last', () => {
    expect(codesOf({ ...ANN, firstName: '', lastName: '', fullName: 'Madonna' })).toEqual(['error last_name_missing']);
  });
});

it('a problem quotes its text as it was read', () => {
  expect(check({ ...ANN, email: ' Ann Lee ' }).problems[0]?.text).toBe(' Ann Lee ');
  expect(check({ ...ANN, phone: " '555 0123" }).problems[0]?.text).toBe(" '555 0123");
});

it('a problem quotes its text shortened', () => {
  const [found] = check({ ...ANN, phone: `call ${'x'.repeat(5_000)}` }).problems;
  expect(found?.text?.length).toBeLessThan(250);
});

describe('a full name beside first and last name loses nothing', () => {
  type Row = readonly [reason: string, raw: { firstName?: string; lastName?: string; fullName: string }, kept: string | undefined];
  const ROWS: readonly Row[] = [
    ['the same name says nothing more', { firstName: 'Ann', lastName: 'Lee', fullName: 'Lee, ANN' }, undefined],
    ['a middle name is kept', { firstName: 'Ann', lastName: 'Lee', fullName: 'Ann Marie Lee' }, 'Ann Marie Lee'],
    ['another person’s first name is kept', { firstName: 'Ann', fullName: 'Bob Lee' }, 'Bob Lee'],
    ['the last name is taken from it', { firstName: 'Ann', fullName: 'Ann Lee' }, undefined],
  ];
  it.each(ROWS)('%s', (_, raw, kept) => {
    const { lead } = checkLead(raw, { require: 'any', defaultCountry: 'US' });
    expect(lead).toMatchObject({ firstName: 'Ann', lastName: 'Lee' });
    expect(lead.customFields).toEqual(kept === undefined ? undefined : [{ label: 'Full name (original)', value: kept }]);
  });

  it('two people in a cell are a warning, and both are kept', () => {
    const { lead, problems } = checkLead({ fullName: 'Ann Lee / Bob Ray' }, { require: 'any', defaultCountry: 'US' });
    expect(lead).toMatchObject({ firstName: 'Ann', customFields: [{ label: 'Full name (original)', value: 'Ann Lee / Bob Ray' }] });
    expect(problems).toEqual([{ code: 'names_several', severity: 'warning', field: 'fullName', text: 'Ann Lee / Bob Ray' }]);
  });
});
