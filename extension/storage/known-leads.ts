import type { MatchAnswer } from '#shared/api/match.ts';
import { askedKeys } from '#shared/lead/duplicates.ts';
import type { Lead, LeadKey } from '#shared/lead/lead.ts';
import type { KnownLead, MatchedOn, SuppressedBy } from '#shared/plan/decide-row.ts';
import { heldByFile, type OptedOut } from '#shared/plan/opt-outs.ts';

type Match = MatchAnswer['matches'][number];
type Suppressed = MatchAnswer['suppressed'][number];
/** What the workspace holds under a lead's keys, as the planner asks for it. */
export type FindKnown = (
  lead: Lead,
  keys: readonly LeadKey[],
) => { readonly leads: readonly KnownLead[]; readonly suppressed?: SuppressedBy };

/** What is kept of the workspace's answers. `asked`: keys that were asked about besides those of the rows as they were read. */
export type KeptAnswer = MatchAnswer & { readonly asked?: readonly string[] };

const NOBODY = { leads: [] } as const;

/**
 * Answers of `POST /api/imports/match` as a look-up. A key the workspace was not asked about counts as unknown there;
 * who is opted out by the file itself counts as suppressed already.
 */
export function createFindKnown(answers: MatchAnswer, optedOut?: OptedOut): FindKnown {
  const matches = new Map<string, Match>(answers.matches.map((match) => [match.key, match]));
  const suppressed = new Map<string, Suppressed>(answers.suppressed.map((entry) => [entry.key, entry]));
  return (lead, keys) => {
    const hit = (suppressed.size === 0 ? undefined : heldBy(lead, suppressed)) ?? (optedOut && heldByFile(lead, optedOut));
    const leads = leadsOf(keys, matches);
    if (!hit) return leads.length === 0 ? NOBODY : { leads };
    return { leads, suppressed: { entry: hit.entry, kind: hit.kind, since: hit.since } };
  };
}

/** The entry that holds any address, number or alternate of the lead. */
function heldBy(lead: Lead, suppressed: ReadonlyMap<string, Suppressed>): Suppressed | undefined {
  return askedKeys(lead)
    .map((key) => suppressed.get(key.value))
    .find((entry) => entry !== undefined);
}

/** Each lead once, with every kind of key that led to it. */
function leadsOf(keys: readonly LeadKey[], matches: ReadonlyMap<string, Match>): readonly KnownLead[] {
  const found = new Map<string, KnownLead>();
  for (const { kind, value } of keys) {
    for (const lead of matches.get(value)?.leads ?? []) {
      const before = found.get(lead.id)?.matchedOn ?? [];
      const matchedOn: readonly MatchedOn[] = before.includes(kind) ? before : [...before, kind];
      found.set(lead.id, { ...lead, matchedOn });
    }
  }
  return [...found.values()];
}
