/**
 * The locale numbers, dates and names of countries are written in: the reader's own kind of English, as the words
 * around them are English. "2.341 leads" in an English sentence would be two leads and a bit.
 */
export const LOCALE = globalThis.navigator?.languages?.find((language) => /^en\b/.test(language)) ?? 'en';
