const SIGN_IN_HOSTS = new Set(['login.salesforce.com', 'test.salesforce.com']);
/** Where orgs have a domain of their own; each must have a name in front. Nobody but Salesforce gives names under them. */
const ORG_SUFFIXES = ['.my.salesforce.com', '.my.salesforce.mil', '.my.sfcrmproducts.cn'];
/** Where the same org shows its pages and its Setup. */
const PAGES = /\.(?:lightning\.force|my\.salesforce-setup)\.com$/;

/**
 * The host people sign in at: production, sandbox, or an org's My Domain, also pasted as an address of the org
 * (`https://acme.lightning.force.com/…`, `https://acme.my.salesforce-setup.com/…`). Anything that is not Salesforce's is `refused`: the server would call it.
 */
export function readLoginHost(given: string): string | 'refused' {
  const text = given.trim().toLowerCase();
  const url = URL.parse(/^[a-z]+:\/\//.test(text) ? text : `https://${text}`);
  if (url?.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '') return 'refused';
  const host = url.hostname.replace(PAGES, '.my.salesforce.com');
  if (SIGN_IN_HOSTS.has(host)) return host;
  return ORG_SUFFIXES.some((suffix) => isUnder(host, suffix)) ? host : 'refused';
}

/** Says whether people of a sandbox sign in at a host; an app made in production is none of theirs. */
export function isSandbox(loginHost: string): boolean {
  return loginHost === 'test.salesforce.com' || /\.sandbox\.my\.(?:salesforce\.com|salesforce\.mil|sfcrmproducts\.cn)$/.test(loginHost);
}

/** Partitions other than these (`free`, `sfdctest`) Salesforce keeps to itself, says its Tooling API of `DomainPartition`. */
function isUnder(host: string, suffix: string): boolean {
  if (!host.endsWith(suffix)) return false;
  const name = host.slice(0, -suffix.length);
  return /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.(?:sandbox|develop|scratch|demo|trailblaze|patch))?$/.test(name);
}
