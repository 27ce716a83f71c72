import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CrmFailure } from '#shared/crm/failure.ts';
import { WorkspaceScreen } from '../../../../../extension/ui/workspace/workspace-screen.tsx';
import { type RealWorkspace, realWorkspace } from '../../../../support/real-workspace.ts';
import { person } from '../../../../support/sample-requests.ts';

let real: RealWorkspace;
beforeEach(async () => {
  real = await realWorkspace();
});
afterEach(async () => {
  cleanup();
  window.location.hash = '';
  await real.stop();
});

/** The cause of one error of a lead, as the health page shows it. */
async function open(failure: CrmFailure): Promise<HTMLElement> {
  const { server } = real;
  const key = server.hubspot.oauth.serviceKey();
  const { id } = await (await server.send('POST', '/api/connections/hubspot/service-key', { key })).json();
  const { leadId } = await (await server.send('POST', '/api/leads', { leads: [person('ann')] })).json();
  const { store, now } = server.backend;
  const { workspace } = server.home;
  const number = (await store.readConnection(workspace, id))?.number ?? 0;
  const fence = await store.takeLease(workspace, number, 'sample', now(), now() + 60_000);
  if (!fence) throw new Error('nobody else keeps it in step');
  const run = await store.startRun(fence, 'by_hand', now());
  await store.noteErrors(run, [{ type: 'contact', leadId, remoteId: null, stage: 'push', failure, nextAt: null }]);
  await store.endRun(run, { outcome: 'done', failure: null, at: now(), leftToday: null });
  await store.releaseLease(fence);
  window.location.hash = `#/connections/${id}`;
  render(<WorkspaceScreen host={await real.hostFor('admin')} />);
  return screen.findByRole('list', { name: 'Errors by cause' });
}

const ZED = { type: 'contact', id: '77', title: 'Zed Zed' } as const;
const FERNHILL = { type: 'account', id: '88', title: 'Fernhill' } as const;
const DETECTED = { kind: 'duplicate', code: 'DUPLICATES_DETECTED', message: '' } as const;
const buttons = (list: HTMLElement) =>
  within(list)
    .getAllByRole('button')
    .map(({ textContent }) => textContent);

test('whom a duplicate rule found is offered to be linked, and to be passed by', async () => {
  const list = await open({ ...DETECTED, matches: [ZED] });
  expect(buttons(list)).toEqual(['It is Zed Zed', 'Save anyway', 'Try now', 'Leave it', 'Show who']);
});

test('a rule that lets nobody pass it by offers only to link', async () => {
  const list = await open({ ...DETECTED, isBlocked: true, matches: [ZED] });
  expect(buttons(list)).toEqual(['It is Zed Zed', 'Try now', 'Leave it', 'Show who']);
  expect(list.textContent).toContain('allows no exceptions, and there is somebody like that already. Say which record it is.');
});

test('a company that a rule found is shown, and nobody is linked with it', async () => {
  const list = await open({ ...DETECTED, matches: [FERNHILL] });
  expect(buttons(list)).toEqual(['Save anyway', 'Try now', 'Leave it', 'Show who']);
  fireEvent.click(within(list).getByRole('button', { name: 'Show who' }));
  expect(within(list).getByRole('link', { name: 'The account: Fernhill' }).getAttribute('href')).toMatch(/^https:\/\//);
});
