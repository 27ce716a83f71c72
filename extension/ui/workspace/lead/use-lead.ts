import { useCallback, useEffect, useState } from 'preact/hooks';
import type { LeadAnswer } from '#shared/api/lead-schema.ts';
import type { ServerFailure } from '#shared/api/server-failure.ts';
import { type PastEntry, readPast } from '../../../flow/workspace/lead-past.ts';
import type { LeadApi, LeadLink, SideItem } from '../../../platform/lead-api.ts';

export type LeadState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly failure: ServerFailure }
  | { readonly kind: 'here'; readonly lead: LeadAnswer; readonly links: readonly LeadLink[] };
/** What happened to a lead, and what CRMs tell beside it. */
export type LeadPast = { readonly entries: readonly PastEntry[]; readonly side: readonly SideItem[] };
/** A lead, and its past (null while it is on its way). `put` shows a changed lead at once and asks for its past again. */
export function useLead(leads: LeadApi, id: string) {
  const [state, setState] = useState<LeadState>({ kind: 'waiting' });
  const [past, setPast] = useState<LeadPast | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    void leads.leadInCrm(id).then((answer) => {
      if (isCurrent) setState(answer.ok ? { kind: 'here', ...answer.value } : { kind: 'failed', failure: answer.error });
    });
    void leads.timeline(id).then((told) => {
      if (isCurrent && told.ok) setPast({ entries: readPast(told.value.events), side: told.value.side });
    });
    return () => {
      isCurrent = false;
    };
  }, [leads, id, attempt]);
  const again = useCallback(() => setAttempt((number) => number + 1), []);
  const put = useCallback(
    (lead: LeadAnswer) => {
      setState((before) => ({ kind: 'here', lead, links: before.kind === 'here' ? before.links : [] }));
      again();
    },
    [again],
  );
  return { state, past, put, again };
}
