import type { Lead, RawLead } from '../lead/lead.ts';
import { CHUNK_ROWS, MAX_COLUMNS } from '../limits.ts';
import { DECISIONS, type Decision, type PlannedRow, type RowRule, type SeenValue } from '../plan/plan.ts';
import { PROBLEMS, type Problem, type ProblemCode, type ProblemData, type Severity } from '../problems.ts';
import { fail, ok, type Result } from '../result.ts';
import type { Issue } from './json.ts';
import { isObject, readLead } from './read-lead.ts';

/** Rows are read by hand: a chunk of 1,000 costs less than its JSON.parse. */

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
const MAX_ISSUES = 20;
const MAX_PROBLEMS = 1_000;
const MAX_RULE_FIELDS = 2 * MAX_COLUMNS;
const decisions: ReadonlySet<unknown> = new Set(DECISIONS);
const severities: ReadonlySet<unknown> = new Set<Severity>(['error', 'warning', 'note']);
const DATA_KEY = /^[a-zA-Z]{1,32}$/;

/** Reads the body of a chunk: `{rows}`, 0 to 1,000 of them, each with its line and decision. */
export function readChunk(value: unknown): Result<{ readonly rows: readonly PlannedRow[] }, readonly Issue[]> {
  const rows = isObject(value) ? value.rows : undefined;
  if (!Array.isArray(rows) || rows.length > CHUNK_ROWS) return fail([{ path: 'rows', expected: `a list of at most ${CHUNK_ROWS} rows` }]);
  const issues: Issue[] = [];
  const read: PlannedRow[] = [];
  for (let index = 0; index < rows.length && issues.length < MAX_ISSUES; index++) read.push(readRow(rows[index], `rows[${index}]`, issues));
  return issues.length > 0 ? fail(issues.slice(0, MAX_ISSUES)) : ok({ rows: read });
}

function readRow(value: unknown, path: string, issues: Issue[]): PlannedRow {
  const row: Mutable<PlannedRow> = { line: 0, decision: 'auto' };
  if (!isObject(value)) {
    issues.push({ path, expected: 'an object' });
    return row;
  }
  if (isLine(value.line)) row.line = value.line;
  else issues.push({ path: `${path}.line`, expected: 'a line from 1' });
  if (isDecision(value.decision)) row.decision = value.decision;
  else if (value.decision !== undefined) issues.push({ path: `${path}.decision`, expected: `one of ${DECISIONS.join(', ')}` });
  if (value.leadId !== undefined && value.leadId !== null) {
    if (typeof value.leadId === 'string' && value.leadId.length <= 100) row.leadId = value.leadId;
    else issues.push({ path: `${path}.leadId`, expected: 'an id' });
  }
  if (value.leadVersion !== undefined && value.leadVersion !== null) {
    if (Number.isSafeInteger(value.leadVersion)) row.leadVersion = Number(value.leadVersion);
    else issues.push({ path: `${path}.leadVersion`, expected: 'a whole number' });
  }
  if (value.seen !== undefined && value.seen !== null) {
    const seen = readSeen(value.seen);
    if (seen) row.seen = seen;
    else issues.push({ path: `${path}.seen`, expected: 'a list of `field` and `value`' });
  }
  if (value.answered !== undefined && value.answered !== null) {
    if (value.answered === 'create' || value.answered === 'same') row.answered = value.answered;
    else issues.push({ path: `${path}.answered`, expected: 'one of create, same' });
  }
  if (value.rule !== undefined && value.rule !== null) {
    const rule = readRule(value.rule);
    if (rule) row.rule = rule;
    else issues.push({ path: `${path}.rule`, expected: '`onDuplicate`, fill or overwrite, and `overwriteFields`, a list of fields' });
  }
  if (value.lead !== undefined && value.lead !== null) row.lead = asLead(readLead(value.lead, `${path}.lead`, issues));
  if (value.problems !== undefined && value.problems !== null) row.problems = readProblems(value.problems, `${path}.problems`, issues);
  if (value.raw !== undefined && value.raw !== null) row.raw = readRaw(value.raw, `${path}.raw`, issues);
  return row;
}

function readSeen(value: unknown): readonly SeenValue[] | null {
  if (!Array.isArray(value) || value.length > MAX_RULE_FIELDS) return null;
  const seen = value.flatMap((one) =>
    isObject(one) && typeof one.field === 'string' && typeof one.value === 'string' ? [{ field: one.field, value: one.value }] : [],
  );
  return seen.length === value.length ? seen : null;
}

function readRule(value: unknown): RowRule | null {
  if (!isObject(value)) return null;
  const { onDuplicate, overwriteFields } = value;
  if (onDuplicate !== 'fill' && onDuplicate !== 'overwrite') return null;
  if (!Array.isArray(overwriteFields) || overwriteFields.length > MAX_RULE_FIELDS) return null;
  return overwriteFields.every((field) => typeof field === 'string') ? { onDuplicate, overwriteFields } : null;
}

function isLine(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 1;
}

function isDecision(value: unknown): value is Decision {
  return decisions.has(value);
}

/** A planned lead is already split and its tags are a list; what else comes is brought into that shape. */
function asLead(raw: RawLead): Lead {
  const { fullName: _, tags, ...lead } = raw;
  return tags === undefined ? lead : { ...lead, tags: typeof tags === 'string' ? [tags] : tags };
}

function readRaw(value: unknown, path: string, issues: Issue[]): readonly string[] {
  // A ragged row can be longer than its header; a chunk's bytes bound it.
  const isCells = Array.isArray(value) && value.every((cell) => typeof cell === 'string');
  if (!isCells) issues.push({ path, expected: 'a list of texts' });
  return isCells ? value : [];
}

function readProblems(value: unknown, path: string, issues: Issue[]): Problem[] {
  if (!Array.isArray(value) || value.length > MAX_PROBLEMS) {
    issues.push({ path, expected: `a list of at most ${MAX_PROBLEMS} problems` });
    return [];
  }
  const problems: Problem[] = [];
  for (const [index, entry] of value.entries()) {
    const problem = readProblem(entry);
    if (problem) problems.push(problem);
    else issues.push({ path: `${path}[${index}]`, expected: 'a problem: a known code, and field, column, text, data where they apply' });
  }
  return problems;
}

function readProblem(value: unknown): Problem | null {
  if (!isObject(value) || !isProblemCode(value.code)) return null;
  const { code, severity = PROBLEMS[code], field, column, text, data } = value;
  if (!isSeverity(severity) || !isTextOrAbsent(field) || !isTextOrAbsent(text)) return null;
  if (column !== undefined && !Number.isSafeInteger(column)) return null;
  if (data !== undefined && !isObject(data)) return null;
  return {
    code,
    severity,
    ...(field === undefined ? {} : { field }),
    ...(column === undefined ? {} : { column: Number(column) }),
    ...(text === undefined ? {} : { text }),
    ...(data === undefined ? {} : { data: readData(data) }),
  };
}

/** Only plain names are kept as keys: a label or a header never becomes one. */
function readData(data: Readonly<Record<string, unknown>>): ProblemData {
  const kept = Object.entries(data).filter(
    (entry): entry is [string, string | number] =>
      DATA_KEY.test(entry[0]) && (typeof entry[1] === 'string' || typeof entry[1] === 'number'),
  );
  return Object.fromEntries(kept);
}

function isProblemCode(value: unknown): value is ProblemCode {
  return typeof value === 'string' && Object.hasOwn(PROBLEMS, value);
}

function isSeverity(value: unknown): value is Severity {
  return severities.has(value);
}

function isTextOrAbsent(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string';
}
