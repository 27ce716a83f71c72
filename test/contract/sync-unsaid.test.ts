import { describe, expect, test } from 'vitest';
import type { CrmField } from '../../server/crm/adapter.ts';
import type { ValueType } from '../../shared/crm/record.ts';
import { ok } from '../../shared/result.ts';
import { keepInStep } from './run-in-step.ts';
import { PAIRS } from './sync-benches.ts';
import { inEveryStore } from './sync-suite.ts';

const ANN = { firstname: 'Ann', lastname: 'Lee', email: 'ann@example.com' } as const;
const SIZES = ['S', 'M'].map((value) => ({ value, label: value }));
const CHOICES: readonly ValueType[] = ['choice', 'choices'];

inEveryStore('values the CRM cannot hold', (suite) => {
  const open = async (valueType: ValueType) => {
    const inStep = keepInStep(suite().bench);
    const options = CHOICES.includes(valueType) ? { options: SIZES } : {};
    await inStep.tell({
      scopeOut: { kind: 'all' },
      pairs: PAIRS.map((pair) => (pair.id === 'size' ? { ...pair, valueType, ...options } : pair)),
    });
    return inStep;
  };
  const sizeOf = (value: string) => ({ customFields: [{ label: 'Size', value }] });
  const errors = async () => (await suite().errors()).map(({ stage, failure }) => [stage, failure.kind, failure.code, failure.field]);
  const UNSAID = ['push', 'validation', 'value_unsaid', 'size'];
  const field = (rest: Partial<CrmField>): CrmField => ({
    name: 'size',
    label: 'Size',
    valueType: 'choice',
    options: SIZES,
    isReadOnly: false,
    isRequired: false,
    isCustom: true,
    maxLength: null,
    ...rest,
  });

  describe('it is not sent, the error names the field, and the rest of the record goes', () => {
    test.each<[string, ValueType, string, string]>([
      ['a word for a checkbox', 'yesNo', 'true', 'gold'],
      ['a word for a number', 'number', '12', 'a dozen'],
      ['a word for a day', 'date', '2026-05-04', 'next week'],
      ['a day no calendar has', 'date', '2026-05-04', '2026-02-30'],
      ['a word for a moment', 'dateTime', '2026-05-04T10:00:00Z', 'at noon'],
    ])('%s', async (_, valueType, there, here) => {
      const { add, run, wait } = await open(valueType);
      const record = add({ ...ANN, size: there });
      await run();
      const [ann] = await suite().bench.leads();
      await suite().bench.editLead(ann?.id ?? '', { jobTitle: 'CTO', ...sizeOf(here) }, 1);
      const { counts } = await run();
      expect([counts.updatedThere, counts.errors, counts.conflicts]).toEqual([1, 1, 0]);
      expect([record.values.get('jobtitle'), record.values.get('size')]).toEqual(['CTO', there]);
      expect(await errors()).toEqual([UNSAID]);
      wait(48 * 60 * 60_000);
      expect((await run({ sweepsNow: true })).counts).toMatchObject({ updatedHere: 0, updatedThere: 0 });
      expect((await suite().bench.leads())[0]?.lead).toMatchObject(sizeOf(here));
    });

    test('of somebody who is made there', async () => {
      const { run, remote } = await open('yesNo');
      await suite().bench.addLead({ firstName: 'Bob', email: 'bob@example.com', ...sizeOf('gold') });
      expect((await run({ trigger: 'dry_run' })).counts).toMatchObject({ createdThere: 1, errors: 1 });
      expect((await run()).counts).toMatchObject({ createdThere: 1, errors: 1 });
      expect(remote.live().map(({ values }) => [values.get('firstname'), values.has('size')])).toEqual([['Bob', false]]);
      expect(await errors()).toEqual([UNSAID]);
    });

    test('nothing is sent where it is all there is, and what was corrected goes', async () => {
      const { add, run } = await open('yesNo');
      const record = add({ ...ANN, size: 'true' });
      await run();
      const [ann] = await suite().bench.leads();
      await suite().bench.editLead(ann?.id ?? '', sizeOf('gold'), 1);
      expect((await run()).counts).toMatchObject({ updatedThere: 0, errors: 1 });
      expect((await run()).counts.errors).toBe(0);
      await suite().bench.editLead(ann?.id ?? '', sizeOf('No'), 2);
      expect((await run()).counts).toMatchObject({ updatedThere: 1, errors: 0 });
      expect([record.values.get('size'), await errors()]).toEqual(['false', []]);
    });
  });

  describe('a text that is too long for its field there', () => {
    const openShort = async (rest: Partial<CrmField> = {}) => {
      const inStep = await open('text');
      const short = { ...inStep.crm, describe: async () => ok([field({ valueType: 'text', options: [], maxLength: 5, ...rest })]) };
      inStep.crm = { ...short, traits: { ...inStep.crm.traits, hasShortTexts: true } };
      return inStep;
    };
    test('stays here, is named, and the rest of the record goes; shortened it goes, too', async () => {
      const { add, run } = await openShort();
      const record = add({ ...ANN, size: 'small' });
      await run();
      const [ann] = await suite().bench.leads();
      await suite().bench.editLead(ann?.id ?? '', { jobTitle: 'CTO', ...sizeOf('smaller') }, 1);
      expect((await run()).counts).toMatchObject({ updatedThere: 1, errors: 1 });
      expect([record.values.get('jobtitle'), record.values.get('size')]).toEqual(['CTO', 'small']);
      expect(await errors()).toEqual([['push', 'validation', 'value_too_long', 'size']]);
      expect((await run({ sweepsNow: true })).counts).toMatchObject({ updatedHere: 0, updatedThere: 0, errors: 0 });
      await suite().bench.editLead(ann?.id ?? '', sizeOf('large'), 2);
      expect((await run()).counts).toMatchObject({ updatedThere: 1, errors: 0 });
      expect([record.values.get('size'), await errors()]).toEqual(['large', []]);
    });

    test.each<[string, Partial<CrmField>, boolean]>([
      ['is left out of a new record', {}, false],
      ['is sent all the same where no record can be made without it: then the CRM says so', { isRequired: true }, true],
    ])('%s', async (_, rest, isSent) => {
      const { run, remote } = await openShort(rest);
      await suite().bench.addLead({ firstName: 'Bob', email: 'bob@example.com', ...sizeOf('smaller') });
      expect((await run()).counts).toMatchObject({ createdThere: 1, errors: isSent ? 0 : 1 });
      expect(remote.live().map(({ values }) => [values.get('firstname'), values.has('size')])).toEqual([['Bob', isSent]]);
    });
  });

  describe('a choice that the map does not know', () => {
    test.each<[string, Partial<CrmField>, string, number]>([
      ['is not sent where the field takes none but its own', { isRestricted: true }, 'XL', 1],
      ['of several is not sent', { isRestricted: true, valueType: 'choices' }, 'S; XL', 1],
      ['is sent where the field takes any', {}, 'XL', 0],
      ['is sent where the CRM has it by now', { isRestricted: true, options: [...SIZES, { value: 'XL', label: 'XL' }] }, 'XL', 0],
    ])('%s', async (_, rest, value, count) => {
      const inStep = await open(rest.valueType ?? 'choice');
      inStep.crm = { ...inStep.crm, describe: async () => ok([field(rest)]) };
      const record = inStep.add({ ...ANN, size: 'S' });
      await inStep.run();
      const [ann] = await suite().bench.leads();
      await suite().bench.editLead(ann?.id ?? '', sizeOf(value), 1);
      expect((await inStep.run()).counts.errors).toBe(count);
      expect(record.values.get('size')).toBe(count === 0 ? value : 'S');
    });
  });
});
