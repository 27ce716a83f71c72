import fc from 'fast-check';
import type { CustomValue, RawLead } from '#shared/lead/lead.ts';

/** Starts that spreadsheets, readers of CSV or programs take for something else than text. */
const starts = fc.constantFrom(
  '',
  '',
  '',
  '=',
  '+',
  '-',
  '@',
  '＝',
  '＋',
  '－',
  '＠',
  "'",
  "''",
  "'=",
  '"',
  ' ',
  '\u00a0',
  '\t',
  '\n',
  '\u3000',
  '0',
);
const words = fc.constantFrom(
  'Ann',
  "O'Brien",
  '5" pipe',
  'a,b',
  'a;b',
  'a|b',
  'a\tb',
  'a\nb',
  'a\r\nb',
  'a\rb',
  'São Paulo',
  '東京',
  '👩‍💻',
  'مرحبا',
  'Total',
  'null',
  '-',
  'N/A',
  'SUM(A1)',
  '007',
  '1.234,5',
  '03/04/2024',
  'yes',
  '<b>&amp;',
  '\\',
  '%00',
  'First name',
  'sep=;',
);
const text = fc
  .tuple(
    starts,
    fc.oneof({ weight: 3, arbitrary: words }, { weight: 1, arbitrary: fc.string({ unit: 'grapheme' }) }),
    fc.constantFrom('', '', ' ', '\n', "'", ' x'),
  )
  .map((parts) => parts.join(''));
const maybe = (value: fc.Arbitrary<string>) => fc.option(value, { nil: undefined });

/** Labels of custom fields, with what they hold. */
const LABELS = [
  ['City', 'text'],
  ['=1+1', 'text'],
  ["'quoted'", 'text'],
  ['+Score', 'number'],
  ['Renewal', 'date'],
  ['Subscribed?', 'yesNo'],
  ['Size', 'choice'],
  ['Mobile', 'phone'],
  ['Signed', 'words'],
  ['Email', 'text'],
  ['Country #2', 'text'],
  ['__proto__', 'text'],
  ['First seen', 'text'],
  ['two  blanks\nand a line break', 'text'],
  [`${'long '.repeat(120)}label`, 'text'],
  ['line', 'text'],
  ['Ünï "côdé"; 東京', 'text'],
] as const;

/** Any value of a custom field of that kind, as people write it. */
const VALUES: Readonly<Record<(typeof LABELS)[number][1], fc.Arbitrary<string>>> = {
  text,
  choice: fc.constantFrom('S', 'M', 'L', '-', 'x,y'),
  number: fc.oneof(fc.integer().map(String), fc.constantFrom('1,234.50', '-3', '+7', '1e5', '0012')),
  yesNo: fc.constantFrom('yes', 'no', 'TRUE', 'x', '0'),
  date: fc.constantFrom('2024-04-03', '1999-12-31', '2024-02-29'),
  phone: fc.nat(9999).map((number) => `+1202555${String(number).padStart(4, '0')}`),
  words: fc.constantFrom('3 April 2024', '12.03.2024', 'May 5, 2021'),
};
const custom = fc.constantFrom(...LABELS).chain(([label, kind]): fc.Arbitrary<CustomValue> => {
  const type = kind === 'phone' || kind === 'words' ? 'text' : kind;
  return VALUES[kind].map((value): CustomValue => ({ label, value, type }));
});

const person = fc.record({
  firstName: text,
  lastName: text,
  companyName: maybe(text),
  jobTitle: maybe(text),
  notes: maybe(text),
  tags: maybe(fc.array(text, { maxLength: 3 }).map((tags) => tags.join(';'))),
  customFields: fc.uniqueArray(custom, { maxLength: 6, selector: ({ label }) => label }),
  has: fc.nat(63),
});

/** Random leads nobody of whom is another: every field, custom fields of every type, whatever a text can begin with. */
export function randomLeads(count: number, seed: number): RawLead[] {
  return fc.sample(person, { numRuns: count, seed }).map(({ has, ...lead }, index) => {
    const phone = (slot: number) => `+1${202 + slot}555${String(index).padStart(4, '0')}`;
    const whole: RawLead = {
      ...Object.fromEntries(Object.entries(lead).filter(([, value]) => value !== undefined)),
      email: `lead${index}@example.com`,
      ...(has & 1 ? { phone: phone(0) } : {}),
      ...(has & 1 && has & 2 ? { altPhone1: phone(10) } : {}),
      ...(has & 1 && has & 2 && has & 4 ? { altPhone2: phone(11), altPhone3: phone(13) } : {}),
      ...(has & 8 ? { altEmail1: `first${index}@example.org` } : {}),
      ...(has & 8 && has & 16 ? { altEmail2: `second${index}@example.org`, altEmail3: `third${index}@example.net` } : {}),
      ...(has & 16 ? { linkedinUrl: `https://www.linkedin.com/in/lead-${index}` } : {}),
      ...(has & 32 ? { ownerEmail: 'ann@example.com' } : {}),
    };
    return whole;
  });
}
