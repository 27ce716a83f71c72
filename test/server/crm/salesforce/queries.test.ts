import { afterEach, expect, test } from 'vitest';
import { type OpenOrg, openOrg } from '../../../support/salesforce/open-org.ts';
import { OrgError } from '../../../support/salesforce/org-errors.ts';

let org: OpenOrg;
afterEach(() => org.fake.stop());

test.each([
  ['does not say where the rest is', {}],
  ['names a rest that is not of this org', { nextRecordsUrl: 'https://example.com/services/data/v67.0/query/0r8-2000' }],
])('an answer that says there is more and %s is no answer: nobody is taken for gone by it', async (_, more) => {
  org = await openOrg();
  const ids = ['A', 'B'].map((LastName) => org.fake.people.addLead({ LastName }));
  for (const id of ids) org.fake.people.remove(id);
  const half = { totalSize: 2, done: false, records: [{ Id: ids[0], IsDeleted: true, MasterRecordId: null }], ...more };
  org.fake.fault('/queryAll', { kind: 'error', error: new OrgError(200, half) });
  expect(await org.crm.readRecords('lead', ids, [])).toMatchObject({ ok: false, error: { code: 'NOT_AN_ANSWER' } });
  expect(await org.crm.readRecords('lead', ids, [])).toMatchObject({ ok: true, value: [{ why: 'archived' }, { why: 'archived' }] });
});
