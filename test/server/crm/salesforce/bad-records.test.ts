import { expect, test } from 'vitest';
import { valuesOf } from '../../../support/crm-answers.ts';
import { failuresOf, openOrg } from '../../../support/salesforce/open-org.ts';

const BATCHES = 200;
const BATCH = 200;
/** What can be wrong with one record, and the field that is named for it. */
const WRONG: readonly (readonly [change: Record<string, string>, code: string, field: string])[] = [
  [{ Email: 'no address' }, 'INVALID_EMAIL_ADDRESS', 'Email'],
  [{ LastName: '' }, 'REQUIRED_FIELD_MISSING', 'LastName'],
  [{ Company: '' }, 'REQUIRED_FIELD_MISSING', 'Company'],
  [{ Region__c: 'Moon' }, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', 'Region__c'],
  [{ Title: 'x'.repeat(500) }, 'STRING_TOO_LONG', 'Title'],
];

test('of 200 batches with one bad record each, 199 of each land and one is explained by its field', async () => {
  const org = await openOrg({ hasKeyField: false });
  try {
    for (let batch = 0; batch < BATCHES; batch++) {
      const [change, code, field] = WRONG[batch % WRONG.length] ?? [{}, '', ''];
      const bad = (batch * 37) % BATCH;
      const items = Array.from({ length: BATCH }, (_, index) => {
        const whole = { LastName: `Lee ${index}`, Company: 'Fernhill', Email: `p${batch}-${index}@example.com` };
        return { opId: `${batch}-${index}`, key: '', values: valuesOf(index === bad ? { ...whole, ...change } : whole) };
      });
      const answers = await org.crm.createRecords('lead', items);
      expect(answers.map(({ opId }) => opId)).toEqual(items.map(({ opId }) => opId));
      expect(failuresOf(answers)).toMatchObject([{ opId: `${batch}-${bad}`, failure: { kind: 'validation', code, field } }]);
    }
    expect(org.fake.people.live('Lead')).toHaveLength(BATCHES * (BATCH - 1));
    expect(org.fake.requests.filter(({ method }) => method === 'POST')).toHaveLength(BATCHES);
  } finally {
    await org.fake.stop();
  }
});
