import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WorkspaceScreen } from '../../../../../extension/ui/workspace/workspace-screen.tsx';
import { type RealWorkspace, realWorkspace } from '../../../../support/real-workspace.ts';
import { restError } from '../../../../support/salesforce/org-errors.ts';
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

const connectHubspot = async () => {
  const key = real.server.hubspot.oauth.serviceKey();
  return (await (await real.server.send('POST', '/api/connections/hubspot/service-key', { key })).json()).id;
};
async function open(hash: string): Promise<void> {
  window.location.hash = hash;
  render(<WorkspaceScreen host={await real.hostFor('admin')} />);
}

describe('our opt-outs', () => {
  test.each([
    [
      'Salesforce',
      () => connectSalesforce(real.server),
      /“Email Opt Out” there .* “Do Not Call” for a phone number\. Leadline never clears/,
    ],
    [
      'HubSpot',
      connectHubspot,
      /“Unsubscribed from all email” there\. That cannot be undone in HubSpot\. Opted-out phone numbers stay here/,
    ],
  ])('the setting says what %s is told, and is off until an admin chooses it', async (crm, connect, words) => {
    const id = await connect();
    await open(`#/connections/${id}/scope`);
    const box = await screen.findByRole<HTMLInputElement>('checkbox', { name: `Write our opt-outs to ${crm}` });
    expect([box.checked, box.closest('.option-rows')?.textContent]).toEqual([false, expect.stringMatching(words)]);
    fireEvent.click(box);
    const settings = async () => (await (await real.server.ask('/api/connections')).json()).connections[0].settings;
    await waitFor(async () => expect((await settings()).writesOptOuts).toBe(true));
  });

  test('what kept one from being written stands by itself among the errors', async () => {
    const { people } = real.server.salesforce;
    people.addLead({ FirstName: 'Ann', LastName: 'Lee', Email: 'ann@example.com', Phone: '+12025550123' });
    const id = await connectSalesforce(real.server);
    await real.server.send('POST', `/api/connections/${id}/import`, {});
    await real.server.send('PATCH', `/api/connections/${id}`, { writesOptOuts: true });
    await real.server.send('POST', '/api/suppressions', { entries: [{ kind: 'email', value: 'ann@example.com' }] });
    const error = restError(400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', 'Not this one.');
    real.server.salesforce.fault('PATCH ', { kind: 'error', error });
    await real.server.send('POST', `/api/connections/${id}/sync`, {});
    await open(`#/connections/${id}/errors`);
    expect(await screen.findByText('1 lead whose opt-out was not written to Salesforce:')).toBeTruthy();
  });
});
