import { describe, expect, test } from 'vitest';
import { exportCsvUrl, publishedCsvUrl, readSheetAddress, type SheetAddress, type SheetAddressError } from '#shared/table/sheet-address.ts';

const ID = '1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms';
const PUB = '2PACX-1vTaRbk9xmR2vQpZ0aYdKq3nJc5tLw8eHfGsUoXiBzVyMrCjWlNhPdEgKfSaQoTuYxIzAbCdEfGhJkL';
const DOCS = 'https://docs.google.com';
const AT = `${DOCS}/spreadsheets/d/${ID}`;

type Found = readonly [address: string, why: string, rest?: Partial<SheetAddress>];
const FOUND: readonly Found[] = [
  [AT, 'the sheet itself'],
  [`${AT}/`, 'a slash at the end'],
  [`${AT}/edit`, 'the editor'],
  [`${AT}/edit#gid=0`, 'the first tab', { gid: 0 }],
  [`${AT}/edit#gid=1835267261`, 'another tab', { gid: 1835267261 }],
  [`${AT}/edit?gid=0#gid=0`, 'query and fragment, as the editor writes it now', { gid: 0 }],
  [`${AT}/edit?gid=7#gid=9`, 'the fragment is kept up to date by the editor', { gid: 9 }],
  [`${AT}/edit?gid=12`, 'query only', { gid: 12 }],
  [`${AT}/edit?usp=sharing`, 'the Share button'],
  [`${AT}/edit?usp=drive_link`, 'from Drive'],
  [`${AT}/edit?usp=drivesdk`, 'from an app'],
  [`${AT}/edit?usp=sharing&ouid=104&rtpof=true&sd=true`, 'with what Drive adds'],
  [`${AT}/edit?usp=sharing#gid=5`, 'shared with a tab', { gid: 5 }],
  [`${AT}/edit?resourcekey=0-abc_DEF#gid=3`, 'with a resource key', { gid: 3 }],
  [`${AT}/edit#gid=0&range=B2:F40`, 'a link to a range', { gid: 0, range: 'B2:F40' }],
  [`${AT}/edit#gid=0&range=$B$2:$F$40`, 'a range with dollars', { gid: 0, range: 'B2:F40' }],
  [`${AT}/edit#gid=0&range=D14`, 'a link to a cell: the tab it is on', { gid: 0 }],
  [`${AT}/edit#gid=0&range=$D$14`, 'a link to a cell with dollars', { gid: 0 }],
  [`${AT}/edit#gid=0&range=b2:`, 'from a cell on, as we write it', { gid: 0, range: 'B2' }],
  [`${AT}/edit#gid=0&range=A:F`, 'a link to columns', { gid: 0, range: 'A:F' }],
  [`${AT}/edit#gid=0&range=NamedRange_1!`, 'a range nobody can read is left out', { gid: 0 }],
  [`${AT}/edit#gid=0&fvid=183`, 'a filter view', { gid: 0 }],
  [`${AT}/edit#`, 'an empty fragment'],
  [`${AT}/edit#gid=`, 'an empty tab'],
  [`${AT}/edit#gid=abc`, 'a tab that is no number'],
  [`${AT}/edit#gid=-1`, 'a tab below nothing'],
  [`${AT}/edit#gid=4294967296`, 'a tab no sheet can have'],
  [`${AT}/edit#gid=2147483647`, 'the last tab a sheet can have', { gid: 2147483647 }],
  [`${AT}/view`, 'the viewer'],
  [`${AT}/view#gid=4`, 'the viewer on a tab', { gid: 4 }],
  [`${AT}/preview`, 'the preview'],
  [`${AT}/preview?rm=minimal#gid=8`, 'the preview without its frame', { gid: 8 }],
  [`${AT}/copy`, 'a link that makes a copy'],
  [`${AT}/template/preview`, 'a template'],
  [`${AT}/htmlview`, 'as a web page'],
  [`${AT}/htmlview#gid=6`, 'as a web page, a tab', { gid: 6 }],
  [`${AT}/htmlview?gid=6`, 'as a web page, a tab in the query', { gid: 6 }],
  [`${AT}/htmlview?usp=sharing&pru=AAABf`, 'as a web page, shared'],
  [`${AT}/htmlembed`, 'embedded'],
  [`${AT}/mobilebasic?gid=2`, 'on an old telephone', { gid: 2 }],
  [`${AT}/export?format=csv`, 'an export'],
  [`${AT}/export?format=csv&gid=77`, 'an export of a tab', { gid: 77 }],
  [`${AT}/export?format=xlsx`, 'an export as a workbook'],
  [`${AT}/export?exportFormat=csv&gid=1`, 'an export by its older name', { gid: 1 }],
  [`${AT}/export?format=csv&gid=1&range=A1:C9`, 'an export of a range', { gid: 1, range: 'A1:C9' }],
  [`${AT}/gviz/tq?tqx=out:csv&sheet=Q4%20leads`, 'a query by a tab’s name', { tab: 'Q4 leads' }],
  [`${AT}/gviz/tq?tqx=out:csv&gid=3`, 'a query by a tab’s number', { gid: 3 }],
  [`${AT}/edit?sheet=Q4`, 'a name only means a tab in a query'],
  [`${AT}/pubhtml`, 'published under the sheet’s own id'],
  [`${AT}/pub?output=csv&gid=2`, 'published as CSV under the sheet’s own id', { gid: 2 }],
  [`${DOCS}/spreadsheets/u/0/d/${ID}/edit`, 'the first account', { account: 0 }],
  [`${DOCS}/spreadsheets/u/1/d/${ID}/edit#gid=0`, 'the second account', { account: 1, gid: 0 }],
  [`${DOCS}/spreadsheets/u/12/d/${ID}/htmlview`, 'the thirteenth account', { account: 12 }],
  [`${DOCS}/u/1/spreadsheets/d/${ID}/edit`, 'the account before everything', { account: 1 }],
  [`${AT}/edit?authuser=2#gid=1`, 'the account in the query', { account: 2, gid: 1 }],
  [`${AT}/edit?authuser=ann%40example.com`, 'an account by name is not a number'],
  [`${DOCS}/a/example.com/spreadsheets/d/${ID}/edit#gid=3`, 'a domain’s own', { gid: 3 }],
  [`${DOCS}/a/macros/example.com/spreadsheets/d/${ID}/edit`, 'a domain’s own, longer'],
  [`http://docs.google.com/spreadsheets/d/${ID}/edit`, 'typed without the s'],
  [`docs.google.com/spreadsheets/d/${ID}/edit#gid=0`, 'as some browsers show it', { gid: 0 }],
  [`HTTPS://DOCS.GOOGLE.COM/spreadsheets/d/${ID}`, 'shouted'],
  [`  ${AT}/edit#gid=0 \n`, 'pasted with blanks', { gid: 0 }],
  [`${AT}//edit#gid=1`, 'two slashes', { gid: 1 }],
  [`https://sheets.google.com/spreadsheets/d/${ID}/edit`, 'by the short name'],
  [`https://drive.google.com/open?id=${ID}`, 'Drive opens it'],
  [`https://drive.google.com/open?id=${ID}&authuser=1`, 'Drive opens it for the second account', { account: 1 }],
  [`https://drive.google.com/u/3/open?id=${ID}&usp=drive_copy`, 'Drive opens it for the fourth account', { account: 3 }],
  [`https://www.google.com/url?q=${encodeURIComponent(`${AT}/edit#gid=7`)}&sa=D`, 'from a mail', { gid: 7 }],
  [`https://www.google.com/url?url=${encodeURIComponent(`${AT}/edit`)}`, 'from a search'],
  [`https://google.co.uk/url?q=${encodeURIComponent(AT)}`, 'from a mail in Britain'],
  [`https://accounts.google.com/ServiceLogin?continue=${encodeURIComponent(`${AT}/edit#gid=7`)}`, 'the sign-in page before it', { gid: 7 }],
  [`${DOCS}/spreadsheets/d/e/${PUB}/pubhtml`, 'published', { spreadsheetId: PUB, published: true }],
  [`${DOCS}/spreadsheets/d/e/${PUB}/pubhtml?gid=0&single=true`, 'published, one tab', { spreadsheetId: PUB, published: true, gid: 0 }],
  [`${DOCS}/spreadsheets/d/e/${PUB}/pub?output=csv`, 'published as CSV', { spreadsheetId: PUB, published: true }],
  [
    `${DOCS}/spreadsheets/d/e/${PUB}/pub?gid=5&single=true&output=csv`,
    'published as CSV, one tab',
    { spreadsheetId: PUB, published: true, gid: 5 },
  ],
  [
    `${DOCS}/spreadsheets/u/1/d/e/${PUB}/pubhtml#gid=2`,
    'published, second account',
    { spreadsheetId: PUB, published: true, gid: 2, account: 1 },
  ],
  [ID, 'the bare id'],
  [` ${ID}\t`, 'the bare id with blanks'],
  ['1_short-older-id-of-28chars0', 'a shorter id', { spreadsheetId: '1_short-older-id-of-28chars0' }],
];

const REFUSED: readonly (readonly [address: string, error: SheetAddressError, why: string])[] = [
  ['', 'not_an_address', 'nothing'],
  ['   ', 'not_an_address', 'blanks'],
  ['leads', 'not_an_address', 'a word'],
  ['Q4 webinar leads', 'not_an_address', 'a name'],
  ['quarterly-webinar-attendees-list', 'not_an_address', 'words with hyphens, as long as an id'],
  ['12345678901234567890123456789012', 'not_an_address', 'a number as long as an id'],
  [`ftp://docs.google.com/spreadsheets/d/${ID}`, 'not_an_address', 'another way of fetching'],
  [`javascript:alert('${ID}')`, 'not_an_address', 'a program'],
  ['data:text/csv,a', 'not_an_address', 'a file in an address'],
  [`https://ann@docs.google.com/spreadsheets/d/${ID}`, 'not_an_address', 'a name before the host hides the host'],
  [`https://docs.google.com:8443/spreadsheets/d/${ID}`, 'not_an_address', 'another port is another server'],
  [`https://docs.google.com.evil.example/spreadsheets/d/${ID}`, 'other_site', 'a host that only begins like Google’s'],
  [`https://evil.example/spreadsheets/d/${ID}`, 'other_site', 'another host'],
  [`https://evil.example/?q=${encodeURIComponent(AT)}`, 'other_site', 'a detour that is not Google’s'],
  ['https://www.icloud.com/numbers/0abc', 'other_site', 'another maker’s spreadsheet'],
  [`https://www.google.com/url?q=${encodeURIComponent('https://evil.example/')}`, 'other_site', 'a detour to elsewhere'],
  [`${DOCS}/spreadsheets/`, 'no_spreadsheet', 'the list of all'],
  [`${DOCS}/spreadsheets/u/1/`, 'no_spreadsheet', 'the list of another account'],
  [`${DOCS}/spreadsheets/d/short/edit`, 'no_spreadsheet', 'an id that was cut off'],
  [`${DOCS}/spreadsheets/create`, 'no_spreadsheet', 'a sheet that is to be made'],
  [`${DOCS}/spreadsheets/d/e/${ID}/pubhtml`, 'no_spreadsheet', 'a publication by another kind of id'],
  ['https://drive.google.com/drive/my-drive', 'no_spreadsheet', 'all of Drive'],
  [`${DOCS}/document/d/${ID}/edit`, 'other_document', 'a document'],
  [`${DOCS}/presentation/d/${ID}/edit`, 'other_document', 'slides'],
  [`${DOCS}/forms/d/${ID}/edit`, 'other_document', 'a form: its answers are in a sheet of their own'],
  [`https://drive.google.com/drive/folders/${ID}`, 'other_document', 'a folder'],
  [`https://drive.google.com/file/d/${ID}/view`, 'drive_file', 'a file, perhaps an Excel one'],
  [`https://spreadsheets.google.com/ccc?key=0AkgM6iO6d6tfdFpLbXNfX0Z0Q3lkX2V6&hl=en`, 'old_link', 'from before 2014'],
  [`${DOCS}/spreadsheet/ccc?key=0AkgM6iO6d6tfdFpLbXNfX0Z0Q3lkX2V6#gid=0`, 'old_link', 'from before 2014, later shape'],
];

describe('an address of a Google Sheet is understood', () => {
  test.each(FOUND.map(([address, why, rest]) => ({ address, why, rest })))('$address ($why)', ({ address, rest }) => {
    expect(readSheetAddress(address)).toEqual({ ok: true, value: { spreadsheetId: ID, ...rest } });
  });
});

describe('what is no Google Sheet is refused by name', () => {
  test.each(REFUSED)('%s: %s (%s)', (address, error) => {
    expect(readSheetAddress(address)).toEqual({ ok: false, error });
  });
});

test('a hundred addresses are in the tables', () => {
  expect(new Set([...FOUND, ...REFUSED].map(([address]) => address)).size).toBeGreaterThanOrEqual(100);
});

describe('a sheet can be fetched as CSV', () => {
  test('by whoever may open it', () => {
    expect(exportCsvUrl({ spreadsheetId: ID, gid: 3 })).toBe(`${AT}/export?format=csv&gid=3`);
    expect(exportCsvUrl({ spreadsheetId: PUB, published: true })).toBeNull();
  });
  test('by everybody when it is published', () => {
    expect(publishedCsvUrl({ spreadsheetId: PUB, published: true, gid: 3 })).toBe(
      `${DOCS}/spreadsheets/d/e/${PUB}/pub?output=csv&gid=3&single=true`,
    );
    expect(publishedCsvUrl({ spreadsheetId: ID })).toBeNull();
  });
});
