import { ok } from '#shared/result.ts';
import type { Crm, WriteAnswer } from '../../../server/crm/adapter.ts';
import { salesforceCrm } from '../../../server/crm/salesforce/salesforce-crm.ts';
import { valuesOf } from '../crm-answers.ts';
import { type Exchange, startRecorder } from '../crm-recorder.ts';
import { NOBODY } from '../nobody-counts.ts';
import type { OrgHabits } from './org.ts';
import { type FakeSalesforce, startSalesforce } from './start-salesforce.ts';

export type OpenOrg = {
  readonly crm: Crm;
  readonly fake: FakeSalesforce;
  /** Milliseconds the adapter has waited, in order. */
  readonly waits: number[];
  /** The same org as another process opens it. */
  readonly reopen: () => Crm;
  readonly exchanges: readonly Exchange[];
  now: number;
};

/** A loopback org with its own clock, and the adapter on it. `isRecorded`: what is said is kept in `exchanges`. */
export async function openOrg(habits: Partial<OrgHabits> = {}, isRecorded = false): Promise<OpenOrg> {
  const clock = { now: Date.UTC(2026, 4, 4, 10) };
  const fake = await startSalesforce({ now: () => clock.now, habits });
  const recorder = isRecorded ? await startRecorder(fake.url) : null;
  const stop = async () => {
    await recorder?.close();
    await fake.stop();
  };
  const waits: number[] = [];
  let { accessToken } = fake.auth.issue();
  const open = () =>
    salesforceCrm({
      apiVersion: '67.0',
      now: () => clock.now,
      random: () => 0.5,
      listener: NOBODY,
      sleep: async (ms) => {
        waits.push(ms);
        clock.now += ms;
      },
      openSession: async (refused) => {
        if (refused) accessToken = fake.auth.issue().accessToken;
        return ok({ accessToken, instanceUrl: recorder?.url ?? fake.url });
      },
    });
  return Object.assign(clock, { crm: open(), reopen: open, fake: { ...fake, stop }, waits, exchanges: recorder?.exchanges ?? [] });
}

export const ALL = { kind: 'all' } as const;

/** Makes complete leads, each changed by its index. */
export function createLeads(crm: Crm, count: number, change: (index: number) => Record<string, string> = () => ({})) {
  const items = Array.from({ length: count }, (_, index) => ({
    opId: `op-${index}`,
    key: `lead-${index}`,
    values: valuesOf({ LastName: `Lee ${index}`, Company: 'Fernhill', Email: `lee${index}@example.com`, ...change(index) }),
  }));
  return crm.createRecords('lead', items);
}

export function failuresOf(answers: readonly WriteAnswer[]) {
  return answers.flatMap((answer) => (answer.kind === 'failed' ? [answer] : []));
}
