import type { CrmFailure } from '#shared/crm/failure.ts';

/** Of what all apps of an account share in a window or a day, the part that may be gone before we make no call. */
export const ACCOUNT_SHARE = 0.8;

/** So many calls in any stretch of so many milliseconds. */
export type Rate = { readonly calls: number; readonly perMs: number };
/** What the CRM said of its limits with an answer; what is left out it did not say. */
export type TellsLimits = {
  readonly window?: { readonly max: number; readonly left: number; readonly perMs: number };
  readonly day?: { readonly limit: number; readonly left: number };
};
export type LimiterSetup<Bucket extends string> = {
  readonly rates: Readonly<Record<Bucket, Rate>>;
  /** Of what the account's integrations share in a window or a day, the part that may be gone before we stop. */
  readonly share: number;
  /** The account's clock against UTC (ms), as its day ends at its own midnight; null = not known, then any full hour may be its end. */
  readonly utcOffsetAt: (at: number) => number | null;
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
};

/** Spaces the calls of one account. One value serves every connection of the account. */
export type Limiter<Bucket extends string> = {
  /** Waits until a call may go out, and counts it; a failure means: not today. */
  readonly take: (bucket: Bucket) => Promise<CrmFailure | null>;
  readonly told: (bucket: Bucket, limits: TellsLimits) => void;
  /** No call of a bucket before so many milliseconds are over. */
  readonly hold: (bucket: Bucket, ms: number) => void;
  /** The day's calls are used up; gives the milliseconds until they may be new. */
  readonly endDay: () => number;
  readonly day: () => { readonly limit: number; readonly left: number } | null;
};

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** A limiter whose windows slide: the n-th call waits until the one `calls` before it is `perMs` old. */
export function makeLimiter<Bucket extends string>({ rates, share, utcOffsetAt, now, sleep }: LimiterSetup<Bucket>): Limiter<Bucket> {
  const buckets = new Map<Bucket, { rate: Rate; sent: number[]; heldUntil: number; at: number; turn: Promise<unknown> }>();
  let day: { readonly limit: number; readonly left: number; readonly endsAt: number } | null = null;

  const open = (name: Bucket) => {
    const known = buckets.get(name) ?? { rate: rates[name], sent: [], heldUntil: 0, at: 0, turn: Promise.resolve() };
    buckets.set(name, known);
    return known;
  };
  const untilMidnight = () => {
    const at = now();
    const offset = utcOffsetAt(at);
    if (offset === null) return HOUR_MS - (at % HOUR_MS);
    const waitMs = DAY_MS - ((at + offset) % DAY_MS);
    // The clock may be put forward or back before then.
    return waitMs + offset - (utcOffsetAt(at + waitMs) ?? offset);
  };
  const today = () => (day !== null && now() < day.endsAt ? day : null);

  async function waitFor(name: Bucket): Promise<CrmFailure | null> {
    const known = today();
    if (known && known.limit - known.left >= known.limit * share) return dayIsOver(untilMidnight());
    const bucket = open(name);
    const at = Math.max(now(), bucket.at); // a sleep counts in full, also where the clock stands still
    bucket.sent = bucket.sent.filter((time) => time > at - bucket.rate.perMs);
    const oldest = bucket.sent.at(-bucket.rate.calls);
    const goesAt = Math.max(at, bucket.heldUntil, oldest === undefined ? 0 : oldest + bucket.rate.perMs);
    if (goesAt > at) await sleep(goesAt - at);
    bucket.at = goesAt;
    bucket.sent.push(goesAt);
    // Not every answer tells how many are left after it.
    if (day !== null) day = { ...day, left: day.left - 1 };
    return null;
  }

  return {
    take: (name) => {
      const bucket = open(name);
      const turn = bucket.turn.then(() => waitFor(name));
      bucket.turn = turn;
      return turn;
    },
    told: (name, { window, day: told }) => {
      if (told) day = { ...told, endsAt: now() + untilMidnight() };
      if (!window || window.max < 1 || window.perMs < 1) return;
      const bucket = open(name);
      const ours = Math.max(1, Math.floor(window.max * share));
      bucket.rate = { calls: ours, perMs: window.perMs };
      // Others use the same window: a little patience, and it has slid on.
      if (window.left <= window.max - ours) bucket.heldUntil = Math.max(bucket.heldUntil, now() + window.perMs / 10);
    },
    hold: (name, ms) => {
      const bucket = open(name);
      bucket.heldUntil = Math.max(bucket.heldUntil, now() + ms);
    },
    endDay: () => {
      const waitMs = untilMidnight();
      day = { limit: today()?.limit ?? 0, left: 0, endsAt: now() + waitMs };
      return waitMs;
    },
    day: () => {
      const known = today();
      return known && known.limit > 0 ? { limit: known.limit, left: known.left } : null;
    },
  };
}

function dayIsOver(retryAfterMs: number): CrmFailure {
  return { kind: 'rate_daily', code: 'SHARE_OF_DAY', message: 'The part of the day’s calls that is ours is used', retryAfterMs };
}
