import type { ConflictRule, Direction } from '../../../../shared/crm/record.ts';

/** Which CRM a story happens in: by what it is like, not by its name on the wire. */
export type CrmName = 'hubspot' | 'salesforce';

/** What people do, on either side, at any moment. Numbers choose among what is there. */
export type Deed =
  | { readonly kind: 'add_here'; readonly email: number }
  | { readonly kind: 'add_there'; readonly email: number; readonly isLead: boolean }
  | { readonly kind: 'edit_here' | 'edit_there'; readonly who: number; readonly field: number; readonly clears: boolean }
  | { readonly kind: 'delete_here' | 'archive' | 'restore' | 'purge' | 'suppress' | 'opt_out'; readonly who: number }
  | { readonly kind: 'merge'; readonly who: number; readonly other: number }
  /** A lead becomes a contact: `into` 0 a new one, else one that is there. */
  | { readonly kind: 'convert'; readonly who: number; readonly into: number }
  /** A record is shared with whoever connected no more; or all are again. */
  | { readonly kind: 'hide' | 'share'; readonly who: number }
  /** An admin sets something of the connection: `lead`s there have a map of their own. */
  | { readonly kind: 'set_up'; readonly ofLeads: boolean; readonly change: Change };
/** What an admin changes: of the pair of the job title where it is, whose rule, who comes in, who may be made there, and what a removal takes along. */
export type Change =
  | { readonly kind: 'direction'; readonly to: Direction }
  | { readonly kind: 'move'; readonly to: TitleThere }
  | { readonly kind: 'drop' }
  | { readonly kind: 'rule'; readonly field: number; readonly to: ConflictRule }
  | { readonly kind: 'scope_in'; readonly isNarrow: boolean }
  | { readonly kind: 'scope_out'; readonly isOff: boolean }
  | { readonly kind: 'removals'; readonly removesLeads: boolean; readonly archivesThere: boolean };
/** The CRM's fields that may stand for a job title. */
export type TitleThere = (typeof TITLES_THERE)[number];
export const TITLES_THERE = ['jobTitle', 'role'] as const;
/** What happens in the middle of a run, at its n-th call of the store or of the CRM, or at the first one of a name. */
export type Event = { readonly at: number | string } & (
  | { readonly kind: 'deed'; readonly deed: Deed }
  | { readonly kind: 'crash'; readonly isDone: boolean }
  | { readonly kind: 'takeover' }
  | { readonly kind: 'fault'; readonly fault: 'lost' | 'never' | 'locked' }
  | { readonly kind: 'broken_merge' }
  /** What is asked next the CRM cannot answer just now. */
  | { readonly kind: 'unread' }
);
export type Step =
  | { readonly kind: 'run'; readonly events: readonly Event[]; readonly leftToday: number | null }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'deed'; readonly deed: Deed; readonly lagMs: number };
export type Story = {
  readonly rules: readonly [ConflictRule, ConflictRule];
  readonly removesLeads: boolean;
  readonly archivesThere: boolean;
  /** The CRM changes every job title that we write: into the same however often, or into something new each time. */
  readonly shouts: false | 'once' | 'louder';
  /** Absent: HubSpot. */
  readonly crm?: CrmName;
  /** Who refused here is told to the CRM. */
  readonly tellsOptOuts?: boolean;
  /** An admin changes the map, the scope and the rest while the story goes on. */
  readonly hasAdmin?: boolean;
  /** Records are hidden and shared again while it goes on. */
  readonly hides?: boolean;
  /** Now and then the CRM cannot answer a question of a run. */
  readonly hasOutages?: boolean;
  readonly steps: readonly Step[];
};

const RULES: readonly ConflictRule[] = ['crm', 'leadline', 'newest', 'crm_unless_blank', 'manual'];
const LAGS = [0, 5_000, 30_000];
const WAITS = [1_000, 15_000, 70_000];

/** Takes choices out of one number after the other: the smaller, the plainer. */
type Choose = (count: number) => number;
function chooser(seed: number): Choose {
  let rest = seed;
  return (count) => {
    const chosen = rest % count;
    rest = Math.floor(rest / count);
    return chosen;
  };
}

/** The largest number a step is read from. */
export const MAX_STEP = 2 ** 50;

/** Reads a story from numbers, so that the shorter and smaller ones are the simpler stories. */
export function readStory(setup: number, steps: readonly number[]): Story {
  const choose = chooser(setup);
  const rules = [RULES[choose(5)] ?? 'crm', RULES[choose(5)] ?? 'crm'] as const;
  const [removesLeads, archivesThere, shouting] = [choose(8) === 7, choose(8) === 7, choose(8)];
  const shouts = shouting === 7 ? 'once' : shouting === 6 ? 'louder' : false;
  const crm = CRM_NAMES[choose(2)] ?? 'hubspot';
  const tellsOptOuts = choose(4) === 3;
  const hasAdmin = choose(2) === 1;
  const hides = choose(2) === 1;
  const hasOutages = choose(2) === 1;
  const who = { crm, hasAdmin, hides, hasOutages };
  return { rules, removesLeads, archivesThere, shouts, ...who, tellsOptOuts, steps: steps.map((seed) => readStep(seed, who)) };
}
/** Who is in a story, by which its numbers are read. */
type Who = Required<Pick<Story, 'crm' | Trait>>;
/** What a kind of story has beside the plain ones. */
export type Trait = 'hasAdmin' | 'hides' | 'hasOutages';

