import { expect } from 'vitest';
import type { Crm, ReadAnswer } from '../../server/crm/adapter.ts';
import { runSync, type SyncAsk, type SyncOutcome } from '../../server/crm/sync/run.ts';
import type { CrmRecord, RecordType } from '../../shared/crm/record.ts';
import type { SyncSettings } from '../../shared/crm/sync-settings.ts';
import { createRemote, type Remote } from '../server/crm/model/remote.ts';
import type { RemoteRecord } from '../server/crm/model/remote-records.ts';
import { AT, type Bench, SETTINGS } from './sync-benches.ts';

export type Ran = Extract<SyncOutcome, { kind: 'ran' }>;
/** The engine between a store and a CRM in memory. Records of a narrower scope are those named in `inScope`. */
export type InStep = {
  readonly remote: Remote;
  readonly inScope: Set<string>;
  crm: Crm;
  readonly now: () => number;
  readonly wait: (ms: number) => void;
  readonly tell: (settings: Partial<SyncSettings>) => Promise<void>;
  /** A minute goes by, then one run. */
  readonly run: (ask?: Partial<SyncAsk>) => Promise<Ran>;
  readonly add: (values: Readonly<Record<string, string>>, type?: RecordType) => RemoteRecord;
};

/** `clockOffsetMs`: how far the CRM's clock is ahead of ours. */
export function keepInStep({ store, workspace, connection }: Bench, name: 'hubspot' | 'salesforce' = 'hubspot', clockOffsetMs = 0): InStep {
  let now = AT + 120_000;
  let ids = 0;
  const remote = createRemote(() => now++ + clockOffsetMs, name);
  const inScope = new Set<string>();
  const inStep: InStep = {
    remote,
    inScope,
    crm: { ...withScopes(withFields(remote.crm), inScope), usage: () => ({ ...remote.crm.usage(), clockOffsetMs }) },
    now: () => now,
    wait: (ms) => {
      now += ms;
    },
    tell: (settings) => store.changeSettings({ workspace, member: null, at: now }, connection, { ...SETTINGS, ...settings }),
    run: async (ask = {}) => {
      now += 60_000;
      const parts = { crm: inStep.crm, store, workspace, connection, defaultCountry: 'US', owner: 'me', now: () => now, newId };
      const outcome = await runSync(parts, { trigger: 'by_hand', ...ask });
      return outcome.kind === 'ran' ? outcome : expect.fail(outcome.kind);
    },
    add: (values, type) => remote.user.add(new Map(Object.entries(values)), type),
  };
  const newId = () => `id-${ids++}`;
  return inStep;
}

/** Only what was asked for is answered. */
function withFields(crm: Crm): Crm {
  const cut = (record: CrmRecord, fields: readonly string[]): CrmRecord => ({
    ...record,
    values: new Map([...record.values].filter(([name]) => fields.includes(name))),
  });
  return {
    ...crm,
    listRecords: async (type, scope, fields, page) => {
      const listed = await crm.listRecords(type, scope, fields, page);
      return listed.ok ? { ok: true, value: { ...listed.value, items: listed.value.items.map((record) => cut(record, fields)) } } : listed;
    },
    readRecords: async (type, ids, fields) => {
      const read = await crm.readRecords(type, ids, fields);
      const cutAnswer = (answer: ReadAnswer) => (answer.kind === 'found' ? { ...answer, record: cut(answer.record, fields) } : answer);
      return read.ok ? { ok: true, value: read.value.map(cutAnswer) } : read;
    },
  };
}

function withScopes(crm: Crm, inScope: ReadonlySet<string>): Crm {
  return {
    ...crm,
    listRecords: async (type, scope, ...rest) => {
      const listed = await crm.listRecords(type, scope, ...rest);
      if (!listed.ok || scope.kind === 'all') return listed;
      return { ok: true, value: { ...listed.value, items: listed.value.items.filter(({ id }) => inScope.has(id)) } };
    },
    listChanged: async (type, scope, ...rest) => {
      const listed = await crm.listChanged(type, scope, ...rest);
      if (!listed.ok || scope.kind === 'all') return listed;
      return { ok: true, value: { ...listed.value, items: listed.value.items.filter((id) => inScope.has(id)) } };
    },
  };
}
