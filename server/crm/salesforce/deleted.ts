import type { RecordType } from '#shared/crm/record.ts';
import { fail, ok } from '#shared/result.ts';
import type { CrmResult, Gone, TimeWindow } from '../adapter.ts';
import { NOT_AN_ANSWER } from '../not-an-answer.ts';
import { isObject, OBJECTS, toMoment } from './objects.ts';
import type { Org } from './transport.ts';

const MINUTE_MS = 60_000;
/** The log reaches back so far, less an hour for clocks that differ. */
const LOG_MS = 15 * 24 * 60 * MINUTE_MS - 60 * MINUTE_MS;

/**
 * Ids of records that were deleted in a window, those merged into another among them. Salesforce reckons in whole minutes, at
 * least one, and its log reaches back as far as it says: it may have been cleared. While a long transaction is under way it covers
 * less than was asked.
 */
export async function listDeleted(org: Org, type: RecordType, window: TimeWindow, now: number): Promise<CrmResult<Gone>> {
  const from = toMinute(Math.max(window.from, now - LOG_MS));
  const to = Math.max(toMinute(window.to + MINUTE_MS), from + 2 * MINUTE_MS);
  const path = `/sobjects/${OBJECTS[type].name}/deleted/?start=${momentText(from)}&end=${momentText(to)}`;
  const answer = await org.call({ method: 'GET', path });
  if (!answer.ok) return answer;
  const records = isObject(answer.value) ? answer.value.deletedRecords : null;
  if (!Array.isArray(records)) return fail(NOT_AN_ANSWER);
  const earliest = toMoment(isObject(answer.value) ? answer.value.earliestDateAvailable : null) ?? 0;
  const ids = records.filter(isObject).flatMap(({ id }) => (typeof id === 'string' ? [id] : []));
  const covered = toMoment(isObject(answer.value) ? answer.value.latestDateCovered : null) ?? window.to;
  return ok({ ids, isWhole: window.from >= Math.max(earliest, now - LOG_MS), readTo: Math.min(window.to, covered) });
}

function toMinute(at: number): number {
  return Math.floor(at / MINUTE_MS) * MINUTE_MS;
}

function momentText(at: number): string {
  return encodeURIComponent(new Date(at).toISOString().replace('.000Z', '+00:00'));
}
