import { fail, ok, type Result } from '../result.ts';

/** Where a Google Sheet is, as far as an address tells. */
export type SheetAddress = {
  /** Of a published link this is the id of the publication: Google's API does not know it. */
  readonly spreadsheetId: string;
  /** The tab. Absent = the first one. */
  readonly gid?: number;
  /** The tab by its name, where the address names it so. */
  readonly tab?: string;
  /** A1 notation without the tab, as B2:F40. */
  readonly range?: string;
  /** Published to the web: read it through `publishedCsvUrl`, nobody needs to sign in. */
  readonly published?: true;
  /** Which of the accounts signed in to this browser the address is for (`/u/1/`). */
  readonly account?: number;
};

/**
 * not_an_address: neither an address nor an id · other_site: not Google's · no_spreadsheet: a page of Google Sheets that
 * shows none, as the list of all · other_document: a document, slides, a form, a folder · drive_file: a file in Drive,
 * which may be anything · old_link: from before 2014, the browser's own address is another by now
 */
export type SheetAddressError = 'not_an_address' | 'other_site' | 'no_spreadsheet' | 'other_document' | 'drive_file' | 'old_link';

/** Ids have 44 characters today; older and newer ones differ by some. */
const ID = /^[A-Za-z0-9_-]{25,90}$/;
const PUBLISHED_ID = /^2PACX-[A-Za-z0-9_-]{20,120}$/;
/** A spreadsheet's tabs are numbered by 31 bits. */
const MAX_GID = 2 ** 31 - 1;
const SITES: ReadonlySet<string> = new Set(['docs.google.com', 'drive.google.com', 'sheets.google.com', 'spreadsheets.google.com']);

/**
 * Reads what people have of a Google Sheet: its address in any shape the browser shows or Google sends around (editor,
 * other accounts, a domain's own, preview, html view, copy, export, published), a mail's detour to it, or the bare id.
 */
export function readSheetAddress(text: string): Result<SheetAddress, SheetAddressError> {
  const given = text.trim();
  if (ID.test(given)) return isWordy(given) ? fail('not_an_address') : ok({ spreadsheetId: given });
  const url = parse(given);
  if (!url) return fail('not_an_address');
  const target = detourOf(url) ?? url;
  return SITES.has(target.hostname) ? readGoogle(target) : fail('other_site');
}

/** The address of a tab's CSV for whoever may open the sheet in this browser; null for a published one. */
export function exportCsvUrl({ spreadsheetId, gid, published }: SheetAddress): string | null {
  if (published) return null;
  return `https://docs.google.com/spreadsheets/d/${spreadsheetId}/export?format=csv${gid === undefined ? '' : `&gid=${gid}`}`;
}

/** The address of the CSV of a published tab; null for any other sheet. */
export function publishedCsvUrl({ spreadsheetId, gid, published }: SheetAddress): string | null {
  if (!published) return null;
  return `https://docs.google.com/spreadsheets/d/e/${spreadsheetId}/pub?output=csv${gid === undefined ? '' : `&gid=${gid}&single=true`}`;
}

function parse(text: string): URL | null {
  const hasScheme = /^[a-z][a-z0-9+.-]*:/i.test(text);
  if (!hasScheme && !/^[\w-]+(?:\.[\w-]+)+\//.test(text)) return null;
  const address = hasScheme ? text : `https://${text}`;
  const url = URL.canParse(address) ? new URL(address) : null;
  return url && /^https?:$/.test(url.protocol) && url.username === '' && url.port === '' ? url : null;
}

/** A word or two with hyphens is no id. */
function isWordy(text: string): boolean {
  return !/\d/.test(text) || !/[A-Za-z]/.test(text);
}

/** Mails, chats and the sign-in page lead to an address by way of their own. */
function detourOf({ hostname, pathname, searchParams }: URL): URL | null {
  const isDetour = (/^(?:www\.)?google\.[a-z.]{2,6}$/.test(hostname) && pathname === '/url') || hostname === 'accounts.google.com';
  if (!isDetour) return null;
  for (const name of ['q', 'url', 'continue']) {
    const url = parse(searchParams.get(name) ?? '');
    if (url) return url;
  }
  return null;
}

function readGoogle(url: URL): Result<SheetAddress, SheetAddressError> {
  const steps = url.pathname.split('/').filter((step) => step !== '');
  const account = accountOf(steps, url);
  const place = { ...tabOf(url), ...(account === null ? {} : { account }) };
  if (url.hostname === 'drive.google.com') return readDrive(steps, url, place);
  const kind = steps.find((step) => KINDS.has(step) || step === 'spreadsheets' || step === 'spreadsheet');
  if (kind !== undefined && KINDS.has(kind)) return fail('other_document');
  if (url.searchParams.has('key') || kind === 'spreadsheet') return fail('old_link');
  const at = steps.indexOf('d', steps.indexOf('spreadsheets') + 1);
  if (kind !== 'spreadsheets' || at < 0) return fail('no_spreadsheet');
  const id = steps[at + 1] ?? '';
  if (id !== 'e') return ID.test(id) ? ok({ spreadsheetId: id, ...place }) : fail('no_spreadsheet');
  const published = steps[at + 2] ?? '';
  return PUBLISHED_ID.test(published) ? ok({ spreadsheetId: published, ...place, published: true }) : fail('no_spreadsheet');
}

/** What else lies under docs.google.com. */
const KINDS: ReadonlySet<string> = new Set(['document', 'presentation', 'forms', 'drawings', 'file', 'folders', 'videos']);

function readDrive(steps: readonly string[], url: URL, place: object): Result<SheetAddress, SheetAddressError> {
  if (steps.includes('folders')) return fail('other_document');
  if (steps.includes('file')) return fail('drive_file');
  const id = url.searchParams.get('id') ?? '';
  return ID.test(id) ? ok({ spreadsheetId: id, ...place }) : fail('no_spreadsheet');
}

/** `/u/1/`, or `?authuser=1`. */
function accountOf(steps: readonly string[], url: URL): number | null {
  const at = steps.indexOf('u');
  const text = (at < 0 ? null : steps[at + 1]) ?? url.searchParams.get('authuser') ?? '';
  return /^\d{1,2}$/.test(text) ? Number(text) : null;
}

/** The fragment is what the editor keeps up to date, so it goes before the query. */
function tabOf(url: URL): { gid?: number; tab?: string; range?: string } {
  const hash = new URLSearchParams(url.hash.replace(/^#/, ''));
  const value = (name: string) => hash.get(name) ?? url.searchParams.get(name);
  const gid = /^\d{1,10}$/.test(value('gid') ?? '') ? Number(value('gid')) : null;
  const tab = url.pathname.includes('/gviz/') ? value('sheet') : null;
  const asked = (value('range') ?? '').replaceAll('$', '').toUpperCase();
  // A link to one cell tells where somebody was, not what is meant; `B2:` is from there on.
  const range = /^[A-Z]{0,3}\d{0,8}:[A-Z]{0,3}\d{0,8}$/.test(asked) ? asked.replace(/:$/, '') : '';
  return {
    ...(gid === null || gid > MAX_GID ? {} : { gid }),
    ...(tab === null || tab === '' ? {} : { tab }),
    ...(range === '' ? {} : { range }),
  };
}