/** The number of a setup in a CRM: stories written down before there was another, or a trait, keep their numbers. */
export function setupIn(crm: CrmName, number: number, { hasAdmin, hides, hasOutages }: Pick<Story, Trait> = {}): number {
  const [rest, tellsOptOuts] = [number % SETUPS, Math.floor(number / SETUPS)];
  const traits = (hasAdmin ? 4 : 0) + (hides ? 8 : 0) + (hasOutages ? 16 : 0);
  return rest + SETUPS * (CRM_NAMES.indexOf(crm) + CRM_NAMES.length * (tellsOptOuts + traits));
}
export const CRM_NAMES = ['hubspot', 'salesforce'] as const satisfies readonly CrmName[];
const SETUPS = 5 * 5 * 8 * 8 * 8;
/** The largest number a setup of a CRM is made from. */
export const MAX_SETUP = SETUPS * 4 - 1;

function readStep(seed: number, who: Who): Step {
  const choose = chooser(seed);
  const what = choose(10);
  if (what < 4) {
    const leftToday = choose(12) === 11 ? 4 + choose(4) * 12 : null;
    const events = Array.from({ length: choose(3) }, () => readEvent(choose, who));
    return { kind: 'run', events: events.sort((a, b) => Number(a.at) - Number(b.at)), leftToday };
  }
  if (what === 4) return { kind: 'wait', ms: WAITS[choose(3)] ?? 0 };
  return { kind: 'deed', deed: readDeed(choose, who), lagMs: LAGS[choose(3)] ?? 0 };
}

function readEvent(choose: Choose, who: Who): Event {
  const what = choose(12);
  const at = 1 + choose(40);
  if (what < 5) return { at, kind: 'deed', deed: readDeed(choose, who) };
  if (what < 8) return { at, kind: 'crash', isDone: choose(2) === 1 };
  if (what === 8) return { at, kind: 'takeover' };
  if (what === 9) return { at, kind: 'broken_merge' };
  if (what === 10 && who.hasOutages) return { at, kind: 'unread' };
  return { at, kind: 'fault', fault: (['lost', 'never', 'locked', 'lost'] as const)[choose(4)] ?? 'lost' };
}

function readDeed(choose: Choose, { crm, hasAdmin, hides }: Who): Deed {
  const kinds = crm === 'hubspot' ? 20 : 24;
  const known = kinds + (hasAdmin ? 6 : 0);
  const what = choose(hides ? known + 6 : known);
  if (what >= known) return { kind: what % 3 === 0 ? 'share' : 'hide', who: choose(3) };
  if (what >= kinds) return { kind: 'set_up', ofLeads: crm === 'salesforce' && choose(2) === 1, change: readChange(choose) };
  const who = choose(3);
  if (what < 3) return { kind: 'add_here', email: who };
  if (what < 6) return { kind: 'add_there', email: who, isLead: crm === 'salesforce' && choose(2) === 0 };
  if (what < 10) return { kind: 'edit_here', who, field: choose(2), clears: choose(6) === 5 };
  if (what < 14) return { kind: 'edit_there', who, field: choose(hasAdmin ? 3 : 2), clears: choose(6) === 5 };
  if (what === 14) return { kind: 'merge', who, other: choose(3) };
  if (what >= 20) return { kind: 'convert', who, into: choose(3) };
  return { kind: (['delete_here', 'archive', 'restore', 'purge', 'suppress', 'opt_out'] as const)[choose(6)] ?? 'archive', who };
}

function readChange(choose: Choose): Change {
  const what = choose(16);
  if (what < 6) return { kind: 'direction', to: DIRECTIONS[what % 4] ?? 'both' };
  if (what < 9) return { kind: 'move', to: TITLES_THERE[choose(2)] ?? 'role' };
  if (what === 9) return { kind: 'drop' };
  if (what < 12) return { kind: 'rule', field: choose(2), to: RULES[choose(5)] ?? 'crm' };
  if (what === 12) return { kind: 'scope_in', isNarrow: choose(2) === 0 };
  if (what < 15) return { kind: 'scope_out', isOff: what === 13 };
  return { kind: 'removals', removesLeads: choose(2) === 1, archivesThere: choose(2) === 1 };
}
const DIRECTIONS: readonly Direction[] = ['in', 'both', 'off', 'out'];
