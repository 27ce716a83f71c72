import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Role } from '#shared/api/workspace.ts';
import { WorkspaceScreen } from '../../../../extension/ui/workspace/workspace-screen.tsx';
import { type RealWorkspace, realWorkspace } from '../../../support/real-workspace.ts';
import { connectSalesforce } from '../../../support/sample-requests.ts';

let real: RealWorkspace;
let id: string;
let listId: string;
let bo: string;
beforeEach(async () => {
  real = await realWorkspace();
  const { people } = real.server.salesforce;
  people.addLead({ FirstName: 'Ann', LastName: 'Lee', Email: 'ann@example.com' });
  bo = people.addContact({ FirstName: 'Bo', LastName: 'Ray', Email: 'bo@example.com' });
  people.addCampaign('Spring fair', [['Visited our stand', true]]);
  id = await connectSalesforce(real.server);
  listId = (await (await real.server.send('POST', `/api/connections/${id}/import`, { listName: 'Fair' })).json()).list.id;
});
afterEach(async () => {
  cleanup();
  window.location.hash = '';
  await real.stop();
});

async function open(hash: string, role: Role = 'admin'): Promise<void> {
  window.location.hash = hash;
  render(<WorkspaceScreen host={await real.hostFor(role)} />);
}
const membersThere = () => [...(real.server.salesforce.org.records.get('CampaignMember')?.values() ?? [])].map(({ values }) => values);
async function comesIntoList(email: string): Promise<string> {
  const lead = { firstName: 'Cy', lastName: 'Orr', email, phone: '2025550123' };
  return (await (await real.server.send('POST', '/api/leads', { leads: [lead], listId })).json()).importId;
}

test('a list’s people become members on a click, with the status chosen, and who failed is named with the reason', async () => {
  real.server.salesforce.people.remove(bo);
  await comesIntoList('cy@example.com');
  await open(`#/connections/${id}/campaigns`);
  const form = within(await screen.findByRole('region', { name: 'Add a list’s people to a campaign' }));
  await form.findByRole('option', { name: 'Visited our stand (has responded)' });
  fireEvent.change(form.getByLabelText('People of the list'), { target: { value: listId } });
  fireEvent.change(form.getByLabelText('Status of the new members'), { target: { value: 'Visited our stand' } });
  fireEvent.click(form.getByRole('button', { name: 'Add 3 people' }));
  expect((await form.findByRole('status')).textContent).toContain('1 person added to Spring fair.');
  expect(form.getByRole('status').textContent).toContain('1 person is not in Salesforce yet');
  expect(form.getByRole('link', { name: 'Bo Ray' })).toBeTruthy();
  expect(form.getByRole('status').textContent).toContain('no longer in Salesforce');
  expect(membersThere().map((values) => [values.get('Status'), values.get('HasResponded')])).toEqual([['Visited our stand', true]]);
  const line = await screen.findByRole('list', { name: 'Lists that go with a campaign' });
  expect(line.textContent).toContain('1 added · 1 not in Salesforce yet · 1 failed');
});

test('who comes into the list later is offered on its receipt and added by nobody but a person', async () => {
  const campaign = real.server.salesforce.people.addCampaign('Autumn fair');
  await real.server.send('POST', `/api/connections/${id}/campaigns/${campaign}/members`, { listId });
  const before = membersThere().length;
  const importId = await comesIntoList('cy@example.com');
  await open(`#/imports/${importId}`);
  expect(await screen.findByText(/^This list goes with the campaign Autumn fair in Salesforce\./)).toBeTruthy();
  expect(membersThere()).toHaveLength(before);
  fireEvent.click(screen.getByRole('button', { name: 'Add 1 newcomer' }));
  expect(await screen.findByText('2 were members already.', { exact: false })).toBeTruthy();
});

test('a list that goes with a campaign is forgotten on a click, and its members stay', async () => {
  const campaign = real.server.salesforce.people.addCampaign('Autumn fair');
  await real.server.send('POST', `/api/connections/${id}/campaigns/${campaign}/members`, { listId });
  await open(`#/connections/${id}/campaigns`);
  fireEvent.click(await screen.findByRole('button', { name: 'Forget that Fair goes with Autumn fair' }));
  await screen.findByText('Fair no longer goes with Autumn fair.', { exact: false });
  expect(membersThere()).toHaveLength(2);
  await waitFor(() => expect(screen.queryByRole('list', { name: 'Lists that go with a campaign' })).toBeNull());
});

test('a viewer sees which list goes with which campaign, and adds nobody', async () => {
  const campaign = real.server.salesforce.people.addCampaign('Autumn fair');
  await real.server.send('POST', `/api/connections/${id}/campaigns/${campaign}/members`, { listId });
  await open(`#/connections/${id}/campaigns`, 'viewer');
  const again = await screen.findByRole('button', { name: 'Add again' });
  expect(again.getAttribute('aria-disabled')).toBe('true');
  expect(screen.queryByRole('region', { name: 'Add a list’s people to a campaign' })).toBeNull();
});
