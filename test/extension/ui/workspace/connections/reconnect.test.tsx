import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WorkspaceScreen } from '../../../../../extension/ui/workspace/workspace-screen.tsx';
import { type RealWorkspace, realWorkspace } from '../../../../support/real-workspace.ts';
import { connectSalesforce } from '../../../../support/sample-requests.ts';

let real: RealWorkspace;
let id: string;
let number: number;
beforeEach(async () => {
  real = await realWorkspace();
  id = await connectSalesforce(real.server);
  number = (await real.server.backend.store.readConnection(real.server.home.workspace, id))?.number ?? 0;
});
afterEach(async () => {
  cleanup();
  window.location.hash = '';
  await real.stop();
});
async function open(): Promise<void> {
  window.location.hash = `#/connections/${id}`;
  render(<WorkspaceScreen host={await real.hostFor('admin')} />);
  await screen.findByRole('button', { name: 'Sync now' });
}

test('a right that is not needed is named, and its leads are kept in step all the same', async () => {
  await real.server.backend.store.noteMissingScopes(real.server.home.workspace, number, ['campaigns']);
  await open();
  expect(screen.getByText(/Missing: campaigns\. Leads are kept in step/)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Connect again' })).toBeTruthy();
});

test('when the calls of the day run out it is said when it goes on, and that nothing is lost', async () => {
  await real.server.backend.store.pauseForQuota(real.server.home.workspace, number, Date.now() + 60_000);
  await open();
  expect(screen.getByText(/Nothing is lost\. It goes on by itself at \d/)).toBeTruthy();
  expect(screen.getByText('Waits for calls')).toBeTruthy();
});

test('a CRM that has told no limit is said to tell none', async () => {
  await open();
  expect(screen.getByText('by Leadline; Salesforce tells no limit')).toBeTruthy();
  expect(screen.queryByText('All apps today')).toBeNull();
});

test.each([
  [79_999, 'stops at'],
  [80_000, 'stopped at'],
])('at %i of 100,000 calls by all apps it is said that Leadline %s 80,000, and as of when', async (used, words) => {
  const { crm, home } = real.server;
  const calls = crm.meter.listen({ workspace: home.workspace, number });
  calls.called(1_198);
  calls.told({ used, limit: 100_000 });
  await open();
  expect(screen.getByText('Calls today').parentElement?.textContent).toBe('Calls today1,200 by Leadline, sign-ins included');
  const all = screen.getByText('All apps today').parentElement?.textContent ?? '';
  expect(all).toMatch(new RegExp(`${used.toLocaleString('en')} of 100,000, as of .*; Leadline ${words} 80,000$`));
});

test.each([
  ['inactive_user', /no longer lets this server in\..*Whoever connected it is no longer an active user of Salesforce\..*Nothing is lost/],
  ['some_new_code', /It said “some_new_code”\. Nothing is lost/],
  ['REFUSED_AGAIN', /no longer lets this server in\.\s*Nothing is lost/],
])('where it is let in no more it is said why, as far as Salesforce told (%s)', async (code, words) => {
  const { store } = real.server.backend;
  const { workspace } = real.server.home;
  const fence = (await store.takeLease(workspace, number, 'me', Date.now(), Date.now() + 60_000)) ?? expect.fail();
  const run = await store.startRun(fence, 'schedule', Date.now());
  await store.endRun(run, { outcome: 'failed', failure: { kind: 'auth', code, message: '' }, at: Date.now(), leftToday: null });
  await store.releaseLease(fence);
  const { version } = (await store.readTokens(workspace, number)) ?? expect.fail();
  await store.needsReconnect(workspace, number, version);
  window.location.hash = `#/connections/${id}`;
  render(<WorkspaceScreen host={await real.hostFor('admin')} />);
  expect((await screen.findByRole('alert')).textContent).toMatch(words);
});
