import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WorkspaceScreen } from '../../../../../extension/ui/workspace/workspace-screen.tsx';
import { type RealWorkspace, realWorkspace } from '../../../../support/real-workspace.ts';
import { connectSalesforce } from '../../../../support/sample-requests.ts';

let real: RealWorkspace;
let id: string;
beforeEach(async () => {
  real = await realWorkspace();
  const { people } = real.server.salesforce;
  const campaign = people.addCampaign('Spring fair');
  people.addMember(campaign, people.addLead({ FirstName: 'Ann', LastName: 'Lee', Email: 'ann@example.com' }));
  people.addLead({ FirstName: 'Bo', LastName: 'Orr', Email: 'bo@example.com' });
  id = await connectSalesforce(real.server);
  const scope = { kind: 'campaign', id: campaign, name: 'Spring fair' };
  expect((await real.server.send('POST', `/api/connections/${id}/import`, { scope })).status).toBe(201);
  window.location.hash = `#/connections/${id}/import`;
  render(<WorkspaceScreen host={await real.hostFor('admin')} />);
});
afterEach(async () => {
  cleanup();
  window.location.hash = '';
  await real.stop();
});

const within10s = { timeout: 10_000 };
const listChoice = async () => (await screen.findByLabelText('The list they come into', {}, within10s)) as HTMLSelectElement; // a choice
const shown = async () => (await listChoice()).selectedOptions[0]?.textContent;
const newestImport = async () => (await (await real.server.ask('/api/imports')).json()).imports[0];

test('everybody after a campaign does not go to its list, and another list can be chosen', async () => {
  expect(await shown()).toBe('Into Spring fair');
  const which = await screen.findByLabelText(/Which records of Salesforce/);
  fireEvent.focus(which);
  fireEvent.click(which);
  fireEvent.input(which, { target: { value: 'Every' } });
  fireEvent.click(await screen.findByRole('option', { name: /Everybody/ }));
  expect(await shown()).toBe('Into a new list “Salesforce leads and contacts”');
  const choice = await listChoice();
  const labels = [...choice.options].map(({ textContent }) => textContent);
  expect(labels).toEqual(['Into a new list “Salesforce leads and contacts”', 'Into the default list', 'Into Spring fair']);
  fireEvent.change(choice, { target: { value: choice.options[1]?.value } });
  fireEvent.click(await screen.findByRole('button', { name: /^Import 2 / }, within10s));
  expect(await screen.findByText(/saved to Default list/, {}, within10s)).toBeTruthy();
  expect((await newestImport()).list.name).toBe('Default list');
});

test('every number of the plan stands in a line of its own, and where nobody comes in the button says that it links', async () => {
  const numbers = async () => (await screen.findByRole('list', { name: 'What the import would do' })).textContent;
  await screen.findByRole('button', { name: 'Link 1 lead' }, within10s);
  expect(await numbers()).toMatch(/^1already here or twice in it: linked/);
  const choice = await listChoice();
  fireEvent.change(choice, { target: { value: [...choice.options].find(({ text }) => text === 'Into the default list')?.value } });
  await screen.findByRole('button', { name: 'Import 1 lead' }, within10s);
  expect(await numbers()).toMatch(/^1already here: linked, and added to the list$/);
});
