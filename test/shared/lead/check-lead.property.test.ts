import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkLead, hasError } from '#shared/lead/check-lead.ts';
import { EMAIL_FIELDS, PHONE_FIELDS, TEXT_FIELD_IDS } from '#shared/lead/fields.ts';
import { type CheckPolicy, CUSTOM_FIELD_TYPES, type RawLead, REQUIRE_POLICIES } from '#shared/lead/lead.ts';
import { isPhoneShape } from '#shared/lead/phone.ts';
import { recheckLead } from '#shared/lead/recheck-lead.ts';
import { trimText } from '#shared/lead/text.ts';

/** What stands in real cells, and what stands in none. */
const PIECES = [
  ...[
    'Ann',
    'Lee',
    'van der',
    'Dr.',
    'PhD',
    '王小明',
    '🚀',
    'null',
    'n/a',
    '-',
    "'",
    '"',
    '<',
    '>',
    '(',
    ')',
    '=',
    '+',
    '@',
    '.',
    ',',
    ';',
    '/',
    ':::',
    '|',
    '\n',
    '\0',
  ],
  ...['ann@example.com', 'Bob@Gmial.com', 'info@x.org', 'mailto:', 'at', '__proto__', 'constructor', ' ', '\u00a0', '\u200b', '\ud800'],
  ...[
    '2025550123',
    '+442079460018',
    '0044',
    '011',
    '+1234567890',
    '(202) 555-0123',
    'x12',
    'ext. 5',
    'p:',
    'tel:',
    '4.15555E+09',
    '٤',
    '0',
    '+2908999',
  ],
  ...['linkedin.com/in/ann-lee', 'https://www.linkedin.com/company/x', 'linkedin.com/in/%E', '?trk=1'],
];
const text = fc.oneof(
  { weight: 4, arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 5 }).map((pieces) => pieces.join('')) },
  { weight: 2, arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 4 }).map((pieces) => pieces.join(' ')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
);
const custom = fc.record({ label: text, value: text, type: fc.constantFrom(...CUSTOM_FIELD_TYPES) });
const rawLead: fc.Arbitrary<RawLead> = fc.record(
  {
    ...Object.fromEntries([...TEXT_FIELD_IDS, 'fullName'].map((field) => [field, text])),
    tags: fc.oneof(text, fc.array(text, { maxLength: 3 })),
    customFields: fc.array(custom, { maxLength: 10 }),
  },
  { requiredKeys: [] },
);
const policy: fc.Arbitrary<CheckPolicy> = fc.record({
  require: fc.constantFrom(...REQUIRE_POLICIES),
  defaultCountry: fc.constantFrom('US', 'CA', 'DE', 'GB', 'IT', 'AU', 'MX', 'AR', 'BR', 'RU', 'XX', ''),
  strictPhones: fc.boolean(),
});
const RUNS = { numRuns: 1_500 };

describe('whatever a row holds', () => {
  it('checking it twice gives the same lead', () => {
    fc.assert(
      fc.property(rawLead, policy, (raw, rules) => {
        const once = checkLead(raw, rules).lead;
        expect(checkLead(once, rules).lead).toEqual(once);
      }),
      RUNS,
    );
  });

  it('a lead that is not rejected passes the cheap check too', () => {
    fc.assert(
      fc.property(rawLead, policy, (raw, rules) => {
        const { lead, problems } = checkLead(raw, rules);
        if (!hasError(problems)) expect(recheckLead(lead, rules)).toEqual([]);
      }),
      RUNS,
    );
  });

  it('a checked lead holds no blank, and every address and number has its shape', () => {
    fc.assert(
      fc.property(rawLead, policy, (raw, rules) => {
        const { lead } = checkLead(raw, rules);
        for (const field of TEXT_FIELD_IDS) if (field in lead) expect(lead[field]?.trim(), field).toBeTruthy();
        for (const field of PHONE_FIELDS) if (lead[field] !== undefined) expect(isPhoneShape(lead[field]), lead[field]).toBe(true);
        for (const field of EMAIL_FIELDS) if (lead[field] !== undefined) expect(lead[field]).toMatch(/@[\s\S]*\.|\.[\s\S]*@/);
        expect(lead.tags?.every((tag) => tag.trim() === tag && tag !== '') ?? true).toBe(true);
        const labels = lead.customFields?.map((field) => field.label) ?? [];
        expect(new Set(labels).size).toBe(labels.length);
        expect(lead.customFields?.every((field) => field.value !== '' && field.label !== '') ?? true).toBe(true);
        const values = [...PHONE_FIELDS, ...EMAIL_FIELDS].map((field) => lead[field]).filter((value) => value !== undefined);
        expect(new Set(values).size).toBe(values.length);
      }),
      RUNS,
    );
  });

  it('a bad value is never lost: its text is in the lead', () => {
    fc.assert(
      fc.property(rawLead, policy, (raw, rules) => {
        const { lead, problems } = checkLead(raw, rules);
        const held = JSON.stringify(lead.customFields ?? []).toLowerCase();
        for (const { code, text: quoted } of problems) {
          const isBad = /^(?:email_no|phone_invalid|phone_digits_lost|linkedin_|owner_invalid)/.test(code);
          if (isBad && quoted !== undefined) expect(held).toContain(JSON.stringify(trimText(quoted)).slice(1, -1).toLowerCase());
        }
      }),
      RUNS,
    );
  });
});
