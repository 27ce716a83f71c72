import { fail, ok } from '#shared/result.ts';
import type { CrmResult } from '../adapter.ts';
import { NOT_AN_ANSWER } from '../not-an-answer.ts';
import { isObject } from './objects.ts';
import { type Query, writeSoql } from './soql.ts';
import type { Org } from './transport.ts';

/** Query jobs of Bulk API 2.0: https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/query_create_job.htm */

const JOBS = '/jobs/query';
/** `failed`: also a job that somebody aborted, or that is of a state we do not know. */
export type JobState = 'running' | 'complete' | 'failed';
/** `next` finds the results after these, as long as the job is there; null: these were the last. */
export type JobResults = { readonly text: string; readonly rowCount: number | null; readonly next: string | null };

/** Starts a job and gives its id. Neither an order nor a limit: either would have Salesforce read all in one piece. */
export async function openJob(org: Org, query: Omit<Query, 'orderBy' | 'limit'>): Promise<CrmResult<string>> {
  const answer = await org.call({ method: 'POST', path: JOBS, body: { operation: 'query', query: writeSoql(query), ...FORMAT } });
  if (!answer.ok) return answer;
  const id = isObject(answer.value) ? answer.value.id : null;
  return typeof id === 'string' ? ok(id) : fail(NOT_AN_ANSWER);
}
const FORMAT = { contentType: 'CSV', columnDelimiter: 'COMMA', lineEnding: 'LF' };

const STATES: ReadonlyMap<unknown, JobState> = new Map([
  ['UploadComplete', 'running'],
  ['InProgress', 'running'],
  ['JobComplete', 'complete'],
]);

export async function readJobState(org: Org, id: string): Promise<CrmResult<JobState>> {
  const answer = await org.call({ method: 'GET', path: pathOf(id) });
  if (!answer.ok) return answer;
  return ok((isObject(answer.value) ? STATES.get(answer.value.state) : undefined) ?? 'failed');
}

/** At most so many rows of a job that is complete, from the start or where a former answer ended. */
export async function readJobResults(org: Org, id: string, locator: string | null, maxRows: number): Promise<CrmResult<JobResults>> {
  const from = locator === null ? '' : `&locator=${encodeURIComponent(locator)}`;
  const answer = await org.download(`${pathOf(id)}/results?maxRecords=${maxRows}${from}`);
  if (!answer.ok) return answer;
  const { text, headers } = answer.value;
  const next = headers.get('sforce-locator') ?? '';
  const count = Number(headers.get('sforce-numberofrecords') ?? Number.NaN);
  // The end is the word "null".
  return ok({ text, rowCount: Number.isInteger(count) ? count : null, next: next === '' || next === 'null' ? null : next });
}

/** A job that nobody will read: stopped where it still runs, and deleted. Where that fails Salesforce deletes it after a week. */
export async function dropJob(org: Org, id: string): Promise<void> {
  await org.call({ method: 'PATCH', path: pathOf(id), body: { state: 'Aborted' } });
  await org.call({ method: 'DELETE', path: pathOf(id) });
}

function pathOf(id: string): string {
  return `${JOBS}/${encodeURIComponent(id)}`;
}
