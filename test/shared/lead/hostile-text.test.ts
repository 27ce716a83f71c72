import { expect, it } from 'vitest';
import { checkLead } from '#shared/lead/check-lead.ts';
import type { RawLead } from '#shared/lead/lead.ts';
import { proposeCountry } from '#shared/lead/phone-column.ts';

/** Pieces that make careless patterns walk the same way again and again. */
const PIECES = [
  'a',
  'A',
  ' ',
  '\n',
  ',',
  ';',
  '/',
  '@',
  '.',
  '-',
  '(',
  '<',
  "'",
  '"',
  '1',
  '+',
  '=',
  '%',
  '|',
  'a,',
  'a@',
  '1/',
  'x1',
  'Aa, ',
  'van ',
  '王',
  'さ',
  '-a.',
  '(at)',
  ':::',
  '\ud800',
];
const FIELDS = ['fullName', 'email', 'altEmail1', 'phone', 'altPhone1', 'linkedinUrl', 'tags', 'ownerEmail', 'notes'] as const;

/** The time limit of a test is what would notice: with one pattern of the slow kind a single cell takes seconds. */
it.each([300, 2_000, 32_000])('no cell of %i characters holds up an import', (length) => {
  let checked = 0;
  for (const piece of PIECES) {
    for (const tail of ['', '!', '@b.co']) {
      const text = piece.repeat(Math.ceil(length / piece.length)).slice(0, length) + tail;
      for (const field of FIELDS) {
        const raw: RawLead = { [field]: text };
        checkLead(raw, { require: 'complete', defaultCountry: checked++ % 2 === 0 ? 'US' : 'DE' });
      }
      checkLead({ customFields: [{ label: text, value: text.slice(0, 60), type: 'number' }] }, { require: 'any', defaultCountry: 'US' });
      proposeCountry([text], 'US');
    }
  }
  expect(checked).toBe(PIECES.length * 3 * FIELDS.length);
});
