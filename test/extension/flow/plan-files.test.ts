import { expect, test } from 'vitest';
import { unguardFormula } from '#shared/lead/text.ts';
import { uniqueLabels } from '#shared/mapping/labels.ts';
import { buildPlan } from '#shared/plan/build-plan.ts';
import { readTable, readText } from '#shared/table/read-csv.ts';
import { writeCsv } from '#shared/table/write-csv.ts';
import { cleanedCsv, rejectedCsv } from '../../../extension/flow/plan-files.ts';
import { PAYLOADS } from '../../fixtures/formula-payloads.ts';
import { NAUGHTY } from '../../fixtures/naughty-strings/read-strings.ts';

const TEXTS = [...PAYLOADS, ...NAUGHTY].filter((text) => text.trim() !== '' && !text.includes('\0'));
const HEADERS = ['First name', 'Last name', 'Email', 'Phone', 'Text', '=1+1'];
const MAPPING = (['firstName', 'lastName', 'email', 'phone', 'notes'] as const).map((field, column) => ({ column, field }));
const POLICY = { onDuplicate: 'create', require: 'complete', defaultCountry: 'US', scope: 'list', overwriteFields: [] } as const;
const START = /^[=+\-@＝＋－＠\s]/;

async function again(file: Blob) {
  const table = readTable(new Uint8Array(await file.arrayBuffer()));
  if (!table.ok) throw new Error(table.error.code);
  return table.value;
}
function planOf(isGood: boolean) {
  const rows = TEXTS.map((text, index) => [
    'Ann',
    `L${index}`,
    isGood ? `a${index}@example.com` : 'none',
    `+1202555${1_000 + index}`,
    text,
    text,
  ]);
  const table = readText(writeCsv(HEADERS, rows, { guard: isGood }), { headerRow: 1 });
  if (!table.ok) throw new Error(table.error.code);
  const labels = uniqueLabels(HEADERS);
  return {
    table: table.value,
    plan: buildPlan({ table: table.value, labels, mapping: MAPPING, policy: POLICY, findKnown: () => ({ leads: [] }) }),
  };
}

test('in the cleaned file nothing begins like a formula but phones, and its texts are read as they were', async () => {
  const { rows } = await again(cleanedCsv(planOf(true).plan));
  expect(rows.map((row) => unguardFormula(row[4] ?? ''))).toEqual(TEXTS);
  for (const cell of rows.flat()) expect(/^\+\d{6,15}$/.test(cell) || !START.test(cell)).toBe(true);
});

test('in the file of rejected rows, too, and the own columns come first', async () => {
  const { table, plan } = planOf(false);
  const file = await again(rejectedCsv(table, plan, MAPPING));
  expect(file.headers.slice(0, 7)).toEqual(['First name', 'Last name', 'Email', 'Phone', 'Text', "'=1+1", 'leadline_import']);
  expect(file.rows.map((row) => unguardFormula(row[5] ?? ''))).toEqual(TEXTS.map(unguardFormula));
  for (const cell of file.rows.flat()) expect(/^\+\d{6,15}$/.test(cell) || !START.test(cell)).toBe(true);
});

test.each(["'=1+1", "''=1+1", '=1+1', "'+12025550123", "'- a", "'s-Hertogenbosch"])(
  'a rejected row whose cell is %j is mended into what it would have been at first',
  async (cell) => {
    const rows = (emails: string) => [['Ann', 'Lee', emails, '+12025550123', cell, cell]];
    const first = readText(writeCsv(HEADERS, rows('none')), { headerRow: 1 });
    if (!first.ok) throw new Error(first.error.code);
    const plan = (table: typeof first.value) =>
      buildPlan({ table, labels: uniqueLabels(HEADERS), mapping: MAPPING, policy: POLICY, findKnown: () => ({ leads: [] }) });
    const stored = plan(first.value);
    expect(stored.rows[0]).toMatchObject({ decision: 'reject', lead: { notes: unguardFormula(cell) } });
    const mended = await again(rejectedCsv(first.value, stored, MAPPING));
    expect(plan(mended).rows[0]?.lead?.notes).toBe(stored.rows[0]?.lead?.notes);
  },
);
