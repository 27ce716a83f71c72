import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '#shared/api/workspace.ts';
import { type RealWorkspace, realWorkspace } from '../../../support/real-workspace.ts';
import { showWorkspace } from '../../../support/show-workspace.tsx';

const HEAD = 'First name,Last name,Email,Phone';
const FIRST = [HEAD, 'Ann,Lee,ann@example.com,+12025550101', 'Bo,Kay,bo@example.com,+12025550102'].join('\n');
/** Ann's phone under another name, an address without @, somebody who opted out, and somebody new. */
const SECOND = [
  HEAD,
  'Pia,Other,pia@example.com,+12025550101',
  'Una,Wrong,una-at-example.com,+12025550103',
  'Cy,Gone,cy@optout.example,+12025550104',
  'Fay,New,fay@example.com,+12025550105',
].join('\n');

let real: RealWorkspace;
beforeEach(async () => {
  real = await realWorkspace();
});
afterEach(() => real.stop());

async function importFile(csv: string, name: string): Promise<string> {
  const path = `/api/imports?fileName=${name}.csv&listName=${name}`;
  const answer = await real.server.ask(path, { method: 'POST', headers: { 'Content-Type': 'text/csv' }, body: csv });
  return (await answer.json()).importId;
}
async function leads(): Promise<string[]> {
  const { leads: found } = await (await real.server.ask('/api/leads?limit=100')).json();
  return found.map((lead: { email: string }) => lead.email).sort();
}
const show = async (hash: string, role: Role = 'admin') => showWorkspace(await real.hostFor(role), hash);
const button = (name: string | RegExp) => screen.findByRole('button', { name });

describe('the history', () => {
  test('says of every import who made it, when, from where, into which list and what came of it, the newest first', async () => {
    await real.server.send('POST', '/api/suppressions', { entries: [{ value: 'optout.example' }] });
    await importFile(FIRST, 'Fair');
    await importFile(SECOND, 'Show');
    await real.server.send('POST', '/api/leads', {
      leads: [{ firstName: 'Zed', lastName: 'Api', email: 'z@example.com', phone: '+12025550109' }],
    });
    await show('#/imports');
    const lines = within(await screen.findByRole('list', { name: 'Imports, newest first' })).getAllByRole('listitem');
    expect(lines.map((line) => line.querySelector('a')?.textContent)).toEqual(['API', 'Show.csv', 'Fair.csv']);
    expect(lines[1]?.textContent).toMatch(/You · CSV file · to Show/);
    expect(lines[1]?.textContent).toContain('1 saved · 1 to decide · 1 opted out · 1 rejected');
  });

  test('an import that wrote nothing offers no undo, and one rejected row is one', async () => {
    const wrote = await importFile(FIRST, 'Fair');
    const wroteNothing = await importFile([HEAD, 'Una,Wrong,una-at-example.com,+12025550103'].join('\n'), 'Fair');
    await show(`#/imports/${wrote}`);
    await button('Undo this import');
    cleanup();
    await show(`#/imports/${wroteNothing}`);
    await screen.findByText(/Mend it and choose the file again: only that row is imported\./);
    expect(screen.queryByRole('button', { name: 'Undo this import' })).toBeNull();
  });

  test('one row already there is one duplicate; of an undone import it says what had been saved', async () => {
    const id = await importFile(FIRST, 'Fair');
    await importFile([HEAD, 'Ann,Lee,ann@example.com,+12025550101'].join('\n'), 'Fair');
    await real.server.send('POST', `/api/imports/${id}/undo`, {});
    await show('#/imports');
    const lines = within(await screen.findByRole('list', { name: 'Imports, newest first' })).getAllByRole('listitem');
    expect(lines[0]?.textContent).toMatch(/0 saved · 1 duplicate$/);
    expect(lines[1]?.textContent).toMatch(/undone: 2 had been saved$/);
  });

  test('more than a page of them come page by page, each once', async () => {
    for (let number = 0; number < 52; number++) {
      const lead = { firstName: 'P', lastName: String(number), email: `p${number}@example.com`, phone: `+120255501${10 + number}` };
      await real.server.send('POST', '/api/leads', { leads: [lead] });
    }
    await show('#/imports');
    fireEvent.click(await button('Show more imports'));
    await waitFor(() => expect(document.querySelectorAll('.history > li')).toHaveLength(52));
    expect(new Set([...document.querySelectorAll('.history a')].map((link) => link.getAttribute('href'))).size).toBe(52);
    expect(screen.queryByRole('button', { name: 'Show more imports' })).toBeNull();
  });
});

