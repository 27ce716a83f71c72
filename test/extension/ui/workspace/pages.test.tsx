import { fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '#shared/api/workspace.ts';
import { type RealWorkspace, realWorkspace } from '../../../support/real-workspace.ts';
import { showWorkspace } from '../../../support/show-workspace.tsx';

let real: RealWorkspace;
beforeEach(async () => {
  real = await realWorkspace();
});
afterEach(() => real.stop());

const show = async (hash: string, role: Role = 'admin') => showWorkspace(await real.hostFor(role), hash);
const button = (name: string | RegExp) => screen.findByRole('button', { name });
const type = async (label: string, value: string) => fireEvent.input(await screen.findByLabelText(label), { target: { value } });
const get = async (path: string) => (await real.server.ask(path)).json();
const confirm = async (name: string) => fireEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name }));

describe('lists', () => {
  const names = async () => (await get('/api/lists')).lists.map((list: { name: string }) => list.name);

  test('are made, renamed and deleted; before deleting it is said that their leads stay', async () => {
    await show('#/lists');
    fireEvent.click(await button('New list'));
    await type('Name of the new list', 'Fair');
    fireEvent.click(await button('Make list'));
    fireEvent.click(await button('Rename “Fair”'));
    await type('New name of “Fair”', 'Spring fair');
    fireEvent.click(await button('Rename'));
    await button('Rename “Spring fair”');
    expect(await names()).toContain('Spring fair');
    const { id } = (await get('/api/lists')).lists[1];
    await real.server.send('POST', '/api/leads', {
      listId: id,
      leads: [{ firstName: 'A', lastName: 'B', email: 'a@example.com', phone: '+12025550101' }],
    });
    fireEvent.click(await button('Delete “Spring fair”'));
    await confirm('Delete list');
    await waitFor(async () => expect(await names()).not.toContain('Spring fair'));
    expect((await get('/api/leads')).pagination.totalCount).toBe(1);
  });

  test('a name that is taken is said beside the field, and nothing is lost', async () => {
    await real.server.send('POST', '/api/lists', { name: 'Fair' });
    await show('#/lists');
    fireEvent.click(await button('New list'));
    await type('Name of the new list', 'FAIR');
    fireEvent.click(await button('Make list'));
    expect((await screen.findByRole('alert')).textContent).toContain('There is a list "FAIR" already.');
    expect(screen.getByLabelText<HTMLInputElement>('Name of the new list').value).toBe('FAIR');
  });

  test('the default one cannot be deleted', async () => {
    await show('#/lists');
    await screen.findByText('default');
    expect(screen.queryByRole('button', { name: /^Delete/ })).toBeNull();
  });
});

