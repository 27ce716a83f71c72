import type { VendorAnswer } from '../access/ask-vendor.ts';
import type { CrmResult } from '../adapter.ts';

/** The clock of a portal, by which its days end. */
export type AccountClock = {
  /** Against UTC (ms) at a moment; null = not known. */
  readonly utcOffsetAt: (at: number) => number | null;
  /** Asks HubSpot where that is due. Never fails: an account that does not tell has no known clock. */
  readonly learn: (ask: () => Promise<CrmResult<VendorAnswer> | null>) => Promise<void>;
};

/** A portal's time zone changes hardly ever. */
const KEPT_MS = 24 * 60 * 60 * 1_000;
const AGAIN_MS = 60 * 60 * 1_000;

export function makeAccountClock(now: () => number): AccountClock {
  let offsetAt: ((at: number) => number) | null = null;
  let asksAt = 0;
  return {
    utcOffsetAt: (at) => offsetAt?.(at) ?? null,
    async learn(ask) {
      if (now() < asksAt) return;
      asksAt = now() + AGAIN_MS;
      const answer = await ask();
      if (!answer?.ok) return;
      // Whoever may not read it now may not in an hour.
      asksAt = now() + KEPT_MS;
      if (answer.value.status === 200) offsetAt = readOffset(answer.value.fields);
    },
  };
}

/** Of `GET /account-info/…/details`: the zone by its name, else its offset of today. */
function readOffset(fields: ReadonlyMap<string, unknown>): ((at: number) => number) | null {
  const zone = fields.get('timeZone');
  const named = typeof zone === 'string' ? offsetIn(zone) : null;
  const offsetMs = fields.get('utcOffsetMilliseconds');
  return named ?? (typeof offsetMs === 'number' && Number.isFinite(offsetMs) ? () => offsetMs : null);
}

/** The clock of a zone of the IANA's list against UTC (ms); null where this machine does not know the zone. */
function offsetIn(timeZone: string): ((at: number) => number) | null {
  try {
    const parts = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const;
    const format = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...parts });
    return (at) => {
      const told = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
      const of = (type: Intl.DateTimeFormatPartTypes) => told.get(type) ?? 0;
      const there = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
      return there - Math.floor(at / 1_000) * 1_000;
    };
  } catch {
    return null;
  }
}
