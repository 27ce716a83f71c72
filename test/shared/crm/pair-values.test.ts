import { describe, expect, test } from 'vitest';
import { meaningOf, meaningThere, toLocalText, toRemoteText } from '../../../shared/crm/pair-values.ts';
import type { FieldPair, ValueType } from '../../../shared/crm/record.ts';
import { pair } from './pairs.ts';

const US = { defaultCountry: 'US' };
const OPTIONS = [
  { value: 'NEW', label: 'New' },
  { value: 'IN_PROGRESS', label: 'In progress' },
];
const of = (valueType: ValueType): FieldPair => pair({ valueType, options: OPTIONS });
const NUMBERED = [
  { value: '0', label: '1' },
  { value: '1', label: '2' },
];
const PARTED = [
  { value: 'ab', label: 'A; B' },
  { value: 'a', label: 'A' },
  { value: 'b', label: 'B' },
  { value: 'b', label: 'Bee' },
];
const CUSTOM = { local: { kind: 'custom', label: 'Branch' } } as const;
const PHONE = pair({ valueType: 'phone', local: { kind: 'field', id: 'phone' } });
const TAGS = pair({ local: { kind: 'field', id: 'tags' } });
const LINKEDIN = pair({ local: { kind: 'field', id: 'linkedinUrl' } });

describe('the same said in two ways is no change', () => {
  test.each<[string, FieldPair, string, string]>([
    ['blanks around', of('text'), 'Head of Sales', ' Head of Sales '],
    ['line ends', of('text'), 'a\nb', 'a\r\nb'],
    ['nothing but blanks is blank', of('text'), '', '  '],
    ['a word for no phone', PHONE, '', 'n/a'],
    ['a dash for no phone', PHONE, '', '-'],
    ['a word for no address', pair({ valueType: 'email', local: { kind: 'field', id: 'email' } }), '', 'None'],
    ['a word for no profile', LINKEDIN, '', 'null'],
    ['an address has no case', of('email'), 'ann@example.com', 'Ann@Example.com'],
    ['a number as it is dialled', of('phone'), '+12025550123', '(202) 555-0123'],
    ['an extension, which a lead’s own field cannot hold', PHONE, '+12025550123', '202-555-0123 x77'],
    ['an extension, written twice', pair({ valueType: 'phone', ...CUSTOM }), '+12025550123 x77', '(202) 555-0123 ext. 77'],
    ['a number with blanks', of('phone'), '+442079460018', '+44 20 7946 0018'],
    ['figures after the point', of('number'), '1200', '1200.0'],
    ['more figures than a floating point number has', of('number'), '9 007 199 254 740 993', '9007199254740993.0'],
    ['a number with a power of ten', of('number'), '-1250', '-1.25E+3'],
    ['less than nothing that is nothing', of('number'), '0', '-0.00'],
    ['a day and midnight in UTC', of('date'), '2026-03-05', '1772668800000'],
    ['a day and a moment of it', of('date'), '2026-03-05', '2026-03-05T10:00:00Z'],
    ['a moment, written twice', of('dateTime'), '2026-03-05T10:00:00Z', '1772704800000'],
    ['a moment in another zone', of('dateTime'), '2026-03-05T10:00:00.000+0000', '2026-03-05T10:00:00Z'],
    ['yes', of('yesNo'), 'Yes', 'true'],
    ['no', of('yesNo'), 'No', 'false'],
    ['a choice by its label', of('choice'), 'In progress', 'IN_PROGRESS'],
    ['a label in another case', of('choice'), 'in Progress', 'IN_PROGRESS'],
    ['a choice whose label is another one’s value', pair({ valueType: 'choice', options: NUMBERED }), '1', '0'],
    ['a choice by the name it had', pair({ valueType: 'choice', options: PARTED }), 'Bee', 'b'],
    ['a label with a semicolon', pair({ valueType: 'choices', options: PARTED }), 'A; B', 'ab'],
    ['two labels that read like it', pair({ valueType: 'choices', options: PARTED }), 'A; B', 'a;b'],
    ['a set in another order', of('choices'), 'New; In progress', 'IN_PROGRESS;NEW'],
    ['tags in another order', TAGS, 'fair; spring', 'spring;fair'],
    ['a profile without its scheme', LINKEDIN, 'https://www.linkedin.com/in/ann-lee-example', 'linkedin.com/in/ann-lee-example/'],
  ])('%s', (_, field, ours, theirs) => {
    expect(meaningThere(field, theirs, US)).toBe(meaningOf(field, ours, US));
  });
});

