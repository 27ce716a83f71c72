import { describe, expect, test } from 'vitest';
import { readInvitation } from '../../../extension/platform/pairing.ts';

const CODE = 'K7Q4-9XWD-M2PR-6TVZ';

describe('an invitation', () => {
  test.each([
    ['as the admin copies it', `https://leads.example#${CODE}`, 'https://leads.example'],
    ['with blanks around it', `  https://leads.example#${CODE}\n`, 'https://leads.example'],
    ['with a port', `http://localhost:8787#${CODE}`, 'http://localhost:8787'],
    ['with a path', `https://example.com/leads#${CODE}`, 'https://example.com/leads'],
    ['in the middle of a message', `Hi Kim: https://leads.example#${CODE}. See you`, 'https://leads.example'],
    ['between the brackets of a mail program', `<https://leads.example#${CODE}>`, 'https://leads.example'],
    ['without the scheme', `leads.example#${CODE}`, 'leads.example'],
  ])('%s is address and code', (_, text, address) => {
    expect(readInvitation(text)).toEqual({ address, code: CODE });
  });

  test('in lower case and without dashes it is one, too', () => {
    expect(readInvitation('https://leads.example#k7q49xwdm2pr6tvz')).toEqual({
      address: 'https://leads.example',
      code: 'k7q49xwdm2pr6tvz',
    });
  });

  test.each([
    ['a bare code', 'K7Q4-9XWD'],
    ['a key', 'll_abcdefghijklmnop'],
    ['an address', 'https://leads.example'],
    ['an address with another fragment', 'https://leads.example#top'],
    ['what the launcher opens', 'chrome-extension://abc/options.html#pair=K7Q49XWD&server=http://localhost:8787'],
    ['a code without an address', `#${CODE}`],
    ['nothing', ''],
  ])('%s is none', (_, text) => {
    expect(readInvitation(text)).toBeNull();
  });
});
