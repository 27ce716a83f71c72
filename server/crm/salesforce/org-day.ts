import type { CrmFailure } from '#shared/crm/failure.ts';
import { ACCOUNT_SHARE } from '../limiter.ts';
import { isObject } from './objects.ts';

/** Calls of an org that all its apps have used, of those it may use in 24 hours. */
export type OrgUsage = { readonly used: number; readonly limit: number };
/** What is known of an org's day, from its own answers alone: whoever else calls it, be it another server of ours, is in them. */
export type OrgDay = {
  /** An answer came, with this `Sforce-Limit-Info`. Gives what it said; null where it said nothing that can be true, and then it counts. */
  readonly heard: (header: string | undefined) => OrgUsage | null;
  /** Says, at most once an hour, that no answer ever told: on the way to some orgs the header gets lost. */
  readonly mustAsk: () => boolean;
  /** What `GET /limits` answered. */
  readonly heardLimits: (body: unknown) => void;
  /** The org refused a call as there is none left. Gives the failure with the time until it is asked again. */
  readonly ended: (failure: CrmFailure) => CrmFailure;
  /** Why no call may go out now; null = one may. */
  readonly refuses: () => CrmFailure | null;
  /** Null: it has not said it yet, or too long ago. */
  readonly told: () => OrgUsage | null;
};

/** The day is the last 24 hours, and others use it too: what was told so long ago is asked for again, by one call. */
const TOLD_MS = 60 * 60 * 1_000;

export function makeOrgDay(now: () => number): OrgDay {
  let day: (OrgUsage & { readonly at: number }) | null = null;
  let endedAt: number | null = null;
  /** Whether answers came and none of them told. */
  let isSilent: boolean | null = null;
  let askedAt = Number.NEGATIVE_INFINITY;
  const today = () => (day && now() - day.at < TOLD_MS ? day : null);
  const rest = (since: number, said: Omit<CrmFailure, 'kind'>): CrmFailure => ({
    ...said,
    kind: 'rate_daily',
    retryAfterMs: Math.max(0, since + TOLD_MS - now()),
  });
  return {
    heard: (header) => {
      const usage = readUsage(header);
      if (usage) day = { ...usage, at: now() };
      else if (day) day = { ...day, used: day.used + 1 };
      isSilent = usage === null && isSilent !== false;
      return usage;
    },
    mustAsk: () => {
      if (isSilent !== true || now() - askedAt < TOLD_MS) return false;
      askedAt = now();
      return true;
    },
    heardLimits: (body) => {
      const usage = readLimits(body);
      if (usage) day = { ...usage, at: now() };
    },
    ended: (failure) => {
      endedAt = now();
      return rest(endedAt, failure);
    },
    refuses: () => {
      const told = today();
      if (told && told.used >= told.limit * ACCOUNT_SHARE)
        return rest(told.at, { code: 'SHARE_OF_DAY', message: `${told.used} of ${told.limit} calls of the day are used` });
      if (endedAt !== null && now() - endedAt < TOLD_MS) return rest(endedAt, { code: 'SHARE_OF_DAY', message: '' });
      return null;
    },
    told: today,
  };
}

/**
 * Reads `Sforce-Limit-Info: api-usage=18/5000, per-app-api-usage=17/250(appName=x)`:
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_api_usage.htm
 */
function readUsage(header: string | undefined): OrgUsage | null {
  const [, used, limit] = /(?:^|[\s,;])api-usage=(\d{1,12})\/(\d{1,12})(?=$|[\s,;])/.exec(header ?? '') ?? [];
  // No org has none; such a limit would stop us for good.
  return used === undefined || Number(limit) < 1 ? null : { used: Number(used), limit: Number(limit) };
}

/** `{"DailyApiRequests": {"Max": 5000, "Remaining": 4982}, …}`; whoever may not see an org's set-up is not told. */
function readLimits(body: unknown): OrgUsage | null {
  const daily = isObject(body) ? body.DailyApiRequests : null;
  const { Max, Remaining } = isObject(daily) ? daily : {};
  return typeof Max === 'number' && typeof Remaining === 'number' && Max >= 1 ? { used: Max - Remaining, limit: Max } : null;
}
