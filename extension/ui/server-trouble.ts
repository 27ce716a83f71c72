import type { ServerFailureKind } from '#shared/api/server-failure.ts';
import type { SendingView } from '../flow/view.ts';

type Failure = NonNullable<SendingView['failure']>;
/** What can fail in this browser, beside what can fail at the server. */
type LocalKind = Exclude<Failure['kind'], ServerFailureKind>;

/** What mends it, as the button beside the sentence. */
export type Mend = 'tryAgain' | 'connect' | 'changeAddress' | 'none';

/** A failure in words: what happened, and what to do. What is safe is said by the screen around it. */
export type Trouble = { readonly fact: string; readonly advice: string; readonly mend: Mend };

const TROUBLES: { readonly [K in ServerFailureKind | LocalKind]: Trouble } = {
  unreachable: { fact: 'The server doesn’t answer.', advice: 'Start it with “npm start”, or check its address.', mend: 'tryAgain' },
  timeout: { fact: 'The server takes too long to answer.', advice: 'It may be busy.', mend: 'tryAgain' },
  notLeadline: { fact: 'Something else than Leadline answers there.', advice: 'Check the address.', mend: 'changeAddress' },
  unauthorized: {
    fact: 'Your key no longer works here.',
    advice: 'An admin may have removed this browser. Pair it again.',
    mend: 'connect',
  },
  planRequired: { fact: 'The workspace’s plan doesn’t include this.', advice: 'Ask an admin of the workspace.', mend: 'none' },
  readOnly: { fact: 'The workspace is read-only.', advice: 'Ask an admin to open it for writing, then try again.', mend: 'tryAgain' },
  forbidden: {
    fact: 'Your role doesn’t allow this.',
    advice: 'Ask an admin, or pair this browser as another member.',
    mend: 'tryAgain',
  },
  listNotFound: { fact: 'The list is gone.', advice: 'Go back and choose another one.', mend: 'none' },
  notFound: { fact: 'The server doesn’t know this import.', advice: 'Try again to send it anew.', mend: 'tryAgain' },
  conflict: { fact: 'The server is working on the same rows.', advice: 'Try again in a moment.', mend: 'tryAgain' },
  inProgress: { fact: 'The server is still working on this.', advice: 'Try again in a moment.', mend: 'tryAgain' },
  missingChunks: { fact: 'Some rows have not arrived.', advice: 'Try again to send them.', mend: 'tryAgain' },
  tooLarge: {
    fact: 'The server refuses this many bytes at once.',
    advice: 'Ask its operator about the limit, or split the file.',
    mend: 'none',
  },
  unsupportedType: { fact: 'The server doesn’t take this kind of file.', advice: 'Save it as CSV and choose that.', mend: 'none' },
  mismatch: { fact: 'The server has other rows under this import.', advice: 'Start the import again.', mend: 'none' },
  otherVersion: {
    fact: 'The server speaks another version than this extension.',
    advice: 'Update the older of the two, then try again.',
    mend: 'tryAgain',
  },
  rateLimited: { fact: 'The server asks to wait a little.', advice: 'It goes on by itself.', mend: 'tryAgain' },
  storageFull: {
    fact: 'The server’s disk is full.',
    advice: 'Nothing of this chunk was written. Make room there, then try again.',
    mend: 'tryAgain',
  },
  serverError: {
    fact: 'The server failed on its side.',
    advice: 'Nothing was half-written. Try again; its log says more.',
    mend: 'tryAgain',
  },
  fileGone: { fact: 'The file is no longer in this browser.', advice: 'Cancel, then choose it again.', mend: 'none' },
  fileUnreadable: { fact: 'The file can’t be read any more.', advice: 'Cancel, then choose it again.', mend: 'none' },
  browserStorageFull: {
    fact: 'This computer has no room for the rows.',
    advice: 'Free some space on the disk, then try again.',
    mend: 'tryAgain',
  },
  browserStorageFailed: {
    fact: 'The browser can’t save the rows.',
    advice: 'Try again; if it fails again, restart the browser.',
    mend: 'tryAgain',
  },
  refused: { fact: 'The server refused these rows.', advice: 'Its log says why.', mend: 'none' },
};

/** The words for a failure. Where the server has said something about it that we cannot know, that is added. */
export function troubleOf(failure: Failure): Trouble {
  const trouble = TROUBLES[failure.kind];
  return SAYS_WHY.has(failure.kind) && 'message' in failure && failure.message ? { ...trouble, advice: failure.message } : trouble;
}

const SAYS_WHY: ReadonlySet<Failure['kind']> = new Set(['refused', 'forbidden']);

/** An address as people say it: without the scheme. */
export function shortAddress(address: string): string {
  return address.replace(/^https?:\/\//, '');
}
