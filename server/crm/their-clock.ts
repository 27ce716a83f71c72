import type { Crm } from './adapter.ts';

/** A header tells whole seconds, and an answer is under way for a moment: less than this is no difference. */
const SLACK_MS = 5_000;

/** The CRM's clock against ours (ms), by the `Date` of an answer and the moment (ms) it came; null where it tells none. */
export function readClockOffset(date: string | undefined, at: number): number | null {
  const theirs = Date.parse(date ?? '');
  if (Number.isNaN(theirs)) return null;
  return Math.abs(theirs - at) < SLACK_MS ? 0 : theirs - at;
}

/** A moment of ours (ms) by the CRM's clock, as far as that is known by now. */
export function toTheirTime(crm: Pick<Crm, 'usage'>, at: number): number {
  return at + (crm.usage().clockOffsetMs ?? 0);
}

/** A moment of the CRM's (ms) by our clock, as far as that is known by now: what is newer is told by one clock. */
export function toOurTime(crm: Pick<Crm, 'usage'>, at: number): number {
  return at - (crm.usage().clockOffsetMs ?? 0);
}
