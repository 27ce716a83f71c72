import { fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { beforeEach, describe, expect, test } from 'vitest';
import { fakeWorkspace } from '../../../support/fake-workspace.ts';
import { asked, cell, EMAIL, rowOf, show } from '../../../support/show-workspace.tsx';

beforeEach(() => history.replaceState(null, '', location.pathname));

describe('before the workspace is open', () => {
  test('a browser that is not connected says so, and how to connect it', async () => {
    const fake = fakeWorkspace(3);
    fake.isPaired = false;
    show(fake);
    fireEvent.click(await screen.findByRole('button', { name: 'Connect' }));
    expect(fake.did).toEqual(['openOptions']);
    expect(fake.requests, 'and nobody was asked').toEqual([]);
  });

  test('a server that is off says what is safe, and “Try again” opens it', async () => {
    const fake = fakeWorkspace(3);
    fake.isDown = true;
    show(fake);
    expect((await screen.findByRole('alert')).textContent).toContain('Your leads are safe on the server');
    fake.isDown = false;
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await rowOf('Person 0');
  });

  test('a workspace without leads offers Import', async () => {
    const fake = show(fakeWorkspace(0));
    fireEvent.click(await screen.findByRole('button', { name: 'Import leads' }));
    expect(fake.did).toEqual(['openImporter']);
  });

  test.each([
    ['a page that does not exist', '#/nowhere'],
    ['a lead that is gone', '#/leads/gone'],
  ])('%s says so, and Import is there as everywhere', async (_, hash) => {
    show(fakeWorkspace(1), hash);
    await screen.findByText(/nothing at this address|not here any more/);
    screen.getByRole('button', { name: 'Import' });
  });
});

describe('the table of leads', () => {
  test('10,000 leads: all are counted for whoever listens, few are in the page', async () => {
    show(fakeWorkspace(10_000));
    await rowOf('Person 0');
    expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('10001');
    expect(screen.getAllByRole('row').length).toBeLessThan(60);
    expect(screen.getByRole('heading', { name: /^Leads/ }).textContent).toBe('Leads 10,000');
  });

  test('“All leads” is the whole workspace with its total; the default list stands below by its own name', async () => {
    show(fakeWorkspace(64));
    const lists = within(await screen.findByRole('list', { name: 'Lists' }));
    await waitFor(() =>
      expect(lists.getAllByRole('link').map((link) => link.textContent)).toEqual(['All leads64', 'Default list0', 'Q4 Webinar40']),
    );
    expect(lists.getByRole('link', { name: /^All leads/ }).getAttribute('href')).toBe('#/leads');
  });

  test('what is searched stands in the address, and the address is what is searched', async () => {
    const fake = show(fakeWorkspace(30), '#/leads?search=Person+7');
    await rowOf('Person 7');
    expect(screen.queryByRole('link', { name: 'Person 1' })).toBeNull();
    fireEvent.input(screen.getByRole('searchbox'), { target: { value: 'Person 12' } });
    await rowOf('Person 12');
    expect(location.hash).toBe('#/leads?search=Person+12');
    expect(asked(fake, '/api/leads?search=Person+12')).toHaveLength(1);
  });

  test('a filter is a chip that takes itself off', async () => {
    show(fakeWorkspace(9), '#/leads?tag=fair');
    await rowOf('Person 3');
    expect(screen.queryByRole('link', { name: 'Person 1' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: /Tag: fair/ }));
    await rowOf('Person 1');
    expect(location.hash).toBe('#/leads');
  });

  test('the import one comes from is named', async () => {
    show(fakeWorkspace(9), '#/leads?import=i1');
    await screen.findByRole('button', { name: /Import: webinar.csv, 18 May|Import: webinar.csv, May 18/ });
  });

  test('a search that finds nobody says so, and leads back to all', async () => {
    show(fakeWorkspace(9), '#/leads?search=tidewel&tag=fair');
    await screen.findByText('No lead matches “tidewel”');
    screen.getByText('1 filter is on.');
    fireEvent.click(screen.getByRole('button', { name: 'Show all leads' }));
    await rowOf('Person 0');
  });

  test('a click on a head sorts; the order is in the address and on the head', async () => {
    const fake = show(fakeWorkspace(9));
    await rowOf('Person 0');
    fireEvent.click(screen.getByRole('button', { name: 'Company' }));
    await waitFor(() => expect(asked(fake, 'sort=companyName')).toHaveLength(1));
    expect((await screen.findByRole('columnheader', { name: 'Company' })).getAttribute('aria-sort')).toBe('ascending');
    expect(location.hash).toBe('#/leads?sort=companyName');
  });

  test('export saves what is on the screen, and says that opt-outs are left out', async () => {
    const fake = show(fakeWorkspace(9), '#/leads?tag=fair');
    await rowOf('Person 0');
    fireEvent.click(screen.getByRole('button', { name: 'Export these' }));
    await waitFor(() => expect(fake.saved.map(({ name }) => name)).toEqual(['leads.csv']));
    expect(asked(fake, '/api/leads/export?tag=fair')).toHaveLength(1);
    expect((await screen.findAllByText(/do not contact” are left out/)).length).toBeGreaterThan(0);
  });
});

describe('one lead', () => {
  test('its values, its past by the names of import and people, and the way back to where one was', async () => {
    show(fakeWorkspace(9), '#/leads/ld3?tag=fair');
    await screen.findByRole('heading', { name: 'Person 3' });
    screen.getByRole('button', { name: 'Email: person3@example.com. Change' });
    const link = await screen.findByRole('link', { name: /^Import webinar.csv/ });
    expect(link.getAttribute('href')).toBe('#/leads?import=i1');
    screen.getByText('Phone changed');
    screen.getByText('+12025550168');
    expect(screen.getAllByRole('link', { name: 'Leads' }).map((back) => back.getAttribute('href'))).toContain('#/leads?tag=fair');
  });

  test('an undo is told as an undo, by whom, with the values it gave back', async () => {
    show(fakeWorkspace(9), '#/leads/ld3');
    const entry = (await screen.findByRole('link', { name: 'Import messy.csv' })).closest('li');
    expect(entry?.querySelector('p')?.textContent).toBe('Import messy.csv undone by Ana Ruiz');
    expect(entry?.querySelector('.change')?.textContent).toBe('CompanyBrightwater HoldingBrightwater Labs Ltd');
  });

  test('a value is changed where it stands', async () => {
    const fake = show(fakeWorkspace(9), '#/leads/ld3');
    fireEvent.click(await screen.findByRole('button', { name: 'Job title: blank. Change' }));
    const input = screen.getByRole('textbox', { name: 'Job title' });
    fireEvent.input(input, { target: { value: 'VP Operations' } });
    fireEvent.keyDown(input, { key: 'Enter' });
    await screen.findByRole('button', { name: 'Job title: VP Operations. Change' });
    expect(fake.leads[3]?.jobTitle).toBe('VP Operations');
  });

  test('deleted, after a question, one is back in the table without it', async () => {
    show(fakeWorkspace(9), '#/leads/ld3');
    fireEvent.click(await screen.findByRole('button', { name: 'Delete this lead' }));
    fireEvent.click(screen.getByRole('button', { name: 'Delete 1 lead', hidden: true }));
    await rowOf('Person 2');
    expect(screen.queryByRole('link', { name: 'Person 3' })).toBeNull();
  });
});

describe('a viewer', () => {
  test('sees the table, and nothing that changes anything', async () => {
    const fake = show(fakeWorkspace(9, 'viewer'));
    const row = await rowOf('Person 2');
    fireEvent.dblClick(cell(row, EMAIL));
    expect(screen.queryByRole('textbox', { name: 'Email' })).toBeNull();
    fireEvent.click(screen.getByRole('checkbox', { name: 'Choose Person 2' }));
    await screen.findByRole('toolbar');
    for (const name of ['Add to list', 'Tag', 'Delete']) expect(screen.queryByRole('button', { name })).toBeNull();
    expect(fake.requests.filter((request) => !request.startsWith('GET'))).toEqual([]);
  });

  test('sees a lead as it is', async () => {
    show(fakeWorkspace(9, 'viewer'), '#/leads/ld3');
    await screen.findByRole('heading', { name: 'Person 3' });
    expect(screen.queryByRole('button', { name: /Change|Delete|Add to list|Take out/ })).toBeNull();
  });
});
