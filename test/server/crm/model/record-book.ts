import type { Entry, RemoteRecord } from './remote-records.ts';

/** A record as a loopback has it now, its fields by our names. `values`: null where nothing tells any more. */
export type Shown = Pick<RemoteRecord, 'id' | 'type' | 'key' | 'state' | 'wentInto' | 'moreEmails' | 'isOptedOut'> & {
  readonly values: ReadonlyMap<string, string> | null;
};
type Kept = { -readonly [Name in keyof RemoteRecord]: RemoteRecord[Name] };

export type RecordBook = ReturnType<typeof createBook>;

/**
 * Keeps book of the records of a loopback: who changed what, and what became of whom, which the loopback itself does not tell.
 * `join`: puts every other new record into the narrow scope of stories.
 */
export function createBook(read: () => readonly Shown[], now: () => number, join: (record: RemoteRecord) => void) {
  const records = new Map<string, Kept>();
  let made = 0;

  const keep = (shown: Shown, madeBy: string | null): Kept => {
    const fresh = { history: new Map<string, Entry[]>(), values: new Map<string, string>(), formerIds: [], bornOf: null, madeBy };
    const record: Kept = { ...shown, ...fresh };
    records.set(shown.id, record);
    if (shown.state === 'live') {
      made += 1;
      if (made % 2 === 1) join(record);
    }
    return record;
  };
  const note = (record: Kept, values: ReadonlyMap<string, string>, isOurs: boolean) => {
    for (const field of new Set([...record.values.keys(), ...values.keys()])) {
      const value = values.get(field) ?? '';
      if ((record.values.get(field) ?? '') === value) continue;
      if (value === '') record.values.delete(field);
      else record.values.set(field, value);
      record.history.set(field, [{ value, at: now(), isOurs }, ...(record.history.get(field) ?? [])]);
    }
  };

  /** Looks at what is there, and writes down what changed since. `makers`: the writes that made records, by our key. */
  const look = (isOurs: boolean, makers: ReadonlyMap<string, string> = new Map()): void => {
    const before = new Set(records.keys());
    const went: Kept[] = [];
    const gone = new Set(before);
    for (const shown of read()) {
      gone.delete(shown.id);
      const record = records.get(shown.id) ?? keep(shown, isOurs ? (makers.get(shown.key) ?? null) : null);
      if (shown.wentInto !== null && record.wentInto !== shown.wentInto) went.push(record);
      const { values, key, state, wentInto, moreEmails, isOptedOut } = shown;
      Object.assign(record, { key, state, wentInto, moreEmails, isOptedOut });
      if (values) note(record, values, isOurs);
    }
    for (const id of gone) Object.assign(records.get(id) ?? {}, { state: 'purged' });
    for (const record of went) {
      const into = records.get(record.wentInto ?? '');
      if (!into) continue;
      into.formerIds = [...new Set([...into.formerIds, record.id, ...record.formerIds])];
      if (record.state === 'converted' && !before.has(into.id)) into.bornOf = record.id;
    }
  };

  const all = (): readonly RemoteRecord[] => [...records.values()];
  const live: (type?: RemoteRecord['type']) => readonly RemoteRecord[] = (type) =>
    all().filter((record) => record.state === 'live' && (type ?? record.type) === record.type);
  const survivorOf = (id: string): RemoteRecord | undefined => {
    const record = records.get(id);
    return record?.state === 'merged' && record.wentInto !== null ? survivorOf(record.wentInto) : record;
  };
  return {
    records: records as ReadonlyMap<string, RemoteRecord>,
    look,
    live,
    survivorOf,
    holderOf: (email: string | undefined, type?: RemoteRecord['type']) =>
      live(type).find(({ values, moreEmails }) => email !== undefined && [values.get('email'), ...moreEmails].includes(email)),
  };
}
