import { fail, ok, type Result } from '#shared/result.ts';
import { cleanFileName } from './csv-link-name.ts';

/** A link as it can be fetched. */
export type Link = {
  /** http or https; what comes after # is left out, as it is never sent. */
  readonly address: string;
  /** Host and port, as people read it. */
  readonly host: string;
  /** What the file is called as far as the address tells; empty where it does not. */
  readonly fileName: string;
};

/**
 * script: javascript: · data: a file inside the link · local_file · extension: a page of an extension or the browser ·
 * blob: lives in its page only · mail: mailto:, tel: · other_scheme: ftp: and the like · password_in_link: the browser
 * sends none from a link · not_a_link
 */
export type LinkRefusal =
  | 'script'
  | 'data'
  | 'local_file'
  | 'extension'
  | 'blob'
  | 'mail'
  | 'other_scheme'
  | 'password_in_link'
  | 'not_a_link';

/** By scheme, as `URL.protocol` gives it. */
const REFUSED: ReadonlyMap<string, LinkRefusal> = new Map([
  ['javascript:', 'script'],
  ['vbscript:', 'script'],
  ['data:', 'data'],
  ['file:', 'local_file'],
  ['blob:', 'blob'],
  ['filesystem:', 'blob'],
  ['mailto:', 'mail'],
  ['tel:', 'mail'],
  ['sms:', 'mail'],
  ['about:', 'extension'],
  ['chrome:', 'extension'],
  ['edge:', 'extension'],
  ['view-source:', 'extension'],
  ['devtools:', 'extension'],
]);
/** Longer ones hold a file, not a place. */
const MAX_CHARS = 8_192;

/** Reads a link of a page, or one as typed or pasted: without a scheme it is https. */
export function readLink(text: string): Result<Link, LinkRefusal> {
  const given = text.trim();
  const scheme = /^([a-z][a-z0-9+.-]*:)/i.exec(given)?.[1]?.toLowerCase();
  const refused = scheme === undefined ? undefined : refusalOf(scheme);
  if (refused) return fail(refused);
  const address = scheme === undefined || isHostAndPort(given) ? `https://${given.replace(/^\/+/, '')}` : given;
  if (given === '' || address.length > MAX_CHARS || /\s/.test(address) || !URL.canParse(address)) return fail('not_a_link');
  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol)) return fail('other_scheme');
  if (url.username !== '' || url.password !== '') return fail('password_in_link');
  if (scheme === undefined && !/[.:]/.test(url.host) && url.hostname !== 'localhost') return fail('not_a_link');
  url.hash = '';
  return ok({ address: url.href, host: url.host, fileName: nameOfAddress(url.href) });
}

function refusalOf(scheme: string): LinkRefusal | undefined {
  return scheme.endsWith('-extension:') ? 'extension' : REFUSED.get(scheme);
}

/** `files.example.com:8080/a.csv` reads like a scheme. */
function isHostAndPort(text: string): boolean {
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)*:\d{1,5}(?:[/?]|$)/i.test(text);
}

/** Endings of files with rows. */
const TABLE_ENDING = /\.(?:csv|tsv|tab|txt|xlsx|xlsm)$/i;
/** Names and values of a query that ask for such a file. */
const FORMAT_NAMES: ReadonlySet<string> = new Set(['format', 'output', 'exportformat', 'export_format', 'tqx', 'type', 'ext', 'as']);
const FORMAT_VALUE = /^(?:out:)?(?:csv|tsv|xlsx|text\/csv)$/i;

/** Says whether an address names a CSV, text or Excel file, by its path or by the format it asks for. */
export function isTableAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, pathname, searchParams } = new URL(address);
  if (!/^https?:$/.test(protocol)) return false;
  if (TABLE_ENDING.test(pathname)) return true;
  return [...searchParams].some(
    ([name, value]) =>
      (FORMAT_NAMES.has(name.toLowerCase()) && FORMAT_VALUE.test(value)) || (/^file_?name$/i.test(name) && TABLE_ENDING.test(value)),
  );
}

/** What a file is called by its address: the query's `filename`, else the last step of the path; empty where neither is a name. */
export function nameOfAddress(address: string): string {
  const { pathname, searchParams } = new URL(address);
  const asked = [...searchParams].find(([name, value]) => /^file_?name$/i.test(name) && value !== '')?.[1];
  return cleanFileName(asked ?? decodeStep(pathname.split('/').at(-1) ?? ''));
}

function decodeStep(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step; // a % that is no escape
  }
}
