import { describe, expect, test } from 'vitest';
import { cleanSuppressed } from '../../../shared/lead/suppressed-value.ts';
import { domainForm, emailForms, phoneForm } from '../../../shared/lead/suppression-forms.ts';

describe('an address is the one that opted out, however it is spelled', () => {
  test.each([
    ['a dot after it', 'stop@corp.example.'],
    ['a blank before the @', 'stop @corp.example'],
    ['a blank in the name', 'sto p@corp.example'],
    ['a zero-width blank', 'stop\u200b@corp.example'],
    ['a soft hyphen', 'st\u00adop@corp.example'],
    ['a control character', 'st\u0007op@corp.example'],
    ['two dots', 'stop@corp..example'],
    ['a dot before it', '.stop@corp.example'],
    ['a dot before the @', 'stop.@corp.example'],
    ['a dot after the @', 'stop@.corp.example'],
    ['a question mark', 'stop@corp.example?'],
    ['a slash', 'stop@corp.example/'],
    ['a bracket left over', 'stop@corp.example>'],
    ['full-width letters', 'ｓtop＠corp．example'],
    ['an ideographic full stop', 'stop@corp。example'],
    ['an apostrophe', "'stop@corp.example"],
    ['an @ too many', 'stop@corp.example@'],
    ['a word beside it', 'bad stop@corp.example'],
    ['capitals', 'STOP@Corp.Example'],
  ])('%s', (_, email) => {
    expect(emailForms(email)).toContain('stop@corp.example');
  });
});

test.each([
  ['another name', 'stopp@corp.example'],
  ['a sign that belongs to the name', '_stop@corp.example'],
  ['a tag', 'stop+a@corp.example'],
  ['a domain that only begins alike', 'stop@corp.example.org'],
])('%s is another address', (_, email) => {
  expect(emailForms(email)).toEqual([email]);
});

test('a domain is the same in the letters of its script and as DNS has it', () => {
  expect(emailForms('x@münchen.example')[0]).toBe('x@xn--mnchen-3ya.example');
  expect(domainForm('MÜNCHEN.example')).toBe('xn--mnchen-3ya.example');
});

test.each([
  ['https://www.foo.example/', 'foo.example'],
  ['http://foo.example/about?x=1', 'foo.example'],
  ['@Foo.example', 'foo.example'],
  ['*.foo.example', 'foo.example'],
  ['foo.example.', 'foo.example'],
  ['www.example', 'www.example'],
  ['münchen.example', 'xn--mnchen-3ya.example'],
  ['ann@foo.example', null],
  ['org', null],
])('the domain of %s', (text, expected) => {
  expect(cleanSuppressed('domain', text, 'US')).toBe(expected);
});

test.each([
  ['+102025559999', '+12025559999', 'the (0) of a letterhead'],
  ['+12025559999', '+12025559999', 'no zero'],
  ['+390612345678', '+390612345678', 'Italian numbers begin with one'],
])('the number %s', (e164, expected) => {
  expect(phoneForm(e164)).toBe(expected);
});
