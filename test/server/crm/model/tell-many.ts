import fc from 'fast-check';
import { SYNC_RULES, type SyncRules } from '../../../../server/crm/sync/rules.ts';
import { ALL_MEMORY_RULES, type MemoryRules } from '../../../../server/store/memory/state.ts';
import { createMemorySyncStore } from '../../../../server/store/memory/sync-store.ts';
import type { ModelStore } from './settings.ts';
import { type CrmName, MAX_SETUP, MAX_STEP, readStory, type Story, setupIn, type Trait } from './story.ts';
import { tell } from './tell.ts';

/** A rule of the engine or of its store, by name. */
export type RuleName = keyof SyncRules | keyof MemoryRules;
export const RULE_NAMES: readonly RuleName[] = [...SYNC_RULES, ...(Object.keys(ALL_MEMORY_RULES) as readonly (keyof MemoryRules)[])]; // a literal: its keys are exactly these

/** Tells one story on a fresh store in memory, with rules switched off. */
export async function tellInMemory(story: Story, without: readonly RuleName[] = []): Promise<void> {
  const off = Object.fromEntries(without.map((name) => [name, false]));
  const { store, leads } = createMemorySyncStore(off);
  const made: ModelStore = { store, people: leads, workspace: 1, connection: 1 };
  await tell(story, made, off);
}

/** Numbers that make a story, the simpler ones first. */
const storyNumbers = (crm: CrmName, who: Pick<Story, Trait>) =>
  fc.tuple(
    fc.nat(MAX_SETUP).map((number) => setupIn(crm, number, who)),
    fc.array(
      fc.maxSafeNat().map((number) => number % MAX_STEP),
      { minLength: 1, maxLength: 12 },
    ),
  );

export type Found = { readonly stories: number; readonly broken: string | null; readonly numbers: readonly [number, number[]] | null };

/** What is told: how many stories, of which CRM, out of which seed, with what traits; `shrinks`: the first that goes wrong is made short. */
export type Telling = Pick<Story, Trait> & {
  readonly count: number;
  readonly seed: number;
  readonly crm?: CrmName;
  readonly shrinks?: boolean;
};

/** Tells stories until one breaks a promise. */
export function findBroken(telling: Telling, without: readonly RuleName[] = []): Promise<Found> {
  return findBrokenBy((story) => tellInMemory(story, without), telling);
}

/** The same with a teller of one's own. */
export async function findBrokenBy(
  teller: (story: Story) => Promise<void>,
  { count, seed, crm = 'hubspot', shrinks = true, ...who }: Telling,
): Promise<Found> {
  const told = fc.asyncProperty(storyNumbers(crm, who), ([setup, steps]) => teller(readStory(setup, steps)));
  const details = await fc.check(told, { numRuns: count, seed, endOnFailure: !shrinks });
  const { errorInstance, counterexample } = details;
  const broken = details.failed ? (errorInstance instanceof Error ? errorInstance.message : 'unknown') : null;
  return { stories: details.numRuns, broken, numbers: counterexample?.[0] ?? null };
}