describe('opt-outs', () => {
  const values = async () =>
    (await get('/api/suppressions')).suppressions.map((entry: { kind: string; value: string }) => `${entry.kind} ${entry.value}`).sort();

  test.each([
    ['an address', ' Ann@Example.com ', 'email ann@example.com'],
    ['a domain, with or without @', '@example.org', 'domain example.org'],
    ['a number, read in the country of the workspace', '(202) 555-0123', 'phone +12025550123'],
  ])('%s is recognised by its looks', async (_, typed, stored) => {
    await show('#/suppressions');
    await type('Address, domain or phone', typed);
    fireEvent.click(await button('Add'));
    await screen.findByText(/is on the list\.$/);
    expect(await values()).toEqual([stored]);
  });

  test('what is none is refused with a sentence before anything is sent', async () => {
    await show('#/suppressions');
    await screen.findByText('Nobody has opted out');
    await type('Address, domain or phone', 'hello');
    fireEvent.click(await button('Add'));
    await screen.findByText('This is no address, domain or phone number.');
    expect(await values()).toEqual([]);
  });

  test('a pasted list says what it holds and what is left out, then adds it', async () => {
    await show('#/suppressions');
    fireEvent.click(await button('Add many'));
    await type(
      'Addresses, domains and phones, one a line',
      'a@example.com\nb@example.com, example.org\nno value\n+12025550123\n\nA@example.com',
    );
    expect((await screen.findByText('2 addresses, 1 domain, 1 phone')).parentElement?.textContent).toContain(
      '1 text is left out: “no value”',
    );
    fireEvent.click(await button('Add 4 entries'));
    await screen.findByText('4 entries added.', { ignore: '.sr' });
    expect(await values()).toEqual(['domain example.org', 'email a@example.com', 'email b@example.com', 'phone +12025550123']);
  });

  test('they are searched by value and reason', async () => {
    const entries = [{ value: 'a@example.com', reason: 'Asked by mail' }, { value: 'example.org' }];
    await real.server.send('POST', '/api/suppressions', { entries });
    await show('#/suppressions');
    await screen.findByText('example.org');
    await type('Search opt-outs', 'asked');
    await screen.findByText('1 found');
    expect(screen.queryByText('example.org')).toBeNull();
    screen.getByText('a@example.com');
    await type('Search opt-outs', 'nobody');
    await screen.findByText('Nothing matches “nobody”.');
  });

  test('more than a page of them come page by page, with the number of all at the top', async () => {
    const entries = Array.from({ length: 130 }, (_, index) => ({ value: `p${index}@example.net` }));
    await real.server.send('POST', '/api/suppressions', { entries });
    await show('#/suppressions');
    await screen.findByText('130');
    fireEvent.click(await button('Show more opt-outs'));
    await waitFor(() => expect(screen.getByRole('list', { name: 'Opt-outs' }).children).toHaveLength(130));
    expect(screen.queryByRole('button', { name: 'Show more opt-outs' })).toBeNull();
  });

  test('only admins take one off', async () => {
    await real.server.send('POST', '/api/suppressions', { entries: [{ value: 'example.org' }] });
    await show('#/suppressions');
    fireEvent.click(await button('Take example.org off the list'));
    await confirm('Take it off');
    await screen.findByText('Nobody has opted out');
    expect(await values()).toEqual([]);
  });
});

test('a template says what it maps and by whom, is renamed and deleted', async () => {
  const mapping = [
    { column: 0, field: 'email' },
    { column: 1, field: 'custom', label: 'Region' },
    { field: 'tags', value: 'fair' },
  ];
  await real.server.send('POST', '/api/mapping-templates', { name: 'Fair', headers: ['a', 'b'], mapping });
  await show('#/templates');
  await screen.findByText('2 columns and 1 fixed value: Email, Region (custom), Tags');
  await screen.findByText(/^You, /);
  fireEvent.click(await button('Rename “Fair”'));
  await type('New name of “Fair”', 'Show');
  fireEvent.click(await button('Rename'));
  fireEvent.click(await button('Delete “Show”'));
  await confirm('Delete template');
  await screen.findByText('No templates yet');
});

