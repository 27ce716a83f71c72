// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { isTableAddress, readLink } from '../../../extension/sources/csv-link-address.ts';
import { rawLinkOf } from '../../../extension/sources/csv-link-raw.ts';

const ID = '1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms';
const SHEET = `https://docs.google.com/spreadsheets/d/${ID}`;
const PUB = '2PACX-1vQabcdefghijklmnopqrstuvwxyz0123456789';
const DRIVE = 'https://drive.google.com';

/** The page, the service, the file behind it. */
const PAGES = [
  [`${SHEET}/edit`, 'Google Sheets', `${SHEET}/export?format=csv`],
  [`${SHEET}/edit#gid=42`, 'Google Sheets', `${SHEET}/export?format=csv&gid=42`],
  [`${SHEET}/edit?gid=7&usp=sharing`, 'Google Sheets', `${SHEET}/export?format=csv&gid=7`],
  [`https://docs.google.com/spreadsheets/u/1/d/${ID}/htmlview`, 'Google Sheets', `${SHEET}/export?format=csv`],
  [`${SHEET}/preview`, 'Google Sheets', `${SHEET}/export?format=csv`],
  [
    `https://docs.google.com/spreadsheets/d/e/${PUB}/pubhtml`,
    'Google Sheets',
    `https://docs.google.com/spreadsheets/d/e/${PUB}/pub?output=csv`,
  ],
  [
    `https://docs.google.com/spreadsheets/d/e/${PUB}/pubhtml?gid=3`,
    'Google Sheets',
    `https://docs.google.com/spreadsheets/d/e/${PUB}/pub?output=csv&gid=3&single=true`,
  ],
  [`${DRIVE}/file/d/${ID}/view?usp=sharing`, 'Google Drive', `${DRIVE}/uc?export=download&id=${ID}`],
  [`${DRIVE}/file/d/${ID}/edit`, 'Google Drive', `${DRIVE}/uc?export=download&id=${ID}`],
  [`${DRIVE}/file/u/1/d/${ID}/preview`, 'Google Drive', `${DRIVE}/uc?export=download&id=${ID}`],
  [`${DRIVE}/open?id=${ID}`, 'Google Drive', `${DRIVE}/uc?export=download&id=${ID}`],
  ['https://www.dropbox.com/s/a1b2c3/leads.csv?dl=0', 'Dropbox', 'https://www.dropbox.com/s/a1b2c3/leads.csv?dl=1'],
  ['https://www.dropbox.com/s/a1b2c3/leads.csv', 'Dropbox', 'https://www.dropbox.com/s/a1b2c3/leads.csv?dl=1'],
  ['https://www.dropbox.com/scl/fi/x9/leads.csv?rlkey=k&dl=0', 'Dropbox', 'https://www.dropbox.com/scl/fi/x9/leads.csv?rlkey=k&dl=1'],
  ['https://dropbox.com/scl/fi/x9/l.xlsx?rlkey=k', 'Dropbox', 'https://dropbox.com/scl/fi/x9/l.xlsx?rlkey=k&dl=1'],
  ['https://github.com/acme/data/blob/main/leads.csv', 'GitHub', 'https://github.com/acme/data/raw/main/leads.csv'],
  ['https://github.com/acme/data/blob/feature/x/a/b.csv#L3-L9', 'GitHub', 'https://github.com/acme/data/raw/feature/x/a/b.csv'],
  ['https://github.com/acme/data/blob/main/leads.csv?plain=1', 'GitHub', 'https://github.com/acme/data/raw/main/leads.csv'],
  ['https://github.com/acme/data/blame/main/l.csv', 'GitHub', 'https://github.com/acme/data/raw/main/l.csv'],
  ['https://www.github.com/acme/data/blob/main/l.csv', 'GitHub', 'https://www.github.com/acme/data/raw/main/l.csv'],
  [
    'https://gist.github.com/ann/0123456789abcdef0123456789abcdef',
    'GitHub Gist',
    'https://gist.github.com/ann/0123456789abcdef0123456789abcdef/raw',
  ],
  ['https://gitlab.com/acme/team/data/-/blob/main/leads.csv', 'GitLab', 'https://gitlab.com/acme/team/data/-/raw/main/leads.csv'],
  ['https://git.acme.example/x/y/-/blob/v1/l.csv?ref_type=tags', 'GitLab', 'https://git.acme.example/x/y/-/raw/v1/l.csv?ref_type=tags'],
  ['https://gitlab.com/a/b/-/blame/main/l.csv', 'GitLab', 'https://gitlab.com/a/b/-/raw/main/l.csv'],
  ['https://bitbucket.org/acme/data/src/main/l.csv', 'Bitbucket', 'https://bitbucket.org/acme/data/raw/main/l.csv'],
  ['https://codeberg.org/acme/data/src/branch/main/l.csv', 'Gitea', 'https://codeberg.org/acme/data/raw/branch/main/l.csv'],
  ['https://try.gitea.example/a/b/src/tag/v1/l.csv', 'Gitea', 'https://try.gitea.example/a/b/raw/tag/v1/l.csv'],
  ['https://huggingface.co/datasets/acme/l/blob/main/l.csv', 'Hugging Face', 'https://huggingface.co/datasets/acme/l/resolve/main/l.csv'],
  ['https://zenodo.org/records/123/files/l.csv', 'Zenodo', 'https://zenodo.org/records/123/files/l.csv?download=1'],
  ['https://zenodo.org/record/123/preview/l.csv', 'Zenodo', 'https://zenodo.org/record/123/files/l.csv?download=1'],
  ['https://pastebin.com/AbCd1234', 'Pastebin', 'https://pastebin.com/raw/AbCd1234'],
  ['https://acme.sharepoint.com/:x:/s/Sales/EaB?e=k1', 'SharePoint', 'https://acme.sharepoint.com/:x:/s/Sales/EaB?e=k1&download=1'],
  [
    'https://acme-my.sharepoint.com/:u:/g/personal/ann/EaB',
    'SharePoint',
    'https://acme-my.sharepoint.com/:u:/g/personal/ann/EaB?download=1',
  ],
  [
    'https://view.officeapps.live.com/op/view.aspx?src=https%3A%2F%2Ffiles.example.com%2Fl.xlsx',
    'Office',
    'https://files.example.com/l.xlsx',
  ],
  ['https://cloud.acme.example/index.php/s/AbC123', 'Nextcloud', 'https://cloud.acme.example/index.php/s/AbC123/download'],
] as const;

