import { describe, expect, test } from 'vitest';
import { chunkBody } from '#shared/api/imports.ts';
import { readChunk } from '#shared/api/read-chunk.ts';
import { CHUNK_ROWS } from '#shared/limits.ts';

const ROWS = [
  {
    line: 2,
    decision: 'create',
    lead: { firstName: 'Ann', email: 'ann@example.com', tags: ['a'], customFields: [{ label: 'City', value: 'Ulm' }] },
  },
  {
    line: 3,
    decision: 'update',
    leadId: 'abc',
    leadVersion: 4,
    seen: [{ field: 'companyName', value: 'Old & Co' }],
    answered: 'same',
    lead: { companyName: 'Acme' },
  },
  {
    line: 4,
    decision: 'reject',
    problems: [{ code: 'email_no_at', severity: 'error', field: 'email', column: 2, text: 'ann', data: { line: 7, suggestion: 'x' } }],
    raw: ['Ann', '', 'x', 'a cell too many'],
  },
  { line: 5, decision: 'blank' },
] as const;

describe('a chunk is read row by row', () => {
  test('every part of a row comes through', () => {
    expect(readChunk({ rows: ROWS })).toEqual({ ok: true, value: { rows: ROWS } });
  });
  test('the reader by hand and the schema of the reference agree', () => {
    expect(chunkBody.parse({ rows: ROWS })).toEqual({ rows: ROWS });
  });
  test('a problem without a severity has the usual one', () => {
    const read = readChunk({ rows: [{ line: 3, decision: 'reject', problems: [{ code: 'email_no_at', field: 'email', text: 'ann' }] }] });
    expect(read.ok && read.value.rows[0]?.problems).toEqual([{ code: 'email_no_at', severity: 'error', field: 'email', text: 'ann' }]);
  });
  test('a row nobody decided is decided by the server', () => {
    const read = readChunk({ rows: [{ line: 2, lead: { email: 'a@b.c' } }] });
    expect(read.ok && read.value.rows[0]?.decision).toBe('auto');
  });
  test('unknown fields are ignored, and no label ever becomes a key of a problem', () => {
    const read = readChunk(
      JSON.parse(
        '{"rows":[{"line":2,"decision":"blank","x":1,"problems":[{"code":"suppressed","data":{"__proto__":"a","First name":"b","line":3,"z":[1]}}]}],"y":2}',
      ),
    );
    expect(read.ok && read.value.rows[0]).toEqual({
      line: 2,
      decision: 'blank',
      problems: [{ code: 'suppressed', severity: 'note', data: { line: 3 } }],
    });
  });
});

describe('a chunk that is no chunk is refused with the place', () => {
  test.each([
    ['no rows', {}, 'rows'],
    ['rows that are no list', { rows: {} }, 'rows'],
    ['more rows than a chunk has', { rows: Array(CHUNK_ROWS + 1).fill({ line: 2, decision: 'blank' }) }, 'rows'],
    ['a row that is a text', { rows: ['x'] }, 'rows[0]'],
    ['line 0', { rows: [{ line: 0, decision: 'blank' }] }, 'rows[0].line'],
    ['half a line', { rows: [{ line: 1.5, decision: 'blank' }] }, 'rows[0].line'],
    ['a decision nobody knows', { rows: [{ line: 2, decision: 'delete' }] }, 'rows[0].decision'],
    ['a lead id that is a number', { rows: [{ line: 2, decision: 'update', leadId: 7 }] }, 'rows[0].leadId'],
    ['a seen value without its field', { rows: [{ line: 2, decision: 'update', seen: [{ value: 'x' }] }] }, 'rows[0].seen'],
    ['a version that is a text', { rows: [{ line: 2, decision: 'update', leadVersion: '7' }] }, 'rows[0].leadVersion'],
    ['an object in a lead', { rows: [{ line: 2, decision: 'create', lead: { email: {} } }] }, 'rows[0].lead.email'],
    ['a problem nobody knows', { rows: [{ line: 2, decision: 'reject', problems: [{ code: 'hasOwnProperty' }] }] }, 'rows[0].problems[0]'],
    [
      'a problem whose text is an object',
      { rows: [{ line: 2, decision: 'reject', problems: [{ code: 'nobody', text: {} }] }] },
      'rows[0].problems[0]',
    ],
    ['original cells that are no texts', { rows: [{ line: 2, decision: 'reject', raw: [1] }] }, 'rows[0].raw'],
    ['null', null, 'rows'],
  ])('%s', (_, body, path) => {
    const read = readChunk(body);
    expect(read.ok ? [] : read.error.map((issue) => issue.path)).toEqual([path]);
  });
  test('a chunk full of nonsense is told in twenty places, not a thousand', () => {
    const read = readChunk({ rows: Array(CHUNK_ROWS).fill('x') });
    expect(read.ok ? 0 : read.error.length).toBe(20);
  });
});