describe('a receipt', () => {
  test('its buckets add up, and every one opens its rows with the reason in words', async () => {
    await real.server.send('POST', '/api/suppressions', { entries: [{ value: 'optout.example' }] });
    await importFile(FIRST, 'Fair');
    const id = await importFile(SECOND, 'Show');
    await show(`#/imports/${id}`);
    await screen.findByRole('heading', { name: '1 lead saved to Show.' });
    const numbers = [...document.querySelectorAll('.buckets .n')].map((number) => Number(number.textContent));
    expect(numbers.reduce((sum, rows) => sum + rows, 0)).toBe(Number(document.querySelector('.sum .num')?.textContent));
    const doors = [...document.querySelectorAll<HTMLAnchorElement>('.buckets a')].map((link) => link.getAttribute('href') ?? '');
    expect(doors).toHaveLength(numbers.length);
    location.hash = doors.find((href) => href.endsWith('/rejected')) ?? '';
    await screen.findByText('Una Wrong');
    screen.getByText(/needs an @: “una-at-example.com” has none/);
    screen.getByText('una-at-example.com');
    location.hash = doors.find((href) => href.endsWith('/suppressed')) ?? '';
    await screen.findByText(/optout\.example/);
  });

  test('rejected rows are downloaded as a file', async () => {
    const id = await importFile(SECOND, 'Show');
    await show(`#/imports/${id}`);
    fireEvent.click(await button('Download 1 rejected row'));
    await waitFor(() => expect(real.saved).toHaveLength(1));
    expect(await real.saved[0]?.text()).toContain('una-at-example.com');
  });

  test('of an import that is not there says so', async () => {
    await show('#/imports/nothing');
    await screen.findByText('There is no such import');
  });
});

describe('undo', () => {
  test('says what goes and until when before it does anything: at most, and then exactly, with what stays and why', async () => {
    const id = await importFile(FIRST, 'Fair');
    const { leads: found } = await (await real.server.ask('/api/leads?search=ann')).json();
    await real.server.send('PATCH', `/api/leads/${found[0].id}`, { companyName: 'Acme' });
    await show(`#/imports/${id}?undo=1`);
    const dialog = await screen.findByRole('dialog');
    expect(dialog.textContent).toMatch(/Until .*20\d\d\. Up to 2 new leads go\..* What somebody has edited since stays, and is listed\./);
    await within(dialog).findByText(/Until .*20\d\d\. 1 lead goes\. The list goes if it is empty then\. 1 lead stays: edited since\.$/);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Keep the import' }));
    expect(await leads()).toHaveLength(2);
  });

  test('takes the leads back, and names the one somebody has edited since', async () => {
    const id = await importFile(FIRST, 'Fair');
    const { leads: found } = await (await real.server.ask('/api/leads?search=ann')).json();
    await real.server.send('PATCH', `/api/leads/${found[0].id}`, { companyName: 'Acme' });
    await show(`#/imports/${id}`);
    fireEvent.click(await button('Undo this import'));
    fireEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Undo this import' }));
    await screen.findByRole('heading', { name: 'Import undone.' });
    expect(await leads()).toEqual(['ann@example.com']);
    const kept = await screen.findByRole('list', { name: 'Kept leads' });
    await within(kept).findByRole('link', { name: 'Ann Lee' });
    expect(kept.textContent).toContain('edited since');
    expect(screen.queryByRole('button', { name: 'Undo this import' })).toBeNull();
  });

  test('of an import that changed nothing says so, and asks nothing', async () => {
    await importFile(FIRST, 'Fair');
    const id = await importFile(FIRST, 'Fair');
    await show(`#/imports/${id}?undo=1`);
    await screen.findByText('It has written nothing, so there is nothing to undo.');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test.each([
    ['a viewer sees no button', 'viewer', false, true],
    ['a member where undo is withheld sees none, and why', 'member', false, false],
  ] as const)('%s', async (_, role, hasButton, may) => {
    await real.server.send('PATCH', '/api/workspace', { membersMay: { undo: may } });
    const id = await importFile(FIRST, 'Fair');
    await show(`#/imports/${id}?undo=1`, role);
    await screen.findByRole('heading', { name: '2 leads saved to Fair.' });
    expect(screen.queryByRole('button', { name: 'Undo this import' }) !== null).toBe(hasButton);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.queryByText(/admins undo imports/) !== null).toBe(role === 'member');
  });
});

describe('rows in review', () => {
  async function showReview(role: Role = 'admin') {
    await importFile(FIRST, 'Fair');
    const id = await importFile(SECOND, 'Show');
    await show(`#/imports/${id}/review`, role);
    return id;
  }

  test('stand beside the lead they may be about, field by field', async () => {
    await showReview();
    await screen.findByRole('columnheader', { name: 'Ann Lee' });
    const phone = screen.getByRole('rowheader', { name: 'Phone' }).closest('tr');
    expect([...(phone?.querySelectorAll('td') ?? [])].map((cell) => cell.textContent)).toEqual(['+12025550101', '+12025550101']);
  });

  test.each([
    [
      '“Another person: import” makes a lead of its own',
      'Another person: import',
      ['ann@example.com', 'bo@example.com', 'cy@optout.example', 'fay@example.com', 'pia@example.com'],
    ],
    ['“Leave out” writes nothing', 'Leave out', ['ann@example.com', 'bo@example.com', 'cy@optout.example', 'fay@example.com']],
    [
      '“Same person” adds the known lead to the list',
      'Same person',
      ['ann@example.com', 'bo@example.com', 'cy@optout.example', 'fay@example.com'],
    ],
  ])('%s, and the row is decided', async (_, name, after) => {
    const id = await showReview();
    fireEvent.click(await button(name));
    await screen.findByText('Nothing is left to decide');
    expect(await leads()).toEqual(after);
    const { counters } = await (await real.server.ask(`/api/imports/${id}`)).json();
    expect(counters.review).toBe(0);
  });

  test('a viewer sees them without the answers', async () => {
    await showReview('viewer');
    await screen.findByText('Pia Other');
    expect(screen.queryByRole('button', { name: 'Leave out' })).toBeNull();
  });
});
