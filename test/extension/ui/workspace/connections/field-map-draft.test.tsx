import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WorkspaceScreen } from '../../../../../extension/ui/workspace/workspace-screen.tsx';
import { type RealWorkspace, realWorkspace } from '../../../../support/real-workspace.ts';
import { connectSalesforce } from '../../../../support/sample-requests.ts';

let real: RealWorkspace;
beforeEach(async () => {
  real = await realWorkspace();
});
afterEach(async () => {
  cleanup();
  window.location.hash = '';
  await real.stop();
});

test('a changed map is still there after a look at another tab, is said to be unsaved, and a field set twice is named as people call it', async () => {
  real.server.salesforce.people.addLead({ FirstName: 'Ann', LastName: 'Lee', Company: 'Fernhill', Email: 'ann@example.com' });
  const id = await connectSalesforce(real.server);
  await real.server.send('POST', `/api/connections/${id}/import`, {});
  window.location.hash = `#/connections/${id}/fields`;
  render(<WorkspaceScreen host={await real.hostFor('admin')} />);
  const goesTo = async () => (await screen.findAllByRole<HTMLSelectElement>('combobox', { name: 'Title in Leadline' }))[0] ?? expect.fail();
  fireEvent.change(await goesTo(), { target: { value: 'email' } });
  expect(screen.getByText(/Not saved yet\./)).toBeTruthy();
  fireEvent.click(screen.getByRole('link', { name: /^History/ }));
  await screen.findByRole('list', { name: 'Runs' });
  fireEvent.click(screen.getByRole('link', { name: /^Field map\s*not saved$/ }));
  expect((await goesTo()).value).toBe('email');
  fireEvent.click(screen.getByRole('button', { name: 'Save the map' }));
  expect((await screen.findByRole('alert')).textContent).toMatch(/“Email” is paired twice/);
});
