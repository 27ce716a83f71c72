import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '#shared/api/workspace.ts';
import { WorkspaceScreen } from '../../../../extension/ui/workspace/workspace-screen.tsx';
import { type RealWorkspace, realWorkspace } from '../../../support/real-workspace.ts';

let real: RealWorkspace;
beforeEach(async () => {
  real = await realWorkspace();
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
const click = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
async function connect(): Promise<string> {
  const key = real.server.hubspot.oauth.serviceKey();
  return (await (await real.server.send('POST', '/api/connections/hubspot/service-key', { key })).json()).id;
}
describe('connecting', () => {
  test('a service key that opens nothing is refused in words, and the field stays', async () => {
    await open('#/connections');
    fireEvent.click(await screen.findByRole('button', { name: 'Paste a service key' }));
    fireEvent.input(screen.getByLabelText(/Service key/), { target: { value: 'pat-na1-aaaaaaaa-bbbb-cccc' } });
    click('Connect with this key');
    expect((await screen.findByRole('alert')).textContent).toContain('did not take this service key');
  });

  test('whoever says no at Salesforce is told so at once, and starts again from there; a closed tab is no end either', async () => {
    await open('#/connections');
    const authorize = await screen.findAllByRole('button', { name: 'Authorize & Import' });
    fireEvent.click(authorize[authorize.length - 1] ?? expect.fail());
    fireEvent.click(await screen.findByRole('button', { name: 'Start again' }));
    await waitFor(() => expect(real.opened).toHaveLength(2));
    const { pathname, search } = new URL((await fetch(real.opened[1] ?? '', { redirect: 'manual' })).headers.get('Location') ?? '');
    const state = new URLSearchParams(search).get('state');
    await real.server.ask(`${pathname}?error=access_denied&state=${state}`, { key: null });
    expect((await screen.findByRole('alert', {}, { timeout: 5_000 })).textContent).toMatch(
      /Salesforce was told no, so nothing was connected\./,
    );
    fireEvent.click(screen.getByRole('button', { name: 'Start again' }));
    await screen.findByText('Waiting for Salesforce.');
  });

  test.each([
    ['half of it', 'pat-na1-1234'],
    ['other text', 'Copied: pat-na1-aaaaaaaa-bbbb-cccc-dddd'],
  ])('a service key of which only %s was pasted is told what a key looks like, and nothing is sent', async (_, pasted) => {
    await open('#/connections');
    fireEvent.click(await screen.findByRole('button', { name: 'Paste a service key' }));
    fireEvent.input(screen.getByLabelText(/Service key/), { target: { value: pasted } });
    click('Connect with this key');
    expect((await screen.findByRole('alert')).textContent).toMatch(
      /A service key is one piece of 20 signs or more.*Copy it once more in HubSpot/,
    );
  });

  test('members see what is connected and why they cannot connect', async () => {
    await open('#/connections', 'member');
    expect((await screen.findAllByText('Only admins connect a CRM.')).length).toBeGreaterThan(0);
  });
});

describe('a connection', () => {
  test('it is ended by a click that asks first, and the leads stay', async () => {
    const id = await connect();
    await open(`#/connections/${id}`);
    fireEvent.click(await screen.findByRole('button', { name: 'Disconnect' }));
    fireEvent.click(within(screen.getByRole('dialog', { hidden: true })).getByText('Disconnect'));
    await screen.findByRole('heading', { name: /^Connections/ });
    expect((await (await real.server.ask('/api/connections')).json()).connections).toEqual([]);
  });
});
