import { afterEach, beforeEach, describe } from 'vitest';
import type { ConflictRecord, LinkRecord, SyncErrorRecord, SyncedLead } from '../../server/store/sync-records.ts';
import type { Run } from '../../server/store/sync-store.ts';
import type { ConflictRule } from '../../shared/crm/record.ts';
import type { SyncSettings } from '../../shared/crm/sync-settings.ts';
import { ANN, AT, type Bench, openMemoryBench, openSqliteBench, PAIRS, pull, record, SETTINGS, startRun } from './sync-benches.ts';

/** A store with a run in it, and what every rule asks of it. */
export type Suite = {
  readonly bench: Bench;
  readonly run: Run;
  readonly links: () => Promise<readonly LinkRecord[]>;
  /** The only one. */
  readonly link: () => Promise<LinkRecord>;
  readonly conflicts: () => Promise<readonly ConflictRecord[]>;
  readonly errors: () => Promise<readonly SyncErrorRecord[]>;
  readonly unpushed: (at?: number) => Promise<readonly SyncedLead[]>;
  readonly titleOf: (email: string) => Promise<string | undefined>;
  /** Takes a record in that becomes a lead; its id. */
  readonly made: (values?: Readonly<Record<string, string>>, id?: string) => Promise<string>;
  readonly tell: (settings: SyncSettings) => Promise<void>;
};

const KINDS = [
  ['SQLite', openSqliteBench],
  ['memory', openMemoryBench],
] as const;

/** The same rules for every engine that keeps leads in step. */
export function inEveryStore(what: string, rules: (suite: () => Suite) => void): void {
  describe.each(KINDS)(`keeping in step in %s: ${what}`, (_, open) => {
    let suite: Suite | null = null;
    beforeEach(async () => {
      const bench = await open();
      suite = toSuite(bench, await startRun(bench));
    });
    afterEach(() => suite?.bench.end());
    rules(() => {
      if (!suite) throw new Error('asked for before the test began');
      return suite;
    });
  });
}

export function withRule(rule: ConflictRule): SyncSettings {
  return { ...SETTINGS, pairs: PAIRS.map((pair) => ({ ...pair, rule })) };
}

function toSuite(bench: Bench, run: Run): Suite {
  const { store, workspace, connection } = bench;
  const links = () => store.listLinks(run.fence, 'contact', 0, 99);
  return {
    bench,
    run,
    links,
    link: async () => {
      const [link, ...others] = await links();
      if (!link || others.length > 0) throw new Error('not one link');
      return link;
    },
    conflicts: async () => (await store.listConflicts(workspace, connection, { limit: 9 })).items,
    errors: async () => (await store.listErrors(workspace, connection, { limit: 9 })).items,
    unpushed: async (at = AT) => (await store.listUnpushed(run.fence, 'contact', at, null, 99)).leads,
    titleOf: async (email) => (await bench.leads()).find(({ lead }) => lead.email === email)?.lead.jobTitle,
    made: async (values = ANN, id = '1') => (await pull(bench, run, record(id, values)))[0]?.leadId ?? '',
    tell: (settings) => store.changeSettings({ workspace, member: null, at: AT }, connection, settings),
  };
}
