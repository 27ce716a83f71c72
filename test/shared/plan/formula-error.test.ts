import { describe, expect, test } from 'vitest';
import { buildPlan } from '#shared/plan/build-plan.ts';
import type { ImportPolicy } from '#shared/plan/plan.ts';
import type { RepairStep } from '#shared/plan/repair.ts';
import { readSheetFile, writeSheetFile } from '#shared/table/read-sheet-file.ts';

const POLICY: ImportPolicy = {
  require: 'complete',
  defaultCountry: 'US',
  strictPhones: false,
  onDuplicate: 'skip',
  scope: 'list',
  overwriteFields: [],
};
const FIELDS = ['firstName', 'lastName', 'email', 'phone', 'companyName'] as const;
const MAPPING = FIELDS.map((field, column) => ({ column, field }));

async function planned(repair: readonly RepairStep[] = []) {
  const rows = [
    ['First', 'Last', 'Email', 'Phone', 'Company'],
    ['Ann', 'Lee', 'ann@example.com', '2125550101'],
    ['Bea', 'Lee', '', '2125550102', 'Acme'],
  ];
  const errors = [[1, 4, '#N/A'] as const, [2, 2, '#REF!'] as const];
  const origin = { spreadsheetId: 'abc', gid: 0, title: 'Webinar', tab: 'Leads' };
  const blob = writeSheetFile(origin, { firstRow: 1, rows, hidden: [], errors, mergedCells: 0 });
  const table = readSheetFile(new Uint8Array(await blob.arrayBuffer()));
  if (!table.ok) throw new Error(table.error.code);
  return buildPlan({ table: table.value, mapping: MAPPING, policy: POLICY, repair });
}

describe('an error of a formula', () => {
  test('is a blank with a warning where the field may be blank', async () => {
    const [ann] = (await planned()).rows;
    expect(ann?.decision).not.toBe('reject');
    expect(ann?.lead?.companyName).toBeUndefined();
    expect(ann?.problems).toEqual([{ code: 'formula_error', severity: 'warning', column: 4, text: '#N/A' }]);
  });
  test('is why a field that is needed is missing', async () => {
    const bea = (await planned()).rows[1];
    expect(bea?.decision).toBe('reject');
    expect(bea?.problems?.map(({ code }) => code)).toEqual(['email_missing', 'formula_error']);
  });
  test('is gone as soon as somebody fills the cell in', async () => {
    const { rows } = await planned([{ kind: 'edit', line: 3, column: 2, value: 'bea@example.com' }]);
    expect(rows[1]?.problems ?? []).toEqual([]);
    expect(rows[1]?.decision).not.toBe('reject');
  });
});
