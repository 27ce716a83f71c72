/**
 * Where one is in the workspace, as it stands behind the # of the page's address: `#/leads/<id>?search=ann`. Reload,
 * back and a copied address all lead to the same place, since a page reads everything it shows from here.
 */
export type Address = {
  /** The first part: which page. */
  readonly page: string;
  /** What follows: the id of a lead, of an import. */
  readonly rest: readonly string[];
  readonly query: URLSearchParams;
};

/** Reads the hash of an address; without one it is the leads. */
export function readAddress(hash: string): Address {
  const [path = '', ...query] = hash.replace(/^#\/?/, '').split('?');
  const [page = '', ...rest] = path.split('/').map(decode);
  return { page: page === '' ? 'leads' : page, rest: rest.filter((part) => part !== ''), query: new URLSearchParams(query.join('?')) };
}

/** The hash of a place. Parts and values are escaped here. */
export function hrefOf(page: string, rest: readonly string[] = [], query = new URLSearchParams()): string {
  const path = [page, ...rest].map(encodeURIComponent).join('/');
  return `#/${path}${query.size > 0 ? `?${query}` : ''}`;
}

/** A part that somebody typed may be escaped wrongly: then it is taken as it stands. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