describe('members and keys', () => {
  test('an invitation is one text with address and code, and stands among the open ones until it is revoked', async () => {
    await show('#/people');
    await type('Email, if you like', 'kim@example.com');
    fireEvent.change(screen.getByLabelText('As'), { target: { value: 'viewer' } });
    fireEvent.click(await button('Make invitation'));
    const text = (await screen.findByLabelText<HTMLInputElement>('Invitation')).value;
    expect(text).toMatch(/^http:\/\/localhost:8787#[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
    expect((await get('/api/invites')).invites[0]).toMatchObject({ email: 'kim@example.com', role: 'viewer' });
    fireEvent.click(within(await screen.findByRole('list', { name: 'Open invitations' })).getByRole('button', { name: 'Revoke' }));
    await waitFor(async () => expect((await get('/api/invites')).invites).toEqual([]));
  });

  test('the last admin stays one, and the screen says why', async () => {
    await show('#/people');
    fireEvent.change(await screen.findByLabelText(/^Role of /), { target: { value: 'viewer' } });
    expect((await screen.findByRole('alert')).textContent).toContain('The last admin stays one.');
    expect(screen.getByLabelText<HTMLSelectElement>(/^Role of /).value).toBe('admin');
  });

  test('a key is shown once when it is made, listed by its end, and revoked', async () => {
    await show('#/people');
    await type('What uses the key', 'Website form');
    fireEvent.click(await button('Make key'));
    const key = (await screen.findByLabelText<HTMLInputElement>('New key')).value;
    expect((await real.server.ask('/api/leads', { key })).status).toBe(200);
    const line = (await screen.findByText('Website form', { selector: '.strong' })).closest('li') as HTMLElement; // as: keys stand in lines
    expect(line.textContent).toContain(`…${key.slice(-4)}`);
    fireEvent.click(within(line).getByRole('button', { name: 'Revoke' }));
    await confirm('Revoke key');
    await waitFor(async () => expect((await real.server.ask('/api/leads', { key })).status).toBe(401));
  });

  test('who is no admin sees the members and nothing to change', async () => {
    await show('#/people', 'member');
    await screen.findByRole('list', { name: 'Members' });
    expect(screen.queryByText('Keys')).toBeNull();
    expect(screen.queryByRole('combobox')).toBeNull();
  });
});

test('what happened is listed with who did it, and can be narrowed to one kind', async () => {
  await real.server.send('POST', '/api/suppressions', { entries: [{ value: 'example.org' }] });
  await real.server.send('POST', '/api/invites', { role: 'viewer' });
  await show('#/audit');
  const past = await screen.findByRole('list', { name: 'What happened, newest first' });
  expect(within(past).getAllByRole('listitem')[0]?.textContent).toContain('Invitation made: as viewer');
  fireEvent.change(screen.getByLabelText('What happened'), { target: { value: 'suppressions.added' } });
  await screen.findByText(': 1 entry');
  expect(screen.queryByText(': as viewer')).toBeNull();
});

describe('settings', () => {
  test('are saved as they are chosen', async () => {
    await show('#/settings');
    fireEvent.click(await screen.findByLabelText('undo their own imports'));
    await screen.findByText('Only admins may do that now.', { ignore: '.sr' });
    fireEvent.change(screen.getByLabelText('A lead must have'), { target: { value: 'reachable' } });
    await waitFor(async () =>
      expect(await get('/api/workspace')).toMatchObject({ require: 'reachable', membersMay: { undo: false, overwrite: true } }),
    );
  });

  test('a read-only workspace says so on every page, shows no controls, and admins can open it again', async () => {
    await real.server.send('PATCH', '/api/workspace', { readOnly: true });
    await show('#/lists');
    await screen.findByText('This workspace is read-only.');
    expect(screen.queryByRole('button', { name: 'New list' })).toBeNull();
    location.hash = '#/settings';
    fireEvent.click(await screen.findByLabelText('nobody changes anything but these settings'));
    await waitFor(() => expect(screen.queryByText('This workspace is read-only.')).toBeNull());
  });
});

describe('a viewer', () => {
  test.each([
    ['lists', 'Default list', 'lists'],
    ['opt-outs', 'example.org', 'suppressions'],
    ['templates', 'Fair', 'templates'],
    ['members', 'Members', 'people'],
    ['imports', 'API', 'imports'],
  ])('sees the %s, and no button but those of the page', async (_, shown, page) => {
    await real.server.send('POST', '/api/suppressions', { entries: [{ value: 'example.org' }] });
    await real.server.send('POST', '/api/mapping-templates', { name: 'Fair', headers: ['a'], mapping: [{ column: 0, field: 'email' }] });
    await real.server.send('POST', '/api/leads', {
      leads: [{ firstName: 'A', lastName: 'B', email: 'a@example.com', phone: '+12025550101' }],
    });
    await show(`#/${page}`, 'viewer');
    await screen.findAllByText(shown);
    await waitFor(() => expect(document.querySelector('main li, main .what')).not.toBeNull());
    expect(within(screen.getByRole('main')).queryAllByRole('button')).toEqual([]);
  });

  test.each(['audit', 'settings'])('does not see the page %s', async (page) => {
    await show(`#/${page}`, 'viewer');
    await screen.findByText('There is nothing at this address');
    expect(screen.queryByRole('link', { name: /audit|settings/i })).toBeNull();
  });
});
