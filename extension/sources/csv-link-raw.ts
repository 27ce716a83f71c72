import { exportCsvUrl, publishedCsvUrl, readSheetAddress } from '#shared/table/sheet-address.ts';

/** The file behind a page that only shows it. */
export type RawLink = {
  /** As people call the service. */
  readonly service: string;
  readonly address: string;
};

type Service = { readonly service: string; readonly rawOf: (url: URL) => string | null };

/** Services whose pages show a file, and where each keeps the file itself. The first that knows an address has it. */
const SERVICES: readonly Service[] = [
  { service: 'Google Sheets', rawOf: sheetCsv },
  { service: 'Google Drive', rawOf: driveFile },
  { service: 'Dropbox', rawOf: dropboxFile },
  {
    service: 'GitHub',
    rawOf: (url) => (isAt(url, 'github.com') ? step(url, /^(\/[^/]+\/[^/]+)\/(?:blob|blame)\/(.+)$/, '$1/raw/$2') : null),
  },
  { service: 'GitHub Gist', rawOf: gistFile },
  { service: 'GitLab', rawOf: (url) => step(url, /^(\/.+\/-)\/(?:blob|blame)\/(.+)$/, '$1/raw/$2') },
  {
    service: 'Bitbucket',
    rawOf: (url) => (isAt(url, 'bitbucket.org') ? step(url, /^(\/[^/]+\/[^/]+)\/src\/(.+\.\w+)$/, '$1/raw/$2') : null),
  },
  { service: 'Gitea', rawOf: (url) => step(url, /^(\/[^/]+\/[^/]+)\/src\/((?:branch|commit|tag)\/.+)$/, '$1/raw/$2') },
  { service: 'Hugging Face', rawOf: (url) => (isAt(url, 'huggingface.co') ? step(url, /^(\/.+)\/blob\/(.+)$/, '$1/resolve/$2') : null) },
  { service: 'Zenodo', rawOf: zenodoFile },
  { service: 'Pastebin', rawOf: (url) => (isAt(url, 'pastebin.com') ? step(url, /^\/([A-Za-z0-9]{8})$/, '/raw/$1') : null) },
  { service: 'SharePoint', rawOf: sharePointFile },
  { service: 'Office', rawOf: officeViewer },
  { service: 'Nextcloud', rawOf: (url) => step(url, /^(\/index\.php\/s\/[A-Za-z0-9]+)\/?$/, '$1/download') },
];

/** The file's own address, where `address` (http or https) is a page that shows it; null for everything else. */
export function rawLinkOf(address: string): RawLink | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol)) return null;
  for (const { service, rawOf } of SERVICES) {
    const raw = rawOf(url);
    if (raw !== null && raw !== url.href) return { service, address: raw };
  }
  return null;
}

function isAt({ hostname }: URL, ...hosts: readonly string[]): boolean {
  return hosts.some((host) => hostname === host || hostname === `www.${host}`);
}

/** The address with another path, where its path is of this shape; the fragment names lines of the page only. */
function step(url: URL, shape: RegExp, raw: string): string | null {
  if (!shape.test(url.pathname)) return null;
  const other = new URL(url);
  other.pathname = url.pathname.replace(shape, raw);
  other.hash = '';
  if (other.searchParams.has('plain')) other.searchParams.delete('plain');
  return other.href;
}

function withQuery(url: URL, name: string, value: string): string {
  const other = new URL(url);
  other.searchParams.set(name, value);
  other.hash = '';
  return other.href;
}

/** Ways of Google Sheets that give a file already. */
function isExport({ pathname, searchParams }: URL): boolean {
  return /\/(?:export|gviz\/tq)$/.test(pathname) || (pathname.endsWith('/pub') && searchParams.has('output'));
}

function sheetCsv(url: URL): string | null {
  if (!/^(?:docs|sheets|spreadsheets)\.google\.com$/.test(url.hostname) || isExport(url)) return null;
  const sheet = readSheetAddress(url.href);
  return sheet.ok ? (publishedCsvUrl(sheet.value) ?? exportCsvUrl(sheet.value)) : null;
}

function driveFile(url: URL): string | null {
  if (url.hostname !== 'drive.google.com') return null;
  const id =
    /\/file\/(?:u\/\d+\/)?d\/([\w-]{20,})/.exec(url.pathname)?.[1] ?? (url.pathname === '/open' ? url.searchParams.get('id') : null);
  return id && /^[\w-]{20,}$/.test(id) ? `https://drive.google.com/uc?export=download&id=${id}` : null;
}

/** `/s/` and `/scl/fi/` are one file; `/sh/` and `/scl/fo/` a folder, which comes as a zip. */
function dropboxFile(url: URL): string | null {
  if (!isAt(url, 'dropbox.com') || !/^\/(?:s|scl\/fi)\/[^/]+\//.test(url.pathname)) return null;
  if (url.searchParams.get('dl') === '1' || url.searchParams.get('raw') === '1') return null;
  return withQuery(url, 'dl', '1');
}

function gistFile(url: URL): string | null {
  if (url.hostname !== 'gist.github.com') return null;
  return step(url, /^(\/[^/]+\/[0-9a-f]{20,32})\/?$/, '$1/raw');
}

function zenodoFile(url: URL): string | null {
  if (!isAt(url, 'zenodo.org') || !/^\/records?\/\d+\/(?:files|preview)\/[^/]+$/.test(url.pathname)) return null;
  if (url.searchParams.has('download')) return null;
  const file = new URL(url);
  file.pathname = url.pathname.replace('/preview/', '/files/');
  file.search = '?download=1';
  file.hash = '';
  return file.href;
}

/** `:x:` is a workbook, `:u:` any other file. */
function sharePointFile(url: URL): string | null {
  if (!/(?:^|\.)sharepoint\.com$/.test(url.hostname) || !/^\/:[xut]:\//.test(url.pathname)) return null;
  return url.searchParams.get('download') === '1' ? null : withQuery(url, 'download', '1');
}

/** Microsoft's viewer shows a file of any site. */
function officeViewer(url: URL): string | null {
  if (url.hostname !== 'view.officeapps.live.com') return null;
  const shown = url.searchParams.get('src') ?? '';
  return URL.canParse(shown) && /^https?:$/.test(new URL(shown).protocol) ? new URL(shown).href : null;
}
