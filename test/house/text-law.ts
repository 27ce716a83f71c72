/** What no committed text may name, wherever it stands. Written so that this file does not name it either. */
const STRAY: readonly { readonly pattern: RegExp; readonly complaint: string }[] = [
  { pattern: /(?<![\w.])\/(?:wor[k]|tm[p]|hom[e]|Users)\/[\w.-]/, complaint: 'names a folder of one machine' },
  { pattern: /registry\.(?:npm[j]s|yar[n]pkg)\./, complaint: 'names the host of a registry' },
  { pattern: /"resolve[d]": "http/, complaint: 'names the host a package came from' },
];

/** Whether a file is read by people or programs as text. */
export function isText(path: string): boolean {
  return !/\.(png|jpg|gif|ico|woff2?|xlsx?|zip|gz|pdf|db)$/.test(path);
}

/** Says where a text names a place that exists on one machine only. */
export function findStrayNames(path: string, text: string): readonly string[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      STRAY.filter(({ pattern }) => pattern.test(line)).map(({ complaint }) => `${path}:${index + 1} ${complaint}`),
    );
}
