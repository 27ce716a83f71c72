import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdsLongNumbers, parseExactly } from '../../../../server/crm/salesforce/exact-json.ts';
import { readAll, unwrap, valuesOf } from '../../../support/crm-answers.ts';
import { ANN, openConnectedOrg } from '../../../support/salesforce/connected-org.ts';
import { ALL, openOrg } from '../../../support/salesforce/open-org.ts';

const LONG = ['12345678901234567.89', '9007199254740993', '-0.12345678901234567', '123456789012345678', '1.2345678901234567891E16'];

describe('a number of more figures than JavaScript has', () => {
  test.each(LONG)('%s is read to the last one, however it is read', async (number) => {
    const org = await openOrg({ batchSize: 1 });
    try {
      const ids = [1, 2].map(() => org.fake.people.addLead({ LastName: 'Lee', Email: 'lee@example.com', Budget__c: number }));
      const fields = ['Budget__c'];
      const told = [
        ...(await readAll((page) => org.crm.listRecords('lead', ALL, fields, page))),
        ...unwrap(await org.crm.readRecords('lead', ids, fields)).flatMap((answer) => (answer.kind === 'found' ? [answer.record] : [])),
        ...unwrap(await org.crm.findByEmail('lead', ['lee@example.com'], fields)),
      ];
      org.fake.org.habits.countsAs = 51_000;
      told.push(...(await readAll((page) => org.crm.listRecords('lead', ALL, fields, page))));
      expect(org.fake.org.jobs.size).toBe(1);
      expect(new Set(told.map(({ values }) => values.get('Budget__c')))).toEqual(new Set([number]));
      expect(told).toHaveLength(8);
    } finally {
      await org.fake.stop();
    }
  });

  test('comes in as it is, and what else is edited is written without it', async () => {
    const org = await openConnectedOrg();
    try {
      const known = org.fake.people.addLead({ ...ANN, Budget__c: LONG[0] ?? '' });
      await org.post('/import');
      const ann = await org.lead('ann@example.com');
      expect(ann.customFields).toContainEqual({ label: 'Budget', value: LONG[0] });
      await org.server.send('PATCH', `/api/leads/${ann.id}`, { jobTitle: 'Director' });
      expect(await org.sync()).toMatchObject({ there: { updated: 1 }, conflicts: 0, errors: 0 });
      expect(await org.sync()).toMatchObject({ here: { updated: 0 }, there: { updated: 0 } });
      expect(org.fake.people.read(known)).toMatchObject({ Title: 'Director', Budget__c: LONG[0] });
    } finally {
      await org.stop();
    }
  });

  test('that would be written as another is refused, and nothing is sent', async () => {
    const org = await openOrg();
    try {
      const id = org.fake.people.addLead({ LastName: 'Lee' });
      await org.crm.describe('lead');
      org.fake.requests.length = 0;
      for (const number of LONG)
        expect(await org.crm.updateRecords('lead', [{ opId: 'a', id, values: valuesOf({ Budget__c: number }) }])).toMatchObject([
          { failure: { kind: 'validation', code: 'WRONG_TYPE', field: 'Budget__c' } },
        ]);
      expect(org.fake.requests).toEqual([]);
    } finally {
      await org.fake.stop();
    }
  });
});

test('whatever else an answer holds stays what it is', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      expect(parseExactly(json)).toEqual(JSON.parse(json));
    }),
    { numRuns: 500 },
  );
});

test('a number is never another than it is written', () => {
  const figures = fc.stringMatching(/^-?[1-9]\d{0,24}(\.\d{1,24})?$/);
  fc.assert(
    fc.property(figures, (number) => {
      const json = `{"records":[{"Budget__c":${number}}]}`;
      const parsed = (holdsLongNumbers(json) ? parseExactly(json) : JSON.parse(json)) as { records: { Budget__c: string | number }[] };
      const [record] = parsed.records;
      expect(toPlain(String(record?.Budget__c))).toBe(toPlain(number));
    }),
    { numRuns: 1_000 },
  );
});

/** Without zeros that say nothing; no exponents come up here but of JavaScript's own numbers. */
function toPlain(text: string): string {
  const [, sign = '', digits = '', exponent] = /^(-?)([\d.]+)(?:e\+(\d+))?$/.exec(text) ?? [];
  const [whole = '', fraction = ''] = digits.split('.');
  const shift = Number(exponent ?? 0);
  const moved = fraction.padEnd(shift, '0');
  const tail = moved.slice(shift).replace(/0+$/, '');
  return `${sign}${whole}${moved.slice(0, shift)}${tail === '' ? '' : `.${tail}`}`;
}
