/** Why the key that seals sign-ins cannot be used. `path` is the key's file. */
export type VaultTrouble =
  | { readonly code: 'open_to_others'; readonly path: string; readonly mode: string }
  | { readonly code: 'not_a_file'; readonly path: string }
  | { readonly code: 'unreadable'; readonly path: string }
  | { readonly code: 'unwritable'; readonly path: string }
  | { readonly code: 'no_key'; readonly path: string }
  | { readonly code: 'other_key'; readonly path: string }
  | { readonly code: 'nothing_to_rotate' }
  | { readonly code: 'not_opened'; readonly count: number };

const LOST = 'If it is lost for good, `npm start -- forget-tokens` forgets the sign-ins; then connect each CRM again.';

/** The sentence for the operator: what is wrong, and what mends it. */
export function vaultSentence(trouble: VaultTrouble): string {
  switch (trouble.code) {
    case 'open_to_others':
      return `Others can read the key file ${trouble.path} (its mode is ${trouble.mode}). Run \`chmod 600 ${trouble.path}\`, then start again.`;
    case 'not_a_file':
      return `The key file ${trouble.path} is no file. Set LEADLINE_SECRET_FILE to another one.`;
    case 'unreadable':
      return `This user may not read the key file ${trouble.path}. Change its owner to the user of the server.`;
    case 'unwritable':
      return `The key file ${trouble.path} cannot be made. Let the user of the server write to its folder, or set LEADLINE_SECRET_FILE to another place.`;
    case 'no_key':
      return `This server keeps sealed sign-ins of CRMs, but the key that opens them is not there: put the file ${trouble.path} back, or set LEADLINE_SECRET. ${LOST}`;
    case 'other_key':
      return `The sign-ins of CRMs are sealed with another key than the one in LEADLINE_SECRET or ${trouble.path}. Put the right one back; while changing it, set the former one in LEADLINE_OLD_SECRET. ${LOST}`;
    case 'nothing_to_rotate':
      return 'There is no key to replace yet: it is made when the first CRM is connected.';
    case 'not_opened':
      return `${trouble.count} ${trouble.count === 1 ? 'sign-in' : 'sign-ins'} cannot be opened with any key that is there; the others are sealed with the new one. ${LOST}`;
  }
}
