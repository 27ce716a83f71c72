import { leadKeys } from '#shared/lead/duplicates.ts';
import type { Lead, LeadKey } from '#shared/lead/lead.ts';
import type { WorkspaceId } from '../records.ts';
import type { Connection } from './connection.ts';
import { FIND_KEY, KEY_KIND, MOST_MATCHES } from './lead-keys.ts';

type Kind = LeadKey['kind'];
const KINDS: readonly Kind[] = ['email', 'phone', 'linkedin'];
const NOBODY: readonly number[] = [];

/** A list of values goes in as one JSON text: a call for a thousand keys costs little more than one for one. */
const FIND_KEYS = `SELECT lead_key.value, lead_key.lead FROM json_each(?) AS wanted
  CROSS JOIN lead_key ON lead_key.workspace = ? AND lead_key.kind = ? AND lead_key.value = wanted.value`;

/** Who has which key, for the rows of one transaction. */
export type KeyCache = {
  /** Everybody who had any of the keys when they were asked for. */
  readonly leads: () => readonly number[];
  /** Numbers of the leads that have a key, lowest first. */
  readonly leadsOf: (key: LeadKey) => readonly number[];
  /** A lead has other keys from here on: its new ones, or none of the old. */
  readonly moved: (lead: number, old: Lead | null, now: Lead) => void;
};

/** Asks for the keys of all rows at once; what is written afterwards is told by `moved`. */
export function readKeyCache(cx: Connection, workspace: WorkspaceId, rows: Iterable<Lead | undefined>): KeyCache {
  const byKind = new Map<Kind, Map<string, readonly number[]>>(KINDS.map((kind) => [kind, new Map()]));
  for (const lead of rows) if (lead) for (const { kind, value } of leadKeys(lead)) byKind.get(kind)?.set(value, NOBODY);
  for (const [kind, known] of byKind) {
    if (known.size === 0) continue;
    const values = JSON.stringify([...known.keys()]);
    const found = cx.table(FIND_KEYS).all(values, workspace, KEY_KIND[kind]) as [string, number][]; // the two columns of FIND_KEYS
    for (const [value, lead] of found) known.set(value, withLead(known.get(value) ?? NOBODY, lead));
  }
  const find = cx.column(FIND_KEY);
  return {
    leads: () => [...new Set([...byKind.values()].flatMap((known) => [...known.values()].flat()))],
    leadsOf: ({ kind, value }) => byKind.get(kind)?.get(value) ?? (find.all(workspace, KEY_KIND[kind], value) as number[]), // plucked: the one column
    moved: (lead, old, now) => {
      for (const { kind, value } of old ? leadKeys(old) : []) {
        const known = byKind.get(kind);
        const leads = known?.get(value);
        if (leads)
          known?.set(
            value,
            leads.filter((other) => other !== lead),
          );
      }
      for (const { kind, value } of leadKeys(now)) {
        const known = byKind.get(kind);
        const leads = known?.get(value);
        if (leads) known?.set(value, withLead(leads, lead));
      }
    },
  };
}

function withLead(leads: readonly number[], lead: number): readonly number[] {
  if (leads.length === 0) return [lead];
  return leads.length >= MOST_MATCHES || leads.includes(lead) ? leads : [...leads, lead];
}
