import type { NewRecord } from '../../../../server/crm/adapter.ts';
import { LOCK_TRIES } from '../../../../server/crm/salesforce/transport.ts';
import type { Org } from '../../../support/salesforce/org.ts';
import type { RecordBook } from './record-book.ts';
import type { Seen } from './remote-records.ts';
import { type Answer, onWire } from './wire.ts';

type WireParts = {
  readonly answer: Answer;
  readonly org: Org;
  readonly book: RecordBook;
  readonly seen: Seen;
  readonly now: () => number;
};
/** A write as it goes over the wire: what it does to which records. */
type Sent = {
  readonly isMaking: boolean;
  readonly records: readonly { readonly id: string; readonly values: Readonly<Record<string, unknown>> }[];
};

/** The wire to a loopback org: where answers get lost, rows are locked, and what is written is counted. */
export function createOrgWire({ answer, org, book, seen, now }: WireParts) {
  let makers: ReadonlyMap<string, string> = new Map();
  let locked = 0;
  /** When each record was last read by us. */
  const readAt = new Map<string, number>();

  const meet = (): 'lost' | 'never' | 'locked' | null => {
    const { fault } = seen;
    seen.fault = null;
    // As often as the adapter tries by itself.
    if (fault === 'locked') locked = LOCK_TRIES;
    if (locked === 0) return fault;
    locked -= 1;
    return 'locked';
  };
  /** Values that somebody wrote since we read, in the very second that the guard names: Salesforce tells no more, and lets it through. */
  const racedBy = (sent: Sent, guard: string | null): readonly string[] =>
    sent.records.flatMap(({ id, values }) =>
      [...(book.records.get(id)?.history ?? [])].flatMap(([field, [newest]]) => {
        const isOver = newest && !newest.isOurs && newest.at > (readAt.get(id) ?? 0) && `${THEIRS.get(field)}` in values;
        return isOver && guard !== null && Math.floor(newest.at / 1_000) * 1_000 <= Date.parse(guard) ? [newest.value] : [];
      }),
    );
  const count = (sent: Sent, written: readonly boolean[], raced: readonly string[]) => {
    for (const [index, { id, values }] of sent.records.entries()) {
      if (!written[index]) continue;
      if (!('HasOptedOutOfEmail' in values)) seen.writes += 1;
      else {
        seen.optOutsWritten += 1;
        if (book.records.get(id)?.isOptedOut) seen.optOutsWrittenTwice += 1;
      }
    }
    if (written.includes(true)) seen.raced.push(...raced);
  };

  const carry: Answer = async (request, path, body) => {
    seen.calls += 1;
    org.habits.lateMs = seen.lagMs;
    const sent = readWrite(request.method, path, body);
    if (!sent) {
      const told = await answer(request, path, body);
      for (const id of readIds(path, body)) readAt.set(id, now());
      return told;
    }
    const fault = meet();
    if (fault === 'never') return null;
    if (fault === 'locked') return lockedAnswer(path, sent);
    const raced = racedBy(sent, request.headers.get('If-Unmodified-Since'));
    const told = await answer(request, path, body);
    if (!told) return null;
    const written = await readWritten(told, sent);
    if (request.method === 'DELETE') seen.archived.push(...sent.records.flatMap(({ id }, index) => (written[index] ? [id] : [])));
    else count(sent, written, raced);
    book.look(true, makers);
    return fault === 'lost' ? null : told;
  };

  return {
    answer: onWire(seen, carry),
    /** Makes records, of which is known by which write of ours each was made. */
    making: <T>(items: readonly NewRecord[], act: () => Promise<T>): Promise<T> => {
      makers = new Map(items.map(({ key, opId }) => [key, opId]));
      return act();
    },
  };
}

/** Fields of the stories, as they are called here and in the org. */
export const NAMES = [
  ['firstName', 'FirstName'],
  ['jobTitle', 'Title'],
  ['email', 'Email'],
  ['role', 'Description'],
] as const;
const THEIRS: ReadonlyMap<string, string> = new Map(NAMES);

function readWrite(method: string, path: string, body: string): Sent | null {
  const [, below = '', id = ''] = /^\/services\/data\/v[\d.]+(\/composite\/sobjects|\/sobjects\/\w+(?:\/(\w+))?)(?:\?|$)/.exec(path) ?? [];
  if (below === '' || method === 'GET') return null;
  if (method === 'DELETE') {
    const ids = new URL(path, 'http://org.invalid').searchParams.get('ids') ?? '';
    return { isMaking: false, records: ids.split(',').map((each) => ({ id: each, values: {} })) };
  }
  const given = JSON.parse(body) as { readonly records?: readonly Readonly<Record<string, unknown>>[] };
  const records = (given.records ?? [given]).map((values) => ({ id: id || String(('Id' in values && values.Id) || ''), values }));
  return { isMaking: method === 'POST', records };
}

function readIds(path: string, body: string): readonly string[] {
  return /\/composite\/sobjects\/\w+$/.test(path) ? (JSON.parse(body) as { readonly ids: readonly string[] }).ids : [];
}

type Result = { readonly success: boolean };

async function readWritten(answer: Response, { records }: Sent): Promise<readonly boolean[]> {
  if (answer.status === 204) return records.map(() => true);
  if (!answer.ok) return records.map(() => false);
  const told = (await answer.clone().json()) as Result | readonly Result[];
  return [told].flat().map(({ success }) => success);
}

function lockedAnswer(path: string, { records }: Sent): Response {
  const message = 'unable to obtain exclusive access to this record';
  if (!path.includes('/composite/')) return Response.json([{ errorCode: 'UNABLE_TO_LOCK_ROW', message, fields: [] }], { status: 400 });
  return Response.json(records.map(() => ({ success: false, errors: [{ statusCode: 'UNABLE_TO_LOCK_ROW', message, fields: [] }] })));
}
