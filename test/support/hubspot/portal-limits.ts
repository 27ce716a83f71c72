import { tooMany } from './hubspot-errors.ts';

export type LimitSetup = {
  readonly perTenSeconds: number | null;
  /** Apps with OAuth have a limit for each second besides. */
  readonly perSecond: number | null;
  readonly searchPerSecond: number | null;
  readonly perDay: number | null;
  /** What answers tell service keys of the day, for portals behind something that spoils it. */
  readonly tellsDay: (max: number, left: number) => Readonly<Record<string, string>>;
};

/** The day's limit as HubSpot tells it. */
export function dayHeaders(max: number | string, left: number | string): Readonly<Record<string, string>> {
  return { 'X-HubSpot-RateLimit-Daily': String(max), 'X-HubSpot-RateLimit-Daily-Remaining': String(left) };
}

/** Counts calls as a portal does and refuses those beyond; null = never. */
export function makeLimits(now: () => number, setup: LimitSetup) {
  let recent: number[] = [];
  let searches: number[] = [];
  let today = 0;
  let { perDay } = setup;
  return {
    setup,
    callsToday: () => today,
    /** So many calls are left of the day, of which others have used more than half; null: as many as anybody needs. */
    leave: (calls: number | null) => {
      perDay = calls === null ? null : calls * 2.5;
      today = calls === null ? 0 : calls * 1.5;
    },
    /** Counts one call and gives the headers of its answer; throws the 429 of the policy that is used up. */
    count: (isSearch: boolean, isOAuth: boolean): Readonly<Record<string, string>> => {
      const at = now();
      recent = recent.filter((time) => time > at - 10_000);
      searches = searches.filter((time) => time > at - 1_000);
      if (perDay !== null && today >= perDay) throw tooMany('DAILY');
      if (isSearch && setup.searchPerSecond !== null && searches.length >= setup.searchPerSecond) throw tooMany('SECONDLY');
      const inSecond = recent.filter((time) => time > at - 1_000).length;
      if (setup.perSecond !== null && isOAuth && !isSearch && inSecond >= setup.perSecond) throw tooMany('SECONDLY');
      if (setup.perTenSeconds !== null && recent.length >= setup.perTenSeconds) throw tooMany('TEN_SECONDLY_ROLLING');
      today += 1;
      if (isSearch) {
        searches.push(at);
        return {}; // search answers carry none
      }
      recent.push(at);
      const max = setup.perTenSeconds ?? 100;
      const daily = perDay ?? 250_000;
      return {
        'X-HubSpot-RateLimit-Max': String(max),
        'X-HubSpot-RateLimit-Remaining': String(Math.max(0, max - recent.length)),
        'X-HubSpot-RateLimit-Interval-Milliseconds': '10000',
        ...(isOAuth
          ? {
              'X-HubSpot-RateLimit-Secondly': String(setup.perSecond ?? 11),
              'X-HubSpot-RateLimit-Secondly-Remaining': String(Math.max(0, (setup.perSecond ?? 11) - inSecond - 1)),
            }
          : setup.tellsDay(daily, Math.max(0, daily - today))),
      };
    },
  };
}
