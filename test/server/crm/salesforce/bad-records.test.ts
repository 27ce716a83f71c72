import { expect, test } from 'vitest';
import type { RecordType } from '../../../../shared/crm/record.ts';
import { valuesOf } from '../../../support/crm-answers.ts';
import { failuresOf, openOrg } from '../../../support/salesforce/open-org.ts';

/** Two hundred in all: of either kind of record, new ones and changes. */
const BATCHES = 50;
const BATCH = 200;
/** What can be wrong with one record, and what people there call the field it is explained by. */
type Wrong = readonly [change: Readonly<Record<string, string>>, code: string, field: string, label: string];
const OF_EITHER: readonly Wrong[] = [
  [{ Email: 'no address' }, 'INVALID_EMAIL_ADDRESS', 'Email', 'Email'],
  [{ LastName: '' }, 'REQUIRED_FIELD_MISSING', 'LastName', 'Last Name'],
  [{ Title: 'x'.repeat(500) }, 'STRING_TOO_LONG', 'Title', 'Title'],
];
const WRONG: Readonly<Record<RecordType, readonly Wrong[]>> = {
  lead: [
    ...OF_EITHER,
    [{ Company: '' }, 'REQUIRED_FIELD_MISSING', 'Company', 'Company'],
    [{ Region__c: 'Moon' }, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', 'Region__c', 'Region'],
  ],
  contact: [
    ...OF_EITHER,
    [{ Department: 'x'.repeat(500) }, 'STRING_TOO_LONG', 'Department', 'Department'],
    [{ MobilePhone: '1'.repeat(50) }, 'STRING_TOO_LONG', 'MobilePhone', 'Mobile Phone'],
  ],
};
const OBJECT = { lead: 'Lead', contact: 'Contact' } as const;

test.each([
  ['lead', 'POST'],
  ['lead', 'PATCH'],
  ['contact', 'POST'],
  ['contact', 'PATCH'],
] as const)(
  'of batches with one bad record each, 199 of each land and one is explained by its field’s label: %s, %s',
  async (type, method) => {
    const org = await openOrg({ hasKeyField: false });
    const { people, requests } = org.fake;
    const wholeOf = (name: string) => ({
      LastName: name,
      Email: `${name}@example.com`,
      ...(type === 'lead' ? { Company: 'Fernhill' } : {}),
    });
    const add = type === 'lead' ? people.addLead : people.addContact;
    const bad = new Set<string>();
    try {
      for (let batch = 0; batch < BATCHES; batch++) {
        const [change, code, field, fieldLabel] = WRONG[type][batch % WRONG[type].length] ?? [{}, '', '', ''];
        const items = Array.from({ length: BATCH }, (_, index) => {
          const name = `p${batch}-${index}`;
          const isBad = index === (batch * 37) % BATCH;
          if (isBad) bad.add(name);
          const values = valuesOf({ ...wholeOf(name), ...(method === 'PATCH' ? { Title: 'Buyer' } : {}), ...(isBad ? change : {}) });
          return { opId: name, key: '', values, id: method === 'PATCH' ? add(wholeOf(name)) : '', unmodifiedSince: org.now };
        });
        const answers = await (method === 'POST' ? org.crm.createRecords(type, items) : org.crm.updateRecords(type, items));
        expect(answers.map(({ opId }) => opId)).toEqual(items.map(({ opId }) => opId));
        const failed = failuresOf(answers);
        expect(failed).toMatchObject([{ opId: [...bad].at(-1), failure: { kind: 'validation', code, field, fieldLabel } }]);
        // Of a field that is missing Salesforce says its name in brackets: it is told by the label, too.
        if (code === 'REQUIRED_FIELD_MISSING') expect(failed[0]?.failure.message).toBe(`Required fields are missing: ${fieldLabel}`);
      }
      const landed = people.live(OBJECT[type]).filter(({ Title }) => method === 'POST' || Title === 'Buyer');
      expect([landed.length, bad.size]).toEqual([BATCHES * (BATCH - 1), BATCHES]);
      expect(landed.filter(({ LastName }) => bad.has(String(LastName)))).toEqual([]);
      expect(requests.filter((request) => request.method === method && request.path.endsWith('/composite/sobjects'))).toHaveLength(BATCHES);
      expect(requests.filter((request) => request.method === method)).toHaveLength(BATCHES);
    } finally {
      await org.fake.stop();
    }
  },
);
