import { describe, expect, it } from 'vitest';
import { checkLead, hasError } from '#shared/lead/check-lead.ts';
import type { CheckPolicy, RawLead } from '#shared/lead/lead.ts';
import { MAX_CELL_BYTES } from '#shared/limits.ts';

const COMPLETE: CheckPolicy = { require: 'complete', defaultCountry: 'US' };
const ANN: RawLead = { firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com', phone: '2025550123' };

const check = (raw: RawLead) => checkLead(raw, COMPLETE);
const isRejected = (raw: RawLead) => hasError(check(raw).problems);

describe('custom fields are an ordered list of labels and values', () => {
  it('any text is a label, repeated labels are numbered, blank values go', () => {
    const labels = ['__proto__', 'constructor', 'toString', 'Country', 'Country', 'Country', ' ', '<script>'];
    const { lead } = check({ ...ANN, customFields: [...labels.map((label) => ({ label, value: 'x' })), { label: 'Empty', value: ' ' }] });
    expect(lead.customFields?.map((custom) => custom.label)).toEqual([
      '__proto__',
      'constructor',
      'toString',
      'Country',
      'Country #2',
      'Country #3',
      'Unnamed',
      '<script>',
    ]);
    expect(Object.getPrototypeOf(lead)).toBe(Object.prototype);
    expect({}).not.toHaveProperty('x');
  });

  it('a text that does not fit its type stays as it is, with a warning', () => {
    const age = { label: 'Age', value: 'about 40', type: 'number' } as const;
    const { lead, problems } = check({ ...ANN, customFields: [age, { label: 'Since', value: '2024-03-05', type: 'date' }] });
    expect(lead.customFields?.[0]).toEqual(age);
    expect(problems).toEqual([
      { code: 'custom_type_mismatch', severity: 'warning', field: 'Age', text: 'about 40', data: { label: 'Age', type: 'number' } },
    ]);
  });

  it('a date that does not say which day it is stays as it is, with a warning', () => {
    const since = { label: 'Since', value: '30/02/2025', type: 'date' } as const;
    const { lead, problems } = check({ ...ANN, customFields: [since] });
    expect(lead.customFields).toEqual([since]);
    expect(problems).toEqual([{ code: 'date_unclear', severity: 'warning', field: 'Since', text: '30/02/2025', data: { label: 'Since' } }]);
  });

  it('200 of them are no trouble', () => {
    const customFields = Array.from({ length: 200 }, (_, index) => ({ label: `Column ${index % 100}`, value: String(index) }));
    expect(new Set(check({ ...ANN, customFields }).lead.customFields?.map((custom) => custom.label)).size).toBe(200);
  });

  it('a kept text never takes the label of another value', () => {
    const { lead } = check({ ...ANN, altPhone1: 'abc', customFields: [{ label: 'Alternate phone 1 (original)', value: 'older' }] });
    expect(lead.customFields).toEqual([
      { label: 'Alternate phone 1 (original)', value: 'older' },
      { label: 'Alternate phone 1 (original) #2', value: 'abc' },
    ]);
  });
});

describe('a cell over the size limit rejects its row', () => {
  const big = 'x'.repeat(MAX_CELL_BYTES + 1);
  it.each([
    [{ notes: big }, 'notes'],
    [{ companyName: big }, 'companyName'],
    [{ tags: big }, 'tags'],
    [{ altPhone1: big }, 'altPhone1'],
    [{ customFields: [{ label: 'Bio', value: big }] }, 'Bio'],
  ])('whichever it is (%#)', (extra, field) => {
    const { lead, problems } = check({ ...ANN, ...extra });
    expect(problems).toEqual([
      expect.objectContaining({
        code: 'cell_too_large',
        severity: 'error',
        field,
        data: { bytes: MAX_CELL_BYTES + 1, limit: MAX_CELL_BYTES },
      }),
    ]);
    expect(JSON.stringify({ lead, problems }).length).toBeLessThan(2_000);
  });

  it('bytes are counted, not letters', () => {
    expect(isRejected({ ...ANN, notes: 'x'.repeat(MAX_CELL_BYTES) })).toBe(false);
    expect(isRejected({ ...ANN, notes: '山'.repeat(Math.floor(MAX_CELL_BYTES / 3)) })).toBe(false);
    expect(isRejected({ ...ANN, notes: '山'.repeat(Math.ceil(MAX_CELL_BYTES / 3) + 1) })).toBe(true);
  });
});

it('NULs are taken out, with a warning', () => {
  const { lead, problems } = check({ ...ANN, companyName: 'Fern\0hill', customFields: [{ label: 'City', value: 'Pa\0ris' }] });
  expect(lead).toMatchObject({ companyName: 'Fernhill', customFields: [{ label: 'City', value: 'Paris' }] });
  expect(problems.map((found) => [found.code, found.field])).toEqual([
    ['nul_removed', 'companyName'],
    ['nul_removed', 'City'],
  ]);
});
