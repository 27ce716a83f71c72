// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { h } from 'preact';
import { afterEach, describe, expect, test } from 'vitest';
import { ImportScreen } from '../../extension/ui/import-screen.tsx';
import { WorkspaceScreen } from '../../extension/ui/workspace/workspace-screen.tsx';
import { fakeFlow, fakeHost } from '../support/fake-flow.ts';
import { workspaceFacts } from '../support/fake-workspace.ts';
import { type RealWorkspace, realWorkspace } from '../support/real-workspace.ts';
import { SOURCE, viewOf } from '../support/ui-states.ts';
import { sayYes } from './crm-room.ts';

/** What the customer's page says of the screens of HubSpot and Salesforce. What comes over is in `crm.test.ts`. */

let room: RealWorkspace;
async function open(plan: 'free' | 'premium', hash: string): Promise<void> {
  room = await realWorkspace({ env: { LEADLINE_PLAN: plan } });
  window.location.hash = hash;
  render(h(WorkspaceScreen, { host: await room.hostFor('admin') }));
}
afterEach(async () => {
  cleanup();
  window.location.hash = '';
  await room?.stop();
});
const authorizeButton = async (crm: string) =>
  within(await screen.findByRole('region', { name: crm })).getByRole('button', { name: 'Authorize & Import' });

describe.each([
  ['HubSpot', 'hubspot'],
  ['Salesforce', 'salesforce'],
])('%s', (crm, id) => {
  test('it is one of the import methods', () => {
    const host = fakeHost();
    render(h(ImportScreen, { flow: fakeFlow(viewOf({ draft: SOURCE })), host }));
    fireEvent.click(screen.getByRole('button', { name: new RegExp(`^${crm}`) }));
    expect(host.did).toEqual([`openWorkspace#/connections?connect=${id}`]);
  });

  test('it needs the premium plan and an account there, and says so before one starts', async () => {
    const flow = { ...fakeFlow(viewOf({ draft: SOURCE })), workspace: () => ({ ...workspaceFacts('admin'), plan: 'free' as const }) };
    render(h(ImportScreen, { flow, host: fakeHost() }));
    expect(screen.getByText(`Needs the premium plan and a ${crm} account`)).toBeTruthy();
    cleanup();
    await open('free', '#/connections');
    expect(await screen.findByText('HubSpot and Salesforce need the premium plan.')).toBeTruthy();
    expect((await authorizeButton(crm)).getAttribute('aria-disabled')).toBe('true');
    expect((await room.server.send('POST', `/api/connections/${id}/authorize`, {})).status).toBe(402);
  });

  test('“Authorize & Import” leads to the consent, and what would come in opens by itself after it', async () => {
    await open('premium', `#/connections?connect=${id}`);
    fireEvent.click(await authorizeButton(crm));
    await screen.findByText(`Waiting for ${crm}.`);
    await sayYes(room.server, room.opened[0] ?? '');
    const tabs = await screen.findByRole('navigation', { name: crm }, { timeout: 10_000 });
    expect(within(tabs).getByRole('link', { current: 'page' }).textContent).toBe('Import');
  });
});
