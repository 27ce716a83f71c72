// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { readLink } from '../../../extension/sources/csv-link-address.ts';
import { cleanFileName, readDispositionName } from '../../../extension/sources/csv-link-name.ts';
import { isLoginPage } from '../../../extension/sources/csv-link-page.ts';

describe('a link as people give it', () => {
  const links = [
    ['https://files.example.com/a/leads.csv', 'https://files.example.com/a/leads.csv', 'leads.csv'],
    ['  https://files.example.com/leads.csv\n', 'https://files.example.com/leads.csv', 'leads.csv'],
    ['files.example.com/leads.csv', 'https://files.example.com/leads.csv', 'leads.csv'],
    ['//files.example.com/leads.csv', 'https://files.example.com/leads.csv', 'leads.csv'],
    ['files.example.com:8080/leads.csv', 'https://files.example.com:8080/leads.csv', 'leads.csv'],
    ['http://127.0.0.1:9/leads.csv#row=7', 'http://127.0.0.1:9/leads.csv', 'leads.csv'],
    ['https://a.example/na%C3%AFve%20list.csv', 'https://a.example/na%C3%AFve%20list.csv', 'naïve list.csv'],
    ['https://a.example/50%25off%.csv', 'https://a.example/50%25off%.csv', '50%25off%.csv'],
    ['https://a.example/get?filename=June.csv&id=3', 'https://a.example/get?filename=June.csv&id=3', 'June.csv'],
    ['https://a.example/', 'https://a.example/', ''],
    ['https://münchen.example/x.csv', 'https://xn--mnchen-3ya.example/x.csv', 'x.csv'],
  ] as const;
  test.each(links)('%s', (text, address, fileName) => {
    expect(readLink(text)).toEqual({ ok: true, value: { address, host: new URL(address).host, fileName } });
  });

  const refused = [
    ['javascript:alert(1)', 'script', 'a script'],
    [' JavaScript:download()', 'script', 'whatever its case'],
    ['data:text/csv,a%2Cb', 'data', 'a file in the link'],
    ['file:///C:/leads.csv', 'local_file', 'a file of this computer'],
    ['chrome-extension://abcdef/leads.csv', 'extension', 'another extension’s'],
    ['moz-extension://1-2-3/leads.csv', 'extension', 'in Firefox, too'],
    ['chrome://settings', 'extension', 'the browser’s own'],
    ['about:blank', 'extension', 'the browser’s own'],
    ['view-source:https://a.example', 'extension', 'the browser’s own'],
    ['blob:https://a.example/1-2', 'blob', 'lives in its page'],
    ['mailto:ann@example.com', 'mail', 'a mail'],
    ['tel:+12025550123', 'mail', 'a call'],
    ['ftp://files.example.com/leads.csv', 'other_scheme', 'no web link'],
    ['https://ann:secret@files.example.com/leads.csv', 'password_in_link', 'browsers send none'],
    ['https://ann@files.example.com/leads.csv', 'password_in_link', 'nor a name alone'],
    ['leads', 'not_a_link', 'a word'],
    ['', 'not_a_link', 'nothing'],
    ['https://', 'not_a_link', 'no host'],
    ['our list of leads', 'not_a_link', 'words'],
    [`https://a.example/${'x'.repeat(9_000)}`, 'not_a_link', 'longer than any address'],
  ] as const;
  test.each(refused)('%s is refused as %s: %s', (text, refusal) => {
    expect(readLink(text)).toEqual({ ok: false, error: refusal });
  });
});

describe('what a site calls its file', () => {
  const headers = [
    ['attachment; filename="leads.csv"', 'leads.csv', 'as most write it'],
    ['attachment; filename=leads.csv', 'leads.csv', 'without quotes'],
    ['attachment;filename=leads.csv;size=3', 'leads.csv', 'without blanks'],
    ["attachment; filename*=UTF-8''na%C3%AFve%20list.csv", 'naïve list.csv', 'RFC 8187'],
    ['attachment; filename="plain.csv"; filename*=UTF-8\'\'better.csv', 'better.csv', 'the extended one first'],
    ['attachment; filename*=UTF-8\'\'better.csv; filename="plain.csv"', 'better.csv', 'in either order'],
    ["attachment; filename*=iso-8859-1'en'%A3%20rates.csv", '£ rates.csv', 'the RFC’s own example'],
    ["attachment; filename*=nonsense''x.csv; filename=plain.csv", 'plain.csv', 'an unknown encoding is passed over'],
    ["attachment; filename*=UTF-8''%ff%fe.csv; filename=plain.csv", 'plain.csv', 'so are bytes that are no text'],
    ['attachment; filename="a \\"b\\".csv"', 'a "b".csv', 'escaped quotes'],
    ['attachment; filename="a; b=c.csv"', 'a; b=c.csv', 'a semicolon in quotes'],
    ['ATTACHMENT; FILENAME="leads.csv"', 'leads.csv', 'whatever the case'],
    ['inline; filename="leads.csv"', 'leads.csv', 'inline, too'],
    ['attachment; filename="../../etc/leads.csv"', 'leads.csv', 'never a path'],
    ['attachment; filename="C:\\\\x\\\\leads.csv"', 'leads.csv', 'of Windows neither'],
    ['attachment; filename="na\u00c3\u00afve.csv"', 'naïve.csv', 'UTF-8 as it is, against the RFC'],
    ['attachment; filename="na\u00efve.csv"', 'naïve.csv', 'Latin-1 as it is'],
    ['attachment; filename="na%C3%AFve.csv"', 'naïve.csv', 'escapes in the plain one'],
    ['attachment; filename="csv\u202etxt.exe"', 'csvtxt.exe', 'nothing that turns the reading direction'],
    ['attachment', null, 'no name'],
    ['attachment; filename=""', null, 'an empty one'],
    ['attachment; filename=".."', null, 'no name either'],
    [null, null, 'no header'],
  ] as const;
  test.each(headers)('%s: %s (%s)', (header, name) => {
    expect(readDispositionName(header)).toBe(name);
  });
  test('however long, it fits the server', () => {
    expect(cleanFileName(`${'x'.repeat(500)}.csv`).length).toBeLessThanOrEqual(200);
  });
});

describe('a page that wants a sign-in is told from any other page', () => {
  const pages = [
    ['<!doctype html><form><input type="password">', 'https://a.example/x', true, 'a field for a password'],
    ["<html><input name=p type='password'>", 'https://a.example/x', true, 'in other quotes'],
    ['<html><title>Sign in · Acme</title>', 'https://a.example/x', true, 'by its title'],
    ['<html><title>Anmeldung</title>', 'https://a.example/x', true, 'in German'],
    ['<html><title>Acme</title>', 'https://a.example/login?next=%2Fx', true, 'by its address'],
    ['<html><title>Acme</title>', 'https://accounts.google.com/v3/x', true, 'a site for signing in'],
    ['<html><title>Leads of June</title>', 'https://a.example/leads', false, 'a page like any other'],
    ['<html><title>Blog: designing in Paris</title>', 'https://a.example/blogs/insignia', false, 'words that only contain it'],
  ] as const;
  test.each(pages)('%s at %s: %s, %s', (html, address, is) => {
    expect(isLoginPage(new TextEncoder().encode(html), address)).toBe(is);
  });
});
