import { useCallback, useEffect, useState } from 'preact/hooks';
import type { LeadAnswer } from '#shared/api/lead-schema.ts';
import type { ServerFailure } from '#shared/api/server-failure.ts';
import { type PastEntry, readPast } from '../../../flow/workspace/lead-past.ts';
import type { LeadApi } from '../../../platform/lead-api.ts';
import { importName } from '../import-name.ts';

export type LeadState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly failure: ServerFailure }
  | { readonly kind: 'here'; readonly lead: LeadAnswer };
export type LeadPast = {
  /** Null while it is on its way. */
  readonly entries: readonly PastEntry[] | null;
  /** Names of imports by their ids. */
  readonly names: ReadonlyMap<string, string>;
};

/** A lead, its past, and the names of the imports in it. `put` shows a changed lead at once and asks for its past again. */
export function useLead(leads: LeadApi, id: string, now: () => number) {
  const [state, setState] = useState<LeadState>({ kind: 'waiting' });
  const [past, setPast] = useState<LeadPast>({ entries: null, names: new Map() });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    void leads.lead(id).then((answer) => {
      if (isCurrent) setState(answer.ok ? { kind: 'here', lead: answer.value } : { kind: 'failed', failure: answer.error });
    });
    void readNamedPast(leads, id, now).then((found) => {
      if (isCurrent && found) setPast(found);
    });
    return () => {
      isCurrent = false;
    };
  }, [leads, id, attempt, now]);
  const again = useCallback(() => setAttempt((number) => number + 1), []);
  const put = useCallback(
    (lead: LeadAnswer) => {
      setState({ kind: 'here', lead });
      again();
    },
    [again],
  );
  return { state, past, put, again };
}

async function readNamedPast(leads: LeadApi, id: string, now: () => number): Promise<LeadPast | null> {
  const events = await leads.timeline(id);
  if (!events.ok) return null;
  const entries = readPast(events.value);
  const ids = [...new Set(entries.flatMap(({ importId }) => importId ?? []))];
  const imports = await Promise.all(ids.map((importId) => leads.importState(importId)));
  const names = imports.flatMap((found) => (found.ok ? [[found.value.importId, importName(found.value, now())] as const] : []));
  return { entries, names: new Map(names) };
}
