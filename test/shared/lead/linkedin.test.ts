import { describe, expect, it } from 'vitest';
import { linkedinKey, readLinkedin } from '#shared/lead/linkedin.ts';

describe("a person's profile has one spelling", () => {
  it.each([
    ['https://www.linkedin.com/in/ann-lee', 'as it is'],
    ['http://www.linkedin.com/in/ann-lee', 'http'],
    ['https://linkedin.com/in/ann-lee', 'no www'],
    ['linkedin.com/in/ann-lee', 'no scheme'],
    ['www.linkedin.com/in/ann-lee/', 'a slash at the end'],
    ['HTTPS://WWW.LinkedIn.com/in/ann-lee', 'capitals in the host'],
    ['https://uk.linkedin.com/in/ann-lee', "a country's host"],
    ['https://m.linkedin.com/in/ann-lee', "a phone's host"],
    ['https://www.linkedin.com/mwlite/in/ann-lee', "a phone's page"],
    ['https://www.linkedin.com/in/ann-lee?utm_source=x&trk=y', 'tracking'],
    ['https://www.linkedin.com/in/ann-lee/#about', 'a fragment'],
    ['https://www.linkedin.com/in/ann-lee/de', 'a language'],
    ['https://www.linkedin.com/in/ann-lee/details/skills/', 'a tab'],
    [' linkedin.com/in/ann-lee ', 'outer blanks'],
  ])('%s (%s)', (text) => {
    expect(readLinkedin(text)).toEqual({ kind: 'profile', url: 'https://www.linkedin.com/in/ann-lee' });
  });

  it('the old form of a public profile is a profile too', () => {
    expect(readLinkedin('linkedin.com/pub/ann-lee/1/2b3/456')).toEqual({
      kind: 'profile',
      url: 'https://www.linkedin.com/pub/ann-lee/1/2b3/456',
    });
  });

  it('its case and accents make no difference when people are compared', () => {
    expect(linkedinKey('linkedin.com/in/Ann-Lee')).toBe(linkedinKey('https://www.linkedin.com/in/ann-lee'));
    expect(linkedinKey('https://www.linkedin.com/in/jos%C3%A9-lee')).toBe(linkedinKey('https://www.linkedin.com/in/josé-lee'));
    expect(linkedinKey('https://www.linkedin.com/in/jose\u0301-lee')).toBe(linkedinKey('https://www.linkedin.com/in/josé-lee'));
    expect(linkedinKey('https://www.linkedin.com/in/100%-lee')).not.toBeNull();
    expect(linkedinKey('https://www.linkedin.com/company/acme')).toBeNull();
    expect(linkedinKey('')).toBeNull();
  });
});

describe('other links are no profile', () => {
  it.each([
    ['https://www.linkedin.com/company/acme', 'company'],
    ['https://www.linkedin.com/school/mit', 'company'],
    ['https://www.linkedin.com/sales/lead/ACwAAB,NAME_SEARCH', 'company'],
    ['https://www.linkedin.com/sales/people/ACwAAB', 'company'],
    ['https://www.linkedin.com/feed', 'company'],
    ['https://www.linkedin.com/in/', 'invalid'],
    ['https://www.linkedin.com/', 'invalid'],
    ['https://lnkd.in/abc', 'invalid'],
    ['https://evil.example/linkedin.com/in/ann-lee', 'invalid'],
    ['https://linkedin.com.evil.example/in/ann-lee', 'invalid'],
    ['javascript:alert(1)//linkedin.com/in/ann-lee', 'invalid'],
    ['ann-lee', 'invalid'],
    ['https://www.linkedin.com/in/ann lee', 'invalid'],
    ['https://www.linkedin.com/in/"><script>', 'invalid'],
    ['', 'blank'],
    ['n/a', 'blank'],
  ])('%s is %s', (text, kind) => {
    expect(readLinkedin(text).kind).toBe(kind);
  });
});

it('a link longer than any profile is none', () => {
  expect(readLinkedin(`https://www.linkedin.com/in/${'a'.repeat(1_000)}`).kind).toBe('invalid');
});