/** Files already, or pages with no single file behind them. */
const NOT_PAGES = [
  [`${SHEET}/export?format=csv&gid=0`, 'an export link is the file'],
  [`${SHEET}/gviz/tq?tqx=out:csv&sheet=Leads`, 'so is this one'],
  [`https://docs.google.com/spreadsheets/d/e/${PUB}/pub?output=csv`, 'and a published CSV'],
  ['https://docs.google.com/spreadsheets/u/0/', 'the list of all sheets'],
  [`https://docs.google.com/document/d/${ID}/edit`, 'a text document'],
  [`${DRIVE}/drive/folders/${ID}`, 'a folder'],
  [`${DRIVE}/uc?export=download&id=${ID}`, 'the download itself'],
  ['https://www.dropbox.com/s/a1b2c3/leads.csv?dl=1', 'asks for the file already'],
  ['https://www.dropbox.com/s/a1b2c3/leads.csv?raw=1', 'asks for the file already'],
  ['https://www.dropbox.com/scl/fo/x9/abc?dl=0', 'a folder comes as a zip'],
  ['https://dl.dropboxusercontent.com/s/a1/leads.csv', 'where Dropbox keeps files'],
  ['https://github.com/acme/data', 'a whole repository'],
  ['https://github.com/acme/data/tree/main/lists', 'a folder'],
  ['https://github.com/acme/data/raw/main/leads.csv', 'the file'],
  ['https://raw.githubusercontent.com/acme/data/main/leads.csv', 'the file'],
  ['https://github.com.evil.example/acme/data/blob/main/l.csv', 'another site with GitHub in its name'],
  ['https://notdropbox.com/s/a1/leads.csv', 'another site with Dropbox in its name'],
  ['https://gitlab.com/acme/data/-/raw/main/leads.csv', 'the file'],
  ['https://bitbucket.org/acme/data/src/main/', 'a folder'],
  ['https://pastebin.com/raw/AbCd1234', 'the file'],
  ['https://pastebin.com/u/ann', 'a person'],
  ['https://zenodo.org/records/123/files/l.csv?download=1', 'the file'],
  ['https://acme.sharepoint.com/:x:/s/Sales/EaB?download=1', 'the file'],
  ['https://view.officeapps.live.com/op/view.aspx?src=javascript:alert(1)', 'leads to a script'],
  ['https://files.example.com/leads.csv', 'a file of any site'],
  ['ftp://github.com/acme/data/blob/main/l.csv', 'no web link'],
  ['no link at all', 'no address'],
] as const;

describe('the file behind a page that shows it', () => {
  test.each(PAGES)('%s: %s', (page, service, address) => {
    expect(rawLinkOf(page)).toEqual({ service, address });
  });
  test.each(PAGES)('%s: the file of %s is no page again, and can be fetched', (_page, _service, address) => {
    expect(rawLinkOf(address)).toBeNull();
    expect(readLink(address)).toMatchObject({ ok: true });
  });
  test.each(NOT_PAGES)('%s stays what it is: %s', (address) => {
    expect(rawLinkOf(address)).toBeNull();
  });
  test('60 links and more are judged', () => {
    expect(PAGES.length + NOT_PAGES.length).toBeGreaterThanOrEqual(60);
  });
});

describe('an open page is offered as a file', () => {
  const addresses = [
    ['https://a.example/leads.csv', true, 'by its ending'],
    ['https://a.example/leads.CSV?sig=1', true, 'whatever its case and query'],
    ['https://a.example/leads.tsv', true, 'tab-separated'],
    ['https://a.example/leads.txt', true, 'a text'],
    ['https://a.example/leads.xlsx', true, 'a workbook'],
    ['https://a.example/export?format=csv', true, 'by the format it asks for'],
    [`${SHEET}/gviz/tq?tqx=out:csv`, true, 'as Google writes it'],
    ['https://a.example/get?filename=leads.csv', true, 'by the name it asks for'],
    ['https://a.example/leads.csv.html', false, 'a page about it'],
    ['https://a.example/?q=leads.csv', false, 'a search for it'],
    ['https://a.example/leads', false, 'nothing says so'],
    ['file:///leads.csv', false, 'a file of this computer'],
    ['chrome-extension://abc/leads.csv', false, 'another extension’s'],
    ['', false, 'no page'],
  ] as const;
  test.each(addresses)('%s: %s, %s', (address, is) => {
    expect(isTableAddress(address)).toBe(is);
  });
});
