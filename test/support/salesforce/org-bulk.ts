import { isObject } from '../../../server/crm/salesforce/objects.ts';
import type { Org, OrgValue } from './org.ts';
import { restError } from './org-errors.ts';
import { runQuery } from './soql-engine.ts';

/** Query jobs of Bulk API 2.0, as strict as its reference: what it says not to ask for is refused. */
export type BulkJob = {
  readonly id: string;
  readonly query: string;
  readonly operation: string;
  readonly version: string;
  readonly createdAt: number;
  readonly columns: readonly string[];
  /** As they were when the job began, in no order to rely on. */
  readonly rows: readonly (readonly string[])[];
  aborted: boolean;
};
export type BulkHabits = {
  /** How long a job takes. */
  takesMs: number;
  /** `off`: the member may not use it · `fails`: jobs come to nothing · `full`: the day's jobs are used up. */
  works: 'on' | 'off' | 'fails' | 'full';
  /** Rows of one answer, whatever is asked. */
  maxRows: number;
  /** The names of the columns stand before every part of the results, or before the first alone. */
  repeatsHeader: boolean;
  /** The last row of every part is lost on its way. */
  cutsOff: boolean;
};

const OPTIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['operation', ['query', 'queryAll']],
  ['contentType', ['CSV']],
  ['columnDelimiter', ['COMMA']],
  ['lineEnding', ['LF']],
]);
const REFUSED = /\b(ORDER\s+BY|LIMIT\s+\d|GROUP\s+BY|OFFSET|COUNT\s*\()/i;
type Asked = { readonly org: Org; readonly url: URL; readonly body: unknown; readonly id: string };

export function openJob({ org, url, body }: Asked): Response {
  const { works } = org.habits.bulk;
  if (works === 'off') throw restError(400, 'FEATURENOTENABLED', 'Async API not enabled');
  if (works === 'full') throw restError(400, 'EXCEEDED_MAX_JOBS', 'The daily limit of query jobs is reached');
  if (!isObject(body) || typeof body.query !== 'string') throw restError(400, 'API_ERROR', 'query is needed');
  const { query, ...options } = body;
  for (const [name, value] of Object.entries(options))
    if (!OPTIONS.get(name)?.includes(String(value))) throw restError(400, 'API_ERROR', `unrecognised ${name}: ${String(value)}`);
  if (REFUSED.test(query.replace(/'(?:\\.|[^'\\])*'/g, "''"))) throw restError(400, 'API_ERROR', 'the query is not for a job');
  const { rows } = runQuery(org, query, options.operation === 'queryAll');
  const columns = (/^SELECT (.+?) FROM /i.exec(query)?.[1] ?? '').split(', ');
  const id = `750${String(org.jobs.size + 1).padStart(12, '0')}AAA`;
  const job: BulkJob = {
    id,
    query,
    operation: String(options.operation),
    version: versionOf(url),
    createdAt: org.now(),
    columns,
    rows: rows.map((row) => cellsOf(new Map(Object.entries(row).flatMap(toColumns)), columns)).reverse(),
    aborted: false,
  };
  org.jobs.set(id, job);
  return Response.json(infoOf(org, job));
}

export function readJob({ org, id }: Asked): Response {
  const job = need(org, id);
  return Response.json({
    ...infoOf(org, job),
    jobType: 'V2Query',
    numberRecordsProcessed: stateOf(org, job) === 'JobComplete' ? job.rows.length : 0,
    retries: 0,
    totalProcessingTime: 0,
  });
}

export function abortJob({ org, id, body }: Asked): Response {
  const job = need(org, id);
  if (!isObject(body) || body.state !== 'Aborted') throw restError(400, 'INVALIDJOBSTATE', 'a job can only be aborted');
  if (!isRunning(org, job)) throw restError(400, 'INVALIDJOBSTATE', `the job is ${stateOf(org, job)}`);
  job.aborted = true;
  return Response.json(infoOf(org, job));
}

export function deleteJob({ org, id }: Asked): Response {
  const job = need(org, id);
  if (isRunning(org, job)) throw restError(400, 'INVALIDJOBSTATE', 'a job that runs cannot be deleted');
  org.jobs.delete(id);
  return new Response(null, { status: 204 });
}

export function readResults({ org, url, id }: Asked): Response {
  const job = need(org, id);
  if (job.version !== versionOf(url)) throw restError(409, 'INVALIDVERSION', 'results are read by the version that made the job');
  const state = stateOf(org, job);
  if (state !== 'JobComplete') throw restError(412, 'JOB_NOT_COMPLETE', `Current status: ${state}`);
  const { maxRows, repeatsHeader, cutsOff } = org.habits.bulk;
  const locator = url.searchParams.get('locator');
  const from = locator === null ? 0 : Number(Buffer.from(locator, 'base64').toString());
  if (!Number.isInteger(from) || (locator !== null && (from <= 0 || from >= job.rows.length)))
    throw restError(400, 'INVALID_LOCATOR', 'invalid locator');
  const to = Math.min(job.rows.length, from + Math.min(maxRows, Number(url.searchParams.get('maxRecords') ?? maxRows)));
  const part = [...(from === 0 || repeatsHeader ? [job.columns] : []), ...job.rows.slice(from, cutsOff ? to - 1 : to)];
  const text = part.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n');
  const headers = {
    'Content-Type': 'text/csv; charset=UTF-8',
    'Sforce-NumberOfRecords': String(to - from),
    'Sforce-Locator': to < job.rows.length ? Buffer.from(String(to)).toString('base64').replace(/=+$/, '') : 'null',
  };
  return new Response(`${text}\n`, { headers });
}

function need(org: Org, id: string): BulkJob {
  const job = org.jobs.get(id);
  if (!job) throw restError(404, 'NOT_FOUND', 'The requested resource does not exist');
  return job;
}

function stateOf(org: Org, { aborted, createdAt }: BulkJob): string {
  const { takesMs, works } = org.habits.bulk;
  const age = org.now() - createdAt;
  if (aborted) return 'Aborted';
  if (age < takesMs) return age < takesMs / 4 ? 'UploadComplete' : 'InProgress';
  return works === 'fails' ? 'Failed' : 'JobComplete';
}

function isRunning(org: Org, job: BulkJob): boolean {
  return ['UploadComplete', 'InProgress'].includes(stateOf(org, job));
}

function infoOf(org: Org, job: BulkJob): object {
  return {
    id: job.id,
    operation: job.operation,
    object: /\bFROM (\w+)/.exec(job.query)?.[1] ?? null,
    createdById: '005000000000001AAA',
    createdDate: new Date(job.createdAt).toISOString().replace('Z', '+0000'),
    systemModstamp: new Date(job.createdAt).toISOString().replace('Z', '+0000'),
    state: stateOf(org, job),
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion: Number(job.version),
    lineEnding: 'LF',
    columnDelimiter: 'COMMA',
  };
}

/** A field over a relationship is a column, called as it was asked for. */
function toColumns([name, value]: [string, unknown]): readonly (readonly [string, OrgValue])[] {
  if (isObject(value) && typeof value.rawJSON === 'string') return [[name, value.rawJSON]];
  if (isObject(value)) return Object.entries(value).flatMap(([inner, each]) => toColumns([`${name}.${inner}`, each]));
  return [[name, value as OrgValue]]; // a row holds values, or rows
}

function cellsOf(row: ReadonlyMap<string, OrgValue>, columns: readonly string[]): readonly string[] {
  return columns.map((name) => toCell(row.get(name) ?? null));
}

/** Everything is text: moments end in Z, numbers keep a decimal, and there is no telling null from an empty text. */
function toCell(value: OrgValue): string {
  if (value === null) return '';
  if (typeof value === 'number') return Number.isInteger(value) ? `${value}.0` : String(value);
  return typeof value === 'string' ? value.replace(/^(\d{4}-\d\d-\d\dT[\d:.]+)\+0000$/, '$1Z') : String(value);
}

function versionOf({ pathname }: URL): string {
  return /\/v(\d+\.\d)\//.exec(pathname)?.[1] ?? '';
}
