import { describe, expect, test } from 'vitest';
import type { Lead } from '#shared/lead/lead.ts';
import { buildPlan } from '#shared/plan/build-plan.ts';
import type { ChangedRows } from '#shared/plan/changed-row.ts';
import type { PlannedRow } from '#shared/plan/plan.ts';
import { printValue } from '#shared/plan/sheet-prints.ts';
import { policyOf, storedLead } from './plan-fixtures.ts';
import { type Person, SHEET_MAPPING, sheetOf } from './sheet-rows.ts';

const ANA: Person = { first: 'Ana', last: 'Ruiz', email: 'ana@example.com', phone: '+12025550101', company: 'Fern' };
const IMPORTED: Lead = { firstName: 'Ana', lastName: 'Ruiz', email: 'ana@example.com', phone: '+12025550101', companyName: 'Fern' };
const NEW_COMPANY = { ...ANA, company: 'Alder' };

/** The plan of a sheet with Ana alone, whose company has changed from Fern since she was imported. */
function planAna(stored: Lead | null, rule: ChangedRows['rule'], fields = ['companyName'], now: Person = NEW_COMPANY): PlannedRow {
  const changed = fields.map((field) => ({ field, was: printValue(IMPORTED, field) }));
  const plan = buildPlan({
    table: sheetOf([now]),
    mapping: [...SHEET_MAPPING, { column: 6, field: 'ignore' }],
    policy: policyOf('skip'),
    changedRows: { rule, fieldsByLine: new Map([[2, changed]]) },
    ...(stored ? { findKnown: () => ({ leads: [storedLead(stored, ['email', 'phone'])] }) } : {}),
  });
  const [row] = plan.rows;
  if (!row) throw new Error('the sheet has a row');
  return row;
}

describe('a row that has changed in its sheet', () => {
  test('replaces the field whose cell changed, though the import itself replaces nothing', () => {
    expect(planAna(IMPORTED, 'overwrite')).toMatchObject({
      decision: 'update',
      leadId: 'lead-1',
      leadVersion: 3,
      rule: { onDuplicate: 'overwrite', overwriteFields: ['companyName'] },
    });
  });

  test('replaces no other field, though the stored lead says something else there', () => {
    const stored = { ...IMPORTED, firstName: 'Anna' };
    expect(planAna(stored, 'overwrite').rule?.overwriteFields).toEqual(['companyName']);
  });

  test('leaves a field alone that somebody has edited since, and says so', () => {
    const row = planAna({ ...IMPORTED, companyName: 'By hand' }, 'overwrite');
    expect(row).toMatchObject({ decision: 'duplicate', problems: [{ code: 'edited_since', field: 'companyName', column: 4 }, {}] });
    expect(row.rule).toBeUndefined();
  });

  test('leaves a field alone that somebody has emptied since', () => {
    const { companyName: _, ...emptied } = IMPORTED;
    expect(planAna(emptied, 'overwrite').problems?.map(({ code }) => code)).toContain('edited_since');
  });

  test('writes the other changed fields of a lead one field of which was edited', () => {
    const now = { ...NEW_COMPANY, first: 'Anna' };
    const row = planAna({ ...IMPORTED, companyName: 'By hand' }, 'overwrite', ['firstName', 'companyName'], now);
    expect(row).toMatchObject({ decision: 'update', rule: { overwriteFields: ['firstName'] }, problems: [{ code: 'edited_since' }] });
  });

  test('has nothing to write where the lead says it already', () => {
    const row = planAna({ ...IMPORTED, companyName: 'Alder' }, 'overwrite');
    expect(row).toMatchObject({ decision: 'duplicate', problems: [{ code: 'duplicate_in_list' }] });
  });

  test('never empties a field: a cell that was emptied changes nothing', () => {
    const row = planAna(IMPORTED, 'overwrite', ['companyName'], { ...ANA, company: '' });
    expect(row).toMatchObject({ decision: 'duplicate', problems: [{ code: 'duplicate_in_list' }] });
  });

  test('only fills blanks where that is chosen', () => {
    expect(planAna(IMPORTED, 'fill').decision).toBe('duplicate');
    const { companyName: _, ...blank } = IMPORTED;
    expect(planAna(blank, 'fill')).toMatchObject({ decision: 'update', rule: { onDuplicate: 'fill', overwriteFields: [] } });
  });

  test('only fills blanks while nobody can be asked what is stored', () => {
    expect(planAna(null, 'overwrite')).toMatchObject({ decision: 'auto', rule: { onDuplicate: 'fill', overwriteFields: [] } });
  });

  test('is a new lead where there is none any more', () => {
    const plan = buildPlan({
      table: sheetOf([NEW_COMPANY]),
      mapping: SHEET_MAPPING,
      policy: policyOf('skip'),
      changedRows: { rule: 'overwrite', fieldsByLine: new Map([[2, [{ field: 'companyName', was: 1 }]]]) },
      findKnown: () => ({ leads: [] }),
    });
    expect(plan.rows).toMatchObject([{ decision: 'create' }]);
    expect(plan.rows[0]?.rule).toBeUndefined();
  });
});
