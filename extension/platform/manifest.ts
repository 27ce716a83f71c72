import { EMAIL_SCOPE, SHEETS_SCOPE } from './google-sign-in.ts';

/**
 * The public half of the RSA key that fixes the extension's id in unpacked builds, so that the server knows it on every
 * machine. Nobody holds the private half; the store signs with its own key, so the store's zip leaves this out.
 */
export const PUBLIC_KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAlDXEPhE3Na6OaNuLZO4s+Onp6fDtPqBeabBF3clQqDw9y8kvlfTkAY3sm9LRXHOUT71wrYTig0VokLfjC32lU+xmN93Jt18A/LLnXqlmiS+A7aWftxr1nc0Xb9RLVf3oSy9A1W/Dh5PZZ1BU3ZssXY6n2EEhC3MXGkGfF3AlxPJrMSYQTD3Fiw+5wtuWqMPAnYdnKpEw4uJ/10Wq57dsEJaaoIfn+tEyLNq+0FVnLwc8yfhzStFYP9P5wCRMLbvjVnxJ417zIkY7eT+gmg3/E5wZIJPW2NY9DMHPmSunJPv8OV1+4vPHITE3zE65YvrYrTpeTadLwM4/hLqeyjBheQIDAQAB';

/** Firefox takes the id from the manifest. */
export const FIREFOX_ID = 'leadline@leadline.example';

/** The default server and every other one on this machine: no question is asked for them. */
const LOOPBACK = ['http://localhost/*', 'http://127.0.0.1/*', 'http://[::1]/*'];

/**
 * `webRequest` tells where a site that was allowed sends a download on to, so that just that other site can be asked for;
 * without a site it sees nothing. Asked for later, Chromium would grant it and tell nothing until it is restarted.
 */
const TELLS_REDIRECTS = 'webRequest';

/**
 * What the extension may do. Everything beyond it is asked by a button that says why (`host-access.ts`): no `tabs`, no
 * content scripts, no `<all_urls>`.
 */
export const PERMISSIONS = ['storage', 'unlimitedStorage', 'alarms', 'contextMenus', 'identity', 'activeTab', TELLS_REDIRECTS] as const;

/** Our pages run our own files only, are never framed and never post a form. */
const CONTENT_SECURITY_POLICY = "script-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * The hand-written part of the manifest; the build adds what follows from the entrypoints. `store`: a zip for a store.
 * `chromeClient`: a Google client of the type Chrome Extension, by which Chrome itself signs people in.
 */
export function manifestFor(browser: string, store: boolean, chromeClient = '') {
  return {
    name: 'Leadline',
    short_name: 'Leadline',
    description: 'Bring sales leads from a CSV file, a sheet or a CRM into a workspace you own.',
    permissions: [...PERMISSIONS, ...(browser === 'firefox' ? [] : ['sidePanel'])],
    // Reading a Sheet, and asking Google whose a token is.
    host_permissions: [...LOOPBACK, 'https://sheets.googleapis.com/*', 'https://oauth2.googleapis.com/*'],
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    content_security_policy: { extension_pages: CONTENT_SECURITY_POLICY },
    icons: { 16: 'icon/16.png', 32: 'icon/32.png', 48: 'icon/48.png', 128: 'icon/128.png' },
    ...(browser === 'firefox' ? firefoxOnly() : chromeOnly(store, chromeClient)),
  };
}

function chromeOnly(store: boolean, chromeClient: string) {
  // 120: the first with alarms of half a minute, which wake an unfinished import.
  const oauth2 = chromeClient === '' ? {} : { oauth2: { client_id: chromeClient, scopes: [SHEETS_SCOPE, EMAIL_SCOPE] } };
  return { minimum_chrome_version: '120', ...(store ? {} : { key: PUBLIC_KEY }), ...oauth2 };
}

function firefoxOnly() {
  return {
    browser_specific_settings: {
      gecko: {
        id: FIREFOX_ID,
        strict_min_version: '142.0',
        data_collection_permissions: { required: ['personallyIdentifyingInfo', 'authenticationInfo', 'websiteContent'] },
      },
    },
  };
}