describe('what differs is a change', () => {
  test.each<[string, FieldPair, string, string]>([
    ['a letter’s case in a text', of('text'), 'head of sales', 'Head of Sales'],
    ['another number', of('phone'), '+12025550123', '+12025550124'],
    ['an extension of a field of one’s own', pair({ valueType: 'phone', ...CUSTOM }), '+12025550123', '(202) 555-0123 ext 9'],
    ['the next number over 2^53', of('number'), '9007199254740993', '9007199254740992'],
    ['a long fraction', of('number'), '0.1234567890123456789', '0.12345678901234567'],
    ['a choice that others are named like', pair({ valueType: 'choice', options: NUMBERED }), '1', '1'],
    ['zero is no blank', of('number'), '', '0'],
    ['no is no blank', of('yesNo'), '', 'false'],
    ['another day', of('date'), '2026-03-05', '2026-03-06'],
    ['another choice', of('choice'), 'New', 'IN_PROGRESS'],
    ['one choice less', of('choices'), 'New', 'IN_PROGRESS;NEW'],
  ])('%s', (_, field, ours, theirs) => {
    expect(meaningThere(field, theirs, US)).not.toBe(meaningOf(field, ours, US));
  });
});

describe('a value of the CRM as Leadline keeps it', () => {
  test.each<[string, FieldPair, string, string | null]>([
    ['an address in lower case', of('email'), 'Ann@Example.com', 'ann@example.com'],
    ['a number as E.164', of('phone'), '(202) 555-0123', '+12025550123'],
    ['an extension with it in a field of one’s own', pair({ valueType: 'phone', ...CUSTOM }), '202-555-0123 ext 77', '+12025550123 x77'],
    ['what is no number stays there', of('phone'), 'ask Bob', null],
    ['what is no address stays there', of('email'), 'ann at example', null],
    ['a choice by its label', of('choice'), 'IN_PROGRESS', 'In progress'],
    ['choices by their labels', of('choices'), 'NEW;IN_PROGRESS', 'New; In progress'],
    ['a choice nobody knows as it is', of('choice'), 'LOST', 'LOST'],
    ['yes', of('yesNo'), 'true', 'Yes'],
    ['a day', of('date'), '1772668800000', '2026-03-05'],
    ['blank', of('text'), '  ', ''],
  ])('%s', (_, field, theirs, ours) => {
    expect(toLocalText(field, theirs, US)).toBe(ours);
  });
});

describe('a value of a lead as the CRM is sent it', () => {
  test.each<[string, FieldPair, string, string]>([
    ['a choice by its value', of('choice'), 'In progress', 'IN_PROGRESS'],
    ['a choice whose label is another one’s value', pair({ valueType: 'choice', options: NUMBERED }), '1', '0'],
    ['a choice by its value where no label is like it', pair({ valueType: 'choice', options: NUMBERED }), '0', '0'],
    ['a label with a semicolon', pair({ valueType: 'choices', options: PARTED }), 'B; a; b', 'b;ab'],
    ['every figure of a number', of('number'), '9007199254740995', '9007199254740995'],
    ['choices by their values', of('choices'), 'New; In progress', 'NEW;IN_PROGRESS'],
    ['yes', of('yesNo'), 'Yes', 'true'],
    ['a number as it is', of('phone'), '+12025550123', '+12025550123'],
    ['tags', TAGS, 'fair; spring', 'fair;spring'],
    ['blank clears', of('text'), '', ''],
  ])('%s', (_, field, ours, theirs) => {
    expect(toRemoteText(field, ours, US)).toBe(theirs);
  });
});

test('what is taken over means the same afterwards, and so does what is sent', () => {
  const samples: readonly (readonly [FieldPair, string])[] = [
    [of('email'), 'Ann@Example.com'],
    [of('phone'), '(202) 555-0123'],
    [of('date'), '1772668800000'],
    [of('dateTime'), '2026-03-05T10:00:00.000+0000'],
    [of('yesNo'), 'true'],
    [of('choice'), 'IN_PROGRESS'],
    [of('choices'), 'NEW;IN_PROGRESS'],
    [TAGS, 'spring;fair'],
    [LINKEDIN, 'linkedin.com/in/ann-lee-example/'],
    [of('number'), '12.50'],
  ];
  for (const [field, theirs] of samples) {
    const here = toLocalText(field, theirs, US);
    expect(here).not.toBeNull();
    expect(meaningOf(field, here ?? '', US)).toBe(meaningThere(field, theirs, US));
    expect(meaningThere(field, toRemoteText(field, here ?? '', US), US)).toBe(meaningThere(field, theirs, US));
  }
});
