import type { CrmFailure } from '#shared/crm/failure.ts';
import { fail } from '#shared/result.ts';
import type { Crm, CrmResult, CrmUsage, NewRecord, WriteAnswer } from '../adapter.ts';
import type { SyncLimits } from './limits.ts';

/** How much of a run's calls may be gone when a stage still makes one: what is needed most stops last. */
const SHARES = { recover: 1, push: 1, pull: 0.9, sweep: 0.75, side: 0.5 } as const;
export type Stage = keyof typeof SHARES;

/** The code of a failure that is our own thrift, not the CRM's word. */
export const OWN_BUDGET = 'own_budget';
const SPENT: CrmFailure = { kind: 'rate_daily', code: OWN_BUDGET, message: '' };

export type Budget = {
  /** The CRM, which answers that the day's calls are spent once the stage has had its share. */
  readonly crm: Crm;
  enter(stage: Stage): void;
  calls(): number;
};

/** Calls of one run: at most its own ceiling, a share of what is left today, and never the last of the account's. */
export function createBudget(crm: Crm, limits: SyncLimits): Budget {
  const atStart = crm.usage();
  let cap = capOf(atStart, limits);
  let stage: Stage = 'recover';
  const calls = () => crm.usage().calls - atStart.calls;
  // What was known at the start may be old, or nothing: others use the account as well.
  const capNow = () => {
    const { leftToday, limitToday } = crm.usage();
    const told = leftToday === null ? null : capOf({ leftToday: leftToday + calls(), limitToday }, limits);
    if (told !== null) cap = Math.min(cap ?? told, told);
    return cap ?? limits.maxCalls;
  };
  // From its share on the CRM refuses by itself, and says until when.
  const isSpent = () => !isAtShare(crm.usage(), limits) && calls() + takenAtOnce(capNow()) > capNow() * SHARES[stage];
  const within =
    <A extends readonly unknown[], T>(call: (...args: A) => Promise<CrmResult<T>>) =>
    async (...args: A): Promise<CrmResult<T>> =>
      isSpent() ? fail(SPENT) : call(...args);
  const refuse = (items: readonly Pick<NewRecord, 'opId'>[]): readonly WriteAnswer[] =>
    items.map(({ opId }) => ({ kind: 'failed', opId, failure: SPENT }));
  const guarded: Crm = {
    ...crm,
    listRecords: within(crm.listRecords),
    listChanged: within(crm.listChanged),
    listGone: crm.listGone && within(crm.listGone),
    readRecords: within(crm.readRecords),
    findByKey: within(crm.findByKey),
    findByEmail: within(crm.findByEmail),
    readHistory: within(crm.readHistory),
    listSideItems: within(crm.listSideItems),
    findSideItems: within(crm.findSideItems),
    readSideItems: within(crm.readSideItems),
    sideLabelsMark: within(crm.sideLabelsMark),
    createRecords: async (type, items) => (isSpent() ? refuse(items) : crm.createRecords(type, items)),
    updateRecords: async (type, items) => (isSpent() ? refuse(items) : crm.updateRecords(type, items)),
    writeOptOuts: async (type, items) => (isSpent() ? refuse(items.map(({ id }) => ({ opId: id }))) : crm.writeOptOuts(type, items)),
    archiveRecords: async (type, ids) => (isSpent() ? refuse(ids.map((opId) => ({ opId }))) : crm.archiveRecords(type, ids)),
  };
  return {
    crm: guarded,
    enter(next) {
      stage = next;
    },
    calls,
  };
}

function isAtShare({ leftToday, limitToday }: CrmUsage, { accountShare }: SyncLimits): boolean {
  return leftToday !== null && limitToday !== null && limitToday - leftToday >= limitToday * accountShare;
}

/**
 * Calls that one work of a CRM may take, such as writing a few records each by itself: so many have to be left. Of a large
 * budget that is a twentieth, as a hundredth of all that is left today may go into asking about each of many records.
 */
function takenAtOnce(cap: number): number {
  return Math.max(1, Math.min(FEW_AT_ONCE, Math.floor(cap / 4)), Math.min(MANY_AT_ONCE, Math.floor(cap / 20)));
}
const FEW_AT_ONCE = 20;
const MANY_AT_ONCE = 250;

/** Null: the CRM has not said yet. */
function capOf({ leftToday, limitToday }: Pick<CrmUsage, 'leftToday' | 'limitToday'>, limits: SyncLimits): number | null {
  if (leftToday === null) return null;
  const untouchable = limitToday === null ? 0 : limitToday * (1 - limits.accountShare);
  return Math.min(limits.maxCalls, Math.floor(leftToday * limits.leftShare), Math.max(0, Math.floor(leftToday - untouchable)));
}
