import { expect, test } from 'vitest';
import type { Crm } from '../../../../server/crm/adapter.ts';
import { defaultPairs } from '../../../../server/crm/default-pairs.ts';
import { SALESFORCE_FIELDS } from '../../../../server/crm/salesforce/fields.ts';
import { runSync } from '../../../../server/crm/sync/run.ts';
import { NEW_SETTINGS } from '../../../../shared/crm/sync-settings.ts';
import { openSqliteBench, type SqliteBench } from '../../../contract/sync-benches.ts';
import { unwrap } from '../../../support/crm-answers.ts';
import { openOrg } from '../../../support/salesforce/open-org.ts';

const ALL = 1_300;

/** Ends with the page that is asked for at that turn, as a process that is killed. */
function dieAt(crm: Crm, turn: number): Crm {
  let turns = 0;
  return {
    ...crm,
    listRecords: (...asked) => {
      turns += 1;
      if (turns === turn) throw new Error('killed');
      return crm.listRecords(...asked);
    },
  };
}

test('a first reading by job that is killed with every page loses nobody and doubles nobody', async () => {
  const org = await openOrg({ batchSize: 20, countsAs: 51_000 });
  Object.assign(org.fake.org.habits.bulk, { maxRows: 600 });
  for (let index = 0; index < ALL; index++) org.fake.people.addLead({ LastName: `L${index}`, Email: `l${index}@example.com` });
  let bench: SqliteBench = await openSqliteBench();
  try {
    const pairs = defaultPairs('salesforce', 'lead', SALESFORCE_FIELDS.lead, unwrap(await org.crm.describe('lead')));
    const act = { workspace: bench.workspace, member: null, at: 0 };
    await bench.store.changeSettings(act, bench.connection, { ...NEW_SETTINGS, pairs });
    let ids = 0;
    const run = (crm: Crm) => {
      const { store, workspace, connection } = bench;
      const parts = { store, workspace, connection, defaultCountry: 'US', owner: 'me', now: () => org.now, newId: () => `id-${ids++}` };
      return runSync({ ...parts, crm }, { trigger: 'by_hand' });
    };
    // Each process lives for one page more; the first dies before any.
    for (let turn = 1; turn <= 3; turn++) {
      await expect(run(dieAt(org.reopen(), turn))).rejects.toThrow('killed');
      bench = await bench.reopen();
    }
    expect(await run(org.reopen())).toMatchObject({ kind: 'ran', outcome: 'done' });
    const found = await bench.server.store.findLeads(bench.workspace, { sort: 'createdAt', limit: 1 });
    const { linked } = await bench.store.countLinks(bench.workspace, bench.connection);
    expect([typeof found === 'string' ? found : found.totalCount, linked]).toEqual([ALL, ALL]);
    expect(org.fake.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/jobs/query'))).toHaveLength(1);
  } finally {
    await bench.end();
    await org.fake.stop();
  }
});
