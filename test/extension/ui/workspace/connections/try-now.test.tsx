import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WorkspaceScreen } from '../../../../../extension/ui/workspace/workspace-screen.tsx';
import { type RealWorkspace, realWorkspace } from '../../../../support/real-workspace.ts';
import { restError } from '../../../../support/salesforce/org-errors.ts';
import { connectSalesforce } from '../../../../support/sample-requests.ts';

let real: RealWorkspace;
let id: string;
let number: number;
beforeEach(async () => {
  real = await realWorkspace();
  const { people } = real.server.salesforce;
  for (const name of ['ann', 'bob']) people.addLead({ FirstName: name, LastName: 'Lee', Email: `${name}@example.com` });
  id = await connectSalesforce(real.server);
  await real.server.send('POST', `/api/connections/${id}/import`, {});
  number = (await real.server.backend.store.readConnection(real.server.home.workspace, id))?.number ?? 0;
});
afterEach(async () => {
  cleanup();
  window.location.hash = '';
  await real.stop();
});

/** The errors tab, while two leads wait for a person to have Salesforce asked again. */
async function openErrors(): Promise<void> {
  const { backend, home } = real.server;
  const { store, now } = backend;
  const fence = (await store.takeLease(home.workspace, number, 'sample', now(), now() + 60_000)) ?? expect.fail();
  const run = await store.startRun(fence, 'schedule', now());
  const failure = { kind: 'validation', code: 'INVALID_EMAIL', message: '' } as const;
  const leads = await (await real.server.ask('/api/leads')).json();
  const errors = (leads.leads as { id: string }[]).map(
    ({ id: leadId }) => ({ type: 'lead', leadId, remoteId: null, stage: 'push', failure, nextAt: null }) as const,
  ); // as the contract says
  await store.noteErrors(run, errors);
  await store.endRun(run, { outcome: 'done', failure: null, at: now(), leftToday: null });
  await store.releaseLease(fence);
  for (const { id: leadId } of leads.leads) await real.server.send('PATCH', `/api/leads/${leadId}`, { jobTitle: 'Buyer' });
  window.location.hash = `#/connections/${id}/errors`;
  render(<WorkspaceScreen host={await real.hostFor('admin')} />);
  fireEvent.click(await within(await screen.findByRole('list', { name: 'Errors by cause' })).findByRole('button', { name: 'Try now' }));
}
const runs = async () => (await (await real.server.ask(`/api/connections/${id}/runs`)).json()).runs as { trigger: string }[]; // as the contract says

test('“Try now” runs the connection for the errors, and tells what came of it', async () => {
  await openErrors();
  expect(await screen.findByText('all 2 went through.')).toBeTruthy();
  expect(await screen.findByText('No errors')).toBeTruthy();
  expect((await runs())[0]?.trigger).toBe('by_hand');
});

test('where Salesforce takes no more calls today, “Try now” says so, and the errors stay', async () => {
  real.server.salesforce.fault('/query', { kind: 'error', error: restError(403, 'REQUEST_LIMIT_EXCEEDED', 'Not now.') }, 100);
  await openErrors();
  expect(await screen.findByText(/Too few of today’s calls to Salesforce are left/)).toBeTruthy();
  expect(screen.getByRole('list', { name: 'Errors by cause' })).toBeTruthy();
});

test('while a run is under way or the connection is paused, “Try now” says so, and when it is tried', async () => {
  const { store, now } = real.server.backend;
  const { workspace } = real.server.home;
  await real.server.send('PATCH', `/api/connections/${id}`, { paused: true });
  await openErrors();
  expect((await screen.findByText(/Salesforce is paused here\./)).textContent).toMatch(
    /The next run tries them: by hand, with “Sync now” under Health\./,
  );
  await real.server.send('PATCH', `/api/connections/${id}`, { paused: false });
  const fence = (await store.takeLease(workspace, number, 'another', now(), now() + 60_000)) ?? expect.fail();
  fireEvent.click(screen.getByRole('button', { name: 'Try now' }));
  expect(await screen.findByText(/Salesforce is being kept in step right now\./)).toBeTruthy();
  await store.releaseLease(fence);
});
