import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHUNK_ROWS, CHUNK_TARGET_BYTES } from '#shared/limits.ts';
import { buildPlan } from '#shared/plan/build-plan.ts';
import { jsonBytes, MAX_ROW_BYTES } from '#shared/plan/fit-row.ts';
import type { PlannedRow } from '#shared/plan/plan.ts';
import { splitChunks } from '#shared/plan/split-chunks.ts';
import { tableOf } from '../../support/table-of.ts';
import { ANN, policyOf } from './plan-fixtures.ts';

const rowAt = (line: number, notes = 'met at the fair'): PlannedRow => ({ line, decision: 'auto', lead: { ...ANN, notes } });
const bytesOf = (text: string) => new TextEncoder().encode(text).length;
const linesOf = (rows: readonly PlannedRow[]) => rows.map(({ line }) => line);

describe('a plan is cut into chunks', () => {
  test('of at most 1,000 rows, numbered from 0, every row once and in order', () => {
    const rows = Array.from({ length: 2_500 }, (_, i) => rowAt(i + 2));
    const chunks = [...splitChunks(rows)];
    expect(chunks.map(({ seq, rows: own }) => [seq, own.length])).toEqual([
      [0, CHUNK_ROWS],
      [1, CHUNK_ROWS],
      [2, 500],
    ]);
    expect(chunks.flatMap((chunk) => linesOf(chunk.rows))).toEqual(linesOf(rows));
  });
  test('of at most 900 kB, counted in UTF-8', () => {
    const rows = Array.from({ length: 200 }, (_, i) => rowAt(i + 2, '東京'.repeat(5_000)));
    const chunks = [...splitChunks(rows)];
    expect(chunks.length).toBeGreaterThan(5);
    for (const { body } of chunks) expect(bytesOf(body)).toBeLessThanOrEqual(CHUNK_TARGET_BYTES);
    expect(bytesOf(chunks[0]?.body ?? '')).toBeGreaterThan(CHUNK_TARGET_BYTES * 0.9);
    expect(chunks.flatMap((chunk) => linesOf(chunk.rows))).toEqual(linesOf(rows));
  });
  test('the body is the rows', () => {
    for (const { rows, body } of splitChunks([rowAt(2), rowAt(3)])) expect(JSON.parse(body)).toEqual({ rows });
  });
  test('the same rows give the same bytes', () => {
    const rows = [rowAt(2), rowAt(3, '')];
    expect([...splitChunks(rows)]).toEqual([...splitChunks(rows)]);
  });
  test('no rows make no chunk', () => expect([...splitChunks([])]).toEqual([]));
});

describe('what travels', () => {
  const full = { line: 2, leadId: 'x', leadVersion: 3, lead: ANN, problems: [], raw: ['Ann'] };
  const sent = (decision: PlannedRow['decision']) => Object.keys([...splitChunks([{ ...full, decision }])][0]?.rows[0] ?? {});
  test('the lead of rows the server may write or answer for', () => {
    for (const decision of ['create', 'update', 'add', 'auto', 'duplicate'] as const)
      expect(sent(decision)).toEqual(['line', 'decision', 'leadId', 'leadVersion', 'lead']);
  });
  test('lead and cells of rows somebody decides', () =>
    expect(sent('review')).toEqual(['line', 'decision', 'leadId', 'leadVersion', 'lead', 'raw']));
  test('the cells of rejected rows', () => expect(sent('reject')).toEqual(['line', 'decision', 'leadId', 'leadVersion', 'raw']));
  test('of a suppressed row nothing but the entry that holds it', () => {
    const problems = [
      { code: 'phone_doubtful', severity: 'warning', text: '+1234567890' },
      { code: 'suppressed', severity: 'note', data: { entry: 'example.com' } },
    ] as const;
    const [chunk] = splitChunks([{ ...full, decision: 'suppress', problems }]);
    expect(chunk?.rows[0]).toMatchObject({ problems: [{ code: 'suppressed' }] });
    expect(chunk?.body).not.toMatch(/ann@|\+1234567890/);
  });
});

describe('a row too large for a chunk', () => {
  const huge = 'x'.repeat(30_000);
  const wide = Array.from({ length: 60 }, () => huge);
  const headers = wide.map((_, i) => `Column ${i}`);
  const mapping = headers.map((label, column) => ({ column, field: 'custom', label }) as const);
  const plan = buildPlan({ table: tableOf(headers, [wide]), mapping, policy: policyOf('skip', { require: 'any' }) });
  test('is rejected in the plan already, with shortened cells', () => {
    expect(plan.summary.invalid).toBe(1);
    const [row] = plan.rows;
    expect(row?.problems?.at(-1)).toMatchObject({ code: 'row_too_large', severity: 'error', data: { limit: MAX_ROW_BYTES } });
    expect(row?.raw).toHaveLength(60);
    expect(jsonBytes(JSON.stringify(row))).toBeLessThan(MAX_ROW_BYTES / 2);
  });
  test('is rejected at the latest when it is sent', () => {
    const row: PlannedRow = { line: 2, decision: 'auto', lead: { ...ANN, notes: 'é'.repeat(500_000) } };
    const [chunk] = splitChunks([row, rowAt(3)]);
    expect(chunk?.rows.map(({ decision }) => decision)).toEqual(['reject', 'auto']);
  });
  test('a cell of 10 MB is an error of its row, and the row still fits', () => {
    const cells = ['Ann', 'Lee', 'ann@example.com', '2025550123', 'x'.repeat(10_000_000)];
    const five = [...(['firstName', 'lastName', 'email', 'phone', 'notes'] as const)].map((field, column) => ({ column, field }));
    const big = buildPlan({ table: tableOf(['F', 'L', 'E', 'P', 'N'], [cells]), mapping: five, policy: policyOf() });
    expect(big.rows[0]?.problems?.map(({ code }) => code)).toEqual(['cell_too_large', 'row_too_large']);
    expect(bytesOf([...splitChunks(big.rows)][0]?.body ?? '')).toBeLessThan(100_000);
  });
  test('a shortened cell is never cut inside a character', () => {
    const cells = Array.from({ length: 60 }, () => `x${'😀'.repeat(15_000)}`);
    const [row] = buildPlan({ table: tableOf(headers, [cells]), mapping, policy: policyOf('skip', { require: 'any' }) }).rows;
    expect(row?.decision).toBe('reject');
    for (const cell of row?.raw ?? []) expect(cell.isWellFormed()).toBe(true);
  });
});

test('bytes are counted as UTF-8 has them, for every text JSON can write', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 50 }), (text) => {
      const json = JSON.stringify(text);
      expect(jsonBytes(json)).toBe(bytesOf(json));
    }),
  );
});
