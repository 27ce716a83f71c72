import { fail, ok } from '#shared/result.ts';
import type { Crm } from '../../../server/crm/adapter.ts';
import { hubspotCrm } from '../../../server/crm/hubspot/hubspot-crm.ts';
import { makeHubspotLimiter } from '../../../server/crm/hubspot/transport.ts';
import { type Exchange, startRecorder } from '../crm-recorder.ts';
import { NOBODY } from '../nobody-counts.ts';
import { type HubspotSetup, type RunningHubspot, startHubspot } from './start-hubspot.ts';

/** A clock that a test sets and that sleeping moves on. */
export type TestClock = { at: number; readonly slept: number[] };
export type HubspotWorld = {
  readonly hubspot: RunningHubspot;
  readonly crm: Crm;
  /** The adapter as a new process has it: it remembers nothing. */
  readonly reopen: () => Crm;
  readonly clock: TestClock;
  /** Tokens that HubSpot refused, as the adapter told them. */
  readonly refused: string[];
  readonly token: { value: string | null };
  readonly exchanges: readonly Exchange[];
};

/** The loopback portal and our adapter on it, with a service key; nothing waits in real time. */
export async function openHubspotCrm(
  setup: Omit<HubspotSetup, 'now'> & {
    readonly scopes?: readonly string[];
    readonly appId?: string;
    /** What is said is kept in `exchanges`. */
    readonly isRecorded?: boolean;
  } = {},
): Promise<HubspotWorld> {
  const clock: TestClock = { at: Date.UTC(2026, 10, 2, 9), slept: [] };
  const now = () => clock.at;
  const sleep = async (ms: number) => {
    clock.slept.push(ms);
    clock.at += ms;
  };
  const running = await startHubspot({ ...setup, now });
  const recorder = setup.isRecorded ? await startRecorder(running.url) : null;
  const close = async () => {
    await recorder?.close();
    await running.close();
  };
  const hubspot = { ...running, url: recorder?.url ?? running.url, close };
  const token = { value: hubspot.oauth.serviceKey(setup.scopes) as string | null };
  const refused: string[] = [];
  const reopen = () =>
    hubspotCrm({
      apiUrl: hubspot.url,
      appId: setup.appId ?? null,
      now,
      sleep,
      limiter: makeHubspotLimiter({ now, sleep }),
      listener: NOBODY,
      accessToken: async (old) => {
        if (old !== undefined) refused.push(old);
        return token.value === null ? fail({ kind: 'auth', code: 'REFUSED', message: '' }) : ok(token.value);
      },
    });
  return { hubspot, crm: reopen(), reopen, clock, refused, token, exchanges: recorder?.exchanges ?? [] };
}
