import { describe, expect, test } from 'vitest';
import { meaningOf, toLocalText, toRemoteText } from '../../../shared/crm/pair-values.ts';
import type { FieldPair, ValueType } from '../../../shared/crm/record.ts';
import { pair } from './pairs.ts';

const US = { defaultCountry: 'US' };
const OPTIONS = [
  { value: 'NEW', label: 'New' },
  { value: 'IN_PROGRESS', label: 'In progress' },
];
const of = (valueType: ValueType): FieldPair => pair({ valueType, options: OPTIONS });
const TAGS = pair({ local: { kind: 'field', id: 'tags' } });
const LINKEDIN = pair({ local: { kind: 'field', id: 'linkedinUrl' } });

describe('the same said in two ways is no change', () => {
  test.each<[string, FieldPair, string, string]>([
    ['blanks around', of('text'), 'Head of Sales', ' Head of Sales '],
    ['line ends', of('text'), 'a\nb', 'a\r\nb'],
    ['nothing but blanks is blank', of('text'), '', '  '],
    ['an address has no case', of('email'), 'ann@example.com', 'Ann@Example.com'],
    ['a number as it is dialled', of('phone'), '+12025550123', '(202) 555-0123'],
    ['a number with blanks', of('phone'), '+442079460018', '+44 20 7946 0018'],
    ['figures after the point', of('number'), '1200', '1200.0'],
    ['a day and midnight in UTC', of('date'), '2026-03-05', '1772668800000'],
    ['a day and a moment of it', of('date'), '2026-03-05', '2026-03-05T10:00:00Z'],
    ['a moment, written twice', of('dateTime'), '2026-03-05T10:00:00Z', '1772704800000'],
    ['a moment in another zone', of('dateTime'), '2026-03-05T10:00:00.000+0000', '2026-03-05T10:00:00Z'],
    ['yes', of('yesNo'), 'Yes', 'true'],
    ['no', of('yesNo'), 'No', 'false'],
    ['a choice by its label', of('choice'), 'In progress', 'IN_PROGRESS'],
    ['a label in another case', of('choice'), 'in Progress', 'IN_PROGRESS'],
    ['a set in another order', of('choices'), 'New; In progress', 'IN_PROGRESS;NEW'],
    ['tags in another order', TAGS, 'fair; spring', 'spring;fair'],
    ['a profile without its scheme', LINKEDIN, 'https://www.linkedin.com/in/ann-lee-example', 'linkedin.com/in/ann-lee-example/'],
  ])('%s', (_, field, ours, theirs) => {
    expect(meaningOf(field, theirs, US)).toBe(meaningOf(field, ours, US));
  });
});

describe('what differs is a change', () => {
  test.each<[string, FieldPair, string, string]>([
    ['a letter’s case in a text', of('text'), 'head of sales', 'Head of Sales'],
    ['another number', of('phone'), '+12025550123', '+12025550124'],
    ['an extension', of('phone'), '+12025550123', '(202) 555-0123 ext 9'],
    ['zero is no blank', of('number'), '', '0'],
    ['no is no blank', of('yesNo'), '', 'false'],
    ['another day', of('date'), '2026-03-05', '2026-03-06'],
    ['another choice', of('choice'), 'New', 'IN_PROGRESS'],
    ['one choice less', of('choices'), 'New', 'IN_PROGRESS;NEW'],
  ])('%s', (_, field, ours, theirs) => {
    expect(meaningOf(field, theirs, US)).not.toBe(meaningOf(field, ours, US));
  });
});

describe('a value of the CRM as Leadline keeps it', () => {
  test.each<[string, FieldPair, string, string | null]>([
    ['an address in lower case', of('email'), 'Ann@Example.com', 'ann@example.com'],
    ['a number as E.164', of('phone'), '(202) 555-0123', '+12025550123'],
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
    expect(meaningOf(field, here ?? '', US)).toBe(meaningOf(field, theirs, US));
    expect(meaningOf(field, toRemoteText(field, here ?? '', US), US)).toBe(meaningOf(field, theirs, US));
  }
});
