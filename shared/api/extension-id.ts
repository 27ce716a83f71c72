/**
 * The id Chromium gives our unpacked build: the first 32 hex digits of the SHA-256 of the manifest's public key, written
 * with a to p. The server's Origin gate lets `chrome-extension://<id>` in; the store's id is added by the operator.
 */
export const EXTENSION_ID = 'hejkfmhhnahlkpdgppilffkkdcdhbooo';
