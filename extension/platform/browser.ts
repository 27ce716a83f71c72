import { browser } from 'wxt/browser';

/** The extension's own API. Everybody else takes it from here, so that a browser difference is settled in this folder. */
export { browser };

/** Firefox closes a popup when a file dialog opens, and opens the sidebar by another name. Set by the build. */
export const isFirefox: boolean = import.meta.env?.BROWSER === 'firefox';
