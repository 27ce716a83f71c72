import { setImmediate as letOthers } from 'node:timers/promises';
import { askedKeys } from '#shared/lead/duplicates.ts';
import type { LeadKey } from '#shared/lead/lead.ts';
import { createPlanner, type PlanInput } from '#shared/plan/build-plan.ts';
import type { KnownLead, MatchedOn, SuppressedBy } from '#shared/plan/decide-row.ts';
import { heldByFile, type OptedOut } from '#shared/plan/opt-outs.ts';
import type { ImportPlan, ImportPolicy } from '#shared/plan/plan.ts';
import type { Actor, Backend } from '../leads/backend.ts';
import type { KeyMatch } from '../store/store.ts';
import type { ReadFile } from './read-file.ts';

/** Rows planned, and keys asked for, before other requests get their turn: a few milliseconds. */
const STEP = 2_000;

/** What became of every row of a file, nothing compared with the workspace and no opt-outs: good rows are `auto`. */
export async function planFile({ optOut: _, linkedLeads: __, ...file }: ReadFile, policy: ImportPolicy): Promise<ImportPlan> {
  return await runPlanner({ ...file, policy, unattended: false });
}

/**
 * The same compared with what the workspace holds now: what an import would do at this moment. `null` = no such list.
 * No `listId` is the default list, null one that is still to be made. `alone`: what `planFile` made of it, where that is
 * at hand; `optedOut`: whom the file itself opts out.
 */
export async function planAgainstStore(
  backend: Backend,
  actor: Actor,
  file: ReadFile,
  policy: ImportPolicy,
  listId: string | null | undefined,
  optedOut: OptedOut | null,
  alone?: ImportPlan,
): Promise<ImportPlan | null> {
  const keys = uniqueKeys(alone ?? (await planFile(file, policy)));
  const matches: KeyMatch[] = [];
  const held = new Map<string, SuppressedBy>();
  for (let at = 0; at <= keys.length; at += STEP) {
    const some = keys.slice(at, at + STEP);
    const found = await backend.store.matchKeys(actor.workspace, some, listId);
    if (found === 'list_not_found') return null;
    matches.push(...found);
    for (const { key, by } of await backend.store.matchSuppressed(actor.workspace, some)) held.set(nameOf(key), by);
    await letOthers();
  }
  const known = knownLeads(matches, held, optedOut, await linkedLeads(backend, actor, file, listId));
  return await runPlanner({ ...file, policy, findKnown: known });
}

/** The leads that rows are by their links, by line. */
async function linkedLeads(
  { store }: Backend,
  { workspace }: Actor,
  { linkedLeads: idsByLine = new Map() }: ReadFile,
  listId: string | null | undefined,
): Promise<ReadonlyMap<number, KnownLead>> {
  const ids = [...new Set(idsByLine.values())];
  const found = new Map<string, KnownLead>();
  for (let at = 0; at < ids.length; at += STEP) {
    const some = await store.matchLeads(workspace, ids.slice(at, at + STEP), listId);
    for (const each of some) found.set(each.id, { ...each, matchedOn: ['link'] });
    await letOthers();
  }
  return new Map([...idsByLine].flatMap(([line, id]) => toEntry(line, found.get(id))));
}

function toEntry<T>(line: number, known: T | undefined): readonly [number, T][] {
  return known === undefined ? [] : [[line, known]];
}

async function runPlanner(input: PlanInput): Promise<ImportPlan> {
  const planner = createPlanner(input);
  while (planner.step(STEP) < planner.total) await letOthers();
  return planner.finish();
}

function uniqueKeys(plan: ImportPlan): LeadKey[] {
  const keys = new Map<string, LeadKey>();
  for (const row of plan.rows) {
    if (!row.lead || row.decision === 'reject') continue;
    for (const key of askedKeys(row.lead)) keys.set(nameOf(key), key);
  }
  return [...keys.values()];
}

function knownLeads(
  matches: readonly KeyMatch[],
  held: ReadonlyMap<string, SuppressedBy>,
  optedOut: OptedOut | null,
  linked: ReadonlyMap<number, KnownLead>,
): NonNullable<PlanInput['findKnown']> {
  const leadsByKey = new Map(matches.map((match) => [nameOf(match.key), match.leads]));
  return (lead, keys, line) => {
    const listed = askedKeys(lead)
      .map((key) => held.get(nameOf(key)))
      .find((by) => by !== undefined);
    const suppressed = listed ?? (optedOut ? heldByFile(lead, optedOut) : undefined);
    const own = line === undefined ? undefined : linked.get(line);
    if (own) return { leads: [own], ...(suppressed ? { suppressed } : {}) };
    const found = new Map<string, KnownLead & { readonly matchedOn: MatchedOn[] }>();
    for (const key of keys) {
      for (const known of leadsByKey.get(nameOf(key)) ?? []) {
        const before = found.get(known.id);
        if (!before) found.set(known.id, { ...known, matchedOn: [key.kind] });
        else if (!before.matchedOn.includes(key.kind)) before.matchedOn.push(key.kind);
      }
    }
    return { leads: [...found.values()], ...(suppressed ? { suppressed } : {}) };
  };
}

function nameOf(key: LeadKey): string {
  return `${key.kind} ${key.value}`;
}
