import { MAX_CRM_CREATES } from '#shared/limits.ts';
import { ACCOUNT_SHARE } from '../limiter.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Every duration and number of keeping in step, each with its reason. Tests shorten them. */
export type SyncLimits = {
  /** A run that says nothing for so long is dead, and another may take its place. */
  readonly leaseMs: number;
  /** The longest a write may be under way: it is not sent when less is left of the lease. */
  readonly sendMs: number;
  /** Changes younger than this are not asked for yet: the CRM's index may not show them. */
  readonly lagMs: number;
  /** How far each window reaches back into the last one, for rows that showed late. */
  readonly overlapMs: number;
  /** How often every linked record is looked at: deletions, merges and conversions show in no list of changes. */
  readonly sweepMs: number;
  /** Errors of records are tried again after `retryMs`, then twice as long, up to `maxRetryMs`. */
  readonly retryMs: number;
  readonly maxRetryMs: number;
  /** A record locked so often in a row waits for a person. */
  readonly maxLocks: number;
  /** A value pushed twice in this time and changed back each time is not pushed again. */
  readonly bounceMs: number;
  /** Records that may go in one run before a person is asked: more than this many, or this share of those linked when more than `removeFloor`. */
  readonly maxRemoved: number;
  readonly removedShare: number;
  readonly removeFloor: number;
  /** Records in which one field may be emptied before a person is asked, where it is more than `removedShare` of those linked. */
  readonly maxCleared: number;
  /** New records that one run makes in the CRM before a person is asked. */
  readonly maxCreates: number;
  /** Calls of one run, and the share of what the CRM says is left today; the account is never used beyond `accountShare`. */
  readonly maxCalls: number;
  readonly leftShare: number;
  readonly accountShare: number;
  /** Leads in a page of those to push, links in a page of the sweep: one batch of either vendor. */
  readonly pageSize: number;
};

export const SYNC_LIMITS: SyncLimits = {
  leaseMs: MINUTE_MS,
  sendMs: 30 * SECOND_MS,
  lagMs: MINUTE_MS,
  overlapMs: 10 * MINUTE_MS,
  sweepMs: 24 * HOUR_MS,
  retryMs: MINUTE_MS,
  maxRetryMs: 6 * HOUR_MS,
  maxLocks: 3,
  bounceMs: 24 * HOUR_MS,
  maxRemoved: 25,
  removedShare: 0.1,
  removeFloor: 5,
  maxCleared: 25,
  maxCreates: MAX_CRM_CREATES,
  maxCalls: 20_000,
  leftShare: 0.25,
  accountShare: ACCOUNT_SHARE,
  pageSize: 100,
};

/** When a record is tried again that failed so often before (ms). */
export function retryAt(limits: SyncLimits, now: number, attempts: number): number {
  return now + Math.min(limits.maxRetryMs, limits.retryMs * 2 ** Math.min(attempts, 20));
}
