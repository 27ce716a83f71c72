import { describe, expect, it } from 'vitest';
import type { Lead } from '#shared/lead/lead.ts';
import { recheckLead } from '#shared/lead/recheck-lead.ts';
import { MAX_CELL_BYTES } from '#shared/limits.ts';

const ANN: Lead = { firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com', phone: '+12025550123' };
const codesOf = (lead: Lead, rules: { readonly require?: 'complete' | 'reachable' | 'any'; readonly strictPhones?: boolean } = {}) =>
  recheckLead(lead, { require: 'complete', defaultCountry: 'US', ...rules }).map((found) => `${found.severity} ${found.code}`);

it('a clean lead passes', () => {
  expect(codesOf(ANN)).toEqual([]);
  expect(
    codesOf({ ...ANN, phone: '+2908999', altPhone1: '+1234567890', tags: ['fair'], customFields: [{ label: 'City', value: 'Paris' }] }),
  ).toEqual([]);
});

describe('what only says that it is clean does not pass', () => {
  it.each<[Lead, string, string]>([
    [{ ...ANN, phone: '2025550123' }, 'error phone_invalid', 'no +'],
    [{ ...ANN, phone: '+1 202 555 0123' }, 'error phone_invalid', 'blanks'],
    [{ ...ANN, phone: '+1234567' }, 'error phone_invalid', 'too short'],
    [{ ...ANN, phone: '+1234567890123456' }, 'error phone_invalid', 'too long'],
    [{ ...ANN, phone: '+99912345678' }, 'error phone_invalid', 'no such country code'],
    [{ ...ANN, altPhone2: 'abc' }, 'error phone_invalid', 'an alternate'],
    [{ ...ANN, email: 'ann' }, 'error email_no_at', 'no @'],
    [{ ...ANN, altEmail1: 'ann@example' }, 'error email_no_dot', 'no dot'],
    [{ ...ANN, notes: 'x'.repeat(MAX_CELL_BYTES + 1) }, 'error cell_too_large', 'too large'],
    [
      { ...ANN, customFields: [{ label: 'Bio', value: 'x'.repeat(MAX_CELL_BYTES + 1) }] },
      'error cell_too_large',
      'a custom field too large',
    ],
    [{ firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com' }, 'error phone_missing', 'no phone'],
  ])('%#: %s', (lead, expected) => {
    expect(codesOf(lead)).toEqual([expected]);
  });

  it('each policy asks for its own', () => {
    expect(codesOf({ firstName: 'Ann' }, { require: 'reachable' })).toEqual(['error unreachable']);
    expect(codesOf({ companyName: 'Fernhill' }, { require: 'any' })).toEqual(['error nobody']);
    expect(codesOf({ firstName: 'Ann' }, { require: 'any' })).toEqual([]);
  });

  it('a doubtful phone where one is strict', () => {
    expect(codesOf({ ...ANN, phone: '+1234567890' }, { strictPhones: true })).toEqual(['error phone_doubtful']);
    expect(codesOf(ANN, { strictPhones: true })).toEqual([]);
  });
});
