import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { footWords, ScopeGone } from '../../../../../extension/ui/workspace/connections/scope-choice.tsx';
import { WorkspaceScreen } from '../../../../../extension/ui/workspace/workspace-screen.tsx';
import { type RealWorkspace, realWorkspace } from '../../../../support/real-workspace.ts';
import { restError } from '../../../../support/salesforce/org-errors.ts';
import { connectSalesforce } from '../../../../support/sample-requests.ts';

let real: RealWorkspace;
afterEach(cleanup);

async function open(hash: string): Promise<void> {
  window.location.hash = hash;
  render(<WorkspaceScreen host={await real.hostFor('admin')} />);
}
const field = (name: string) => screen.findByRole<HTMLInputElement>('combobox', { name });
const type = (input: HTMLElement, text: string) => fireEvent.input(input, { target: { value: text } });
const settings = async () => (await (await real.server.ask('/api/connections')).json()).connections[0].settings;
const change = (id: string, body: unknown) => real.server.send('PATCH', `/api/connections/${id}`, body);

async function connectOrg(): Promise<string> {
  real.server.salesforce.people.addLead({ FirstName: 'Ann', LastName: 'Lee', Email: 'ann@example.com' });
  const id = await connectSalesforce(real.server);
  await real.server.send('POST', `/api/connections/${id}/import`, {});
  return id;
}

describe('what comes in from Salesforce', () => {
  beforeEach(async () => {
    real = await realWorkspace();
  });
  afterEach(async () => {
    cleanup();
    window.location.hash = '';
    await real.stop();
  });

  test('the 1,100th of 1,200 campaigns is found by a part of its name, with its people and that it is over', async () => {
    const { people } = real.server.salesforce;
    const campaigns = Array.from({ length: 1_200 }, (_, at) => people.addCampaign(`Campaign ${String(at + 1).padStart(4, '0')}`));
    people.edit(campaigns[1_099] ?? '', { IsActive: false });
    const id = await connectOrg();
    await open(`#/connections/${id}/scope`);
    const choice = await field('Records of Salesforce that come in');
    fireEvent.click(choice);
    expect(await screen.findByText('Salesforce has more. Type part of a name to find the others.')).toBeTruthy();
    type(choice, '1100');
    const option = await screen.findByRole('option', { name: /^Campaign 1100/ });
    expect(option.textContent).toBe('Campaign 1100Campaign, 0 people, inactive');
    fireEvent.keyDown(choice, { key: 'Enter' });
    await waitFor(async () =>
      expect((await settings()).scopeIn).toEqual({ kind: 'campaign', id: campaigns[1_099], name: 'Campaign 1100' }),
    );
    await waitFor(() => expect(choice.value).toBe('Campaign: Campaign 1100'));
  });

  test('a name that nothing has is said, with what may be the reason', async () => {
    const id = await connectOrg();
    await open(`#/connections/${id}/scope`);
    const choice = await field('Records of Salesforce that come in');
    fireEvent.click(choice);
    await screen.findByRole('option', { name: /^EMEA leads/ });
    type(choice, 'zebra');
    expect(await screen.findByText(/^Nothing in Salesforce has “zebra” in its name\./)).toBeTruthy();
    expect(screen.queryByRole('listbox')).toBeNull();
  });

  test('a search that fails is said beside the field, and a click searches again', async () => {
    const { people, fault } = real.server.salesforce;
    for (let at = 0; at < 520; at++) people.addCampaign(`Fair ${at}`);
    people.addCampaign('Zebra');
    const id = await connectOrg();
    await open(`#/connections/${id}/scope`);
    const choice = await field('Records of Salesforce that come in');
    fireEvent.click(choice);
    await screen.findByText(/^Salesforce has more/);
    fault('LIKE', { kind: 'error', error: restError(400, 'UNHEARD_OF', 'no') }, 4);
    type(choice, 'zeb');
    expect((await screen.findByRole('alert')).textContent).toContain('Salesforce was not searched');
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('option', { name: /^Zebra/ })).toBeTruthy();
  });

  test('a campaign or list view that is gone is named where it is chosen, until another one is', async () => {
    const { people, org } = real.server.salesforce;
    const fair = people.addCampaign('Spring fair');
    const id = await connectOrg();
    for (const scopeIn of [
      { kind: 'campaign', id: fair, name: 'Spring fair' },
      { kind: 'view', id: '00B000000000001AAA', name: 'EMEA leads', type: 'lead' },
    ]) {
      await change(id, { scopeIn });
      if (scopeIn.kind === 'campaign') people.remove(fair);
      else org.views.splice(0);
      const said = `Salesforce has no ${scopeIn.kind} “${scopeIn.name}” any more.`;
      await open(`#/connections/${id}/import`);
      expect(await screen.findByText(said)).toBeTruthy();
      expect(screen.getByText(/Nobody was imported\. Choose something else above\./)).toBeTruthy();
      cleanup();
      await open(`#/connections/${id}/scope`);
      expect(await screen.findByText(said)).toBeTruthy();
      fireEvent.click(await field('Records of Salesforce that come in'));
      fireEvent.click(await screen.findByRole('option', { name: 'Everybody' }));
      await waitFor(() => expect(screen.queryByText(said)).toBeNull());
      cleanup();
    }
  });

  test('while what was chosen instead of a gone one is read, nothing is said to be gone', async () => {
    const { people, fault } = real.server.salesforce;
    const [spring = ''] = ['Spring fair', 'Summer fair'].map((name) => people.addCampaign(name));
    const id = await connectOrg();
    await change(id, { scopeIn: { kind: 'campaign', id: spring, name: 'Spring fair' } });
    people.remove(spring);
    await open(`#/connections/${id}/import`);
    await screen.findByText('Salesforce has no campaign “Spring fair” any more.');
    fireEvent.click(await field('Which records of Salesforce'));
    const option = await screen.findByRole('option', { name: /^Summer fair/ });
    let said: readonly string[] | null = null;
    const alerts = () => screen.queryAllByRole('alert').map(({ textContent }) => textContent);
    fault('/query', { kind: 'meanwhile', act: () => (said = alerts()) });
    fireEvent.click(option);
    await waitFor(() => expect(said).toEqual([]));
    expect(await screen.findByText(/Nothing is written to Salesforce by an import\./)).toBeTruthy();
  });
});

test('a list of HubSpot that is gone is named the same way', () => {
  render(<ScopeGone scope={{ kind: 'list', id: '7', name: 'Webinar' }} crm="HubSpot" isImport={false} />);
  expect(screen.getByRole('alert').textContent).toMatch(/^HubSpot has no list “Webinar” any more\..*until something else is chosen below/);
});

test.each<[string, Partial<Parameters<typeof footWords>[0]>, number, string]>([
  ['while the CRM is asked', { isBusy: true }, 3, 'Looking in HubSpot…'],
  ['where it has more', { hasMore: true }, 3, 'HubSpot has more. Type part of a name to find the others.'],
  ['where more was found than is drawn', {}, 812, 'The first 100 of 812. Type part of a name to find the others.'],
  ['where all that was found is there', {}, 3, ''],
  ['where there is nothing', {}, 0, 'Nothing to choose from in HubSpot. What is hidden from whoever connected is not found.'],
])('below the choices, %s: %o of %d', (_, state, number, words) => {
  const scopes = { told: null, text: '', hasMore: false, isBusy: false, failure: null, again: () => {}, search: () => {}, ...state };
  expect(footWords(scopes, number, 'HubSpot')).toBe(words);
});
