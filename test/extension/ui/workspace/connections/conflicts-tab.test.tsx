import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WorkspaceScreen } from '../../../../../extension/ui/workspace/workspace-screen.tsx';
import { type RealWorkspace, realWorkspace } from '../../../../support/real-workspace.ts';
import { makeSampleTroubles } from '../../../../support/sample-connection.ts';
import { person } from '../../../../support/sample-requests.ts';

let real: RealWorkspace;
beforeEach(async () => {
  real = await realWorkspace();
  const key = real.server.hubspot.oauth.serviceKey();
  const { id } = await (await real.server.send('POST', '/api/connections/hubspot/service-key', { key })).json();
  const { leadId } = await (await real.server.send('POST', '/api/leads', { leads: [person('ann')] })).json();
  await makeSampleTroubles(real.server, id, leadId);
  window.location.hash = `#/connections/${id}`;
  render(<WorkspaceScreen host={await real.hostFor('admin')} />);
});
afterEach(async () => {
  cleanup();
  window.location.hash = '';
  await real.stop();
});

test('health shows the newest conflicts and every cause of errors, and the focus stays with what was decided', async () => {
  const card = (await screen.findByRole('button', { name: 'Use this instead: Buyer' })).closest('li');
  if (!card) throw new Error('a conflict is a line of the list');
  expect(screen.getByRole('list', { name: 'Errors by cause' }).textContent).toContain('1 lead:');
  fireEvent.click(within(card).getByRole('button', { name: 'Use this instead: Buyer' }));
  await within(card).findByText(/decided/);
  expect(document.activeElement).toBe(card);
  expect(within(card).queryByRole('button', { name: 'Undo' })).toBeNull();
});

test('an error that is left goes', async () => {
  fireEvent.click(await screen.findByRole('button', { name: 'Leave it' }));
  await waitFor(() => expect(screen.queryByRole('list', { name: 'Errors by cause' })).toBeNull());
});

test('a conflict that was decided in another window says so, and shows what was decided there', async () => {
  const card = (await screen.findByRole('button', { name: 'Use this instead: Buyer' })).closest('li') ?? expect.fail();
  const [{ id }] = (await (await real.server.ask('/api/connections')).json()).connections;
  const { conflicts } = await (await real.server.ask(`/api/connections/${id}/conflicts`)).json();
  for (const conflict of conflicts)
    await real.server.send('POST', `/api/connections/${id}/conflicts/${conflict.id}/resolve`, { as: 'undone' });
  fireEvent.click(within(card).getByRole('button', { name: 'Use this instead: Buyer' }));
  expect((await screen.findAllByText(/was decided elsewhere meanwhile\./)).length).toBeGreaterThan(0);
  await within(card).findByText(/decided/);
  expect(within(card).queryByRole('button', { name: 'Use this instead: Buyer' })).toBeNull();
});
