import { useCallback, useEffect, useState } from 'preact/hooks';
import type { LeadAnswer } from '#shared/api/lead-schema.ts';
import type { ServerFailure } from '#shared/api/server-failure.ts';
import { type PastEntry, readPast } from '../../../flow/workspace/lead-past.ts';
import type { LeadApi } from '../../../platform/lead-api.ts';

export type LeadState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly failure: ServerFailure }
  | { readonly kind: 'here'; readonly lead: LeadAnswer };
/** A lead, and its past (null while it is on its way). `put` shows a changed lead at once and asks for its past again. */
export function useLead(leads: LeadApi, id: string) {
  const [state, setState] = useState<LeadState>({ kind: 'waiting' });
  const [past, setPast] = useState<readonly PastEntry[] | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    void leads.lead(id).then((answer) => {
      if (isCurrent) setState(answer.ok ? { kind: 'here', lead: answer.value } : { kind: 'failed', failure: answer.error });
    });
    void leads.timeline(id).then((events) => {
      if (isCurrent && events.ok) setPast(readPast(events.value));
    });
    return () => {
      isCurrent = false;
    };
  }, [leads, id, attempt]);
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
