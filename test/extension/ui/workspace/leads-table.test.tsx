import { act, fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { beforeEach, describe, expect, test } from 'vitest';
import { type FakeWorkspace, fakeWorkspace } from '../../../support/fake-workspace.ts';
import { asked, cell, EMAIL, rowOf, show } from '../../../support/show-workspace.tsx';

beforeEach(() => history.replaceState(null, '', location.pathname));

describe('by keyboard', () => {
  const key = (name: string, more: Partial<KeyboardEventInit> = {}) => {
    const focused = document.activeElement ?? document.body;
    fireEvent.keyDown(focused, { key: name, ...more });
  };
  async function startIn(fake: FakeWorkspace) {
    show(fake);
    const row = await rowOf('Person 0');
    act(() => cell(row, 1).focus());
  }

  test('arrows move the focus, one cell is in the order of Tab', async () => {
    await startIn(fakeWorkspace(30));
    key('ArrowDown');
    key('ArrowRight');
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Marlow Freight'));
    expect(document.querySelectorAll('.leads-rows [tabindex="0"]')).toHaveLength(1);
    key('End', { ctrlKey: true });
    await waitFor(() => expect(document.activeElement?.closest('[role=row]')?.getAttribute('aria-rowindex')).toBe('31'));
  });

  test('Space chooses, Shift and an arrow choose a range, Escape none', async () => {
    await startIn(fakeWorkspace(30));
    key(' ');
    key('ArrowDown', { shiftKey: true });
    key('ArrowDown', { shiftKey: true });
    await screen.findByText((_, element) => element?.textContent === '3 chosen');
    key('Escape');
    await waitFor(() => expect(screen.queryByRole('toolbar')).toBeNull());
  });

  test('Enter opens the lead, back returns to the same cell', async () => {
    await startIn(fakeWorkspace(30));
    key('ArrowDown');
    key('Enter');
    await screen.findByRole('heading', { name: 'Person 1' });
    expect(location.hash).toBe('#/leads/ld1');
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Person 1' }));
    act(() => history.back());
    await rowOf('Person 1');
    await waitFor(() => expect(document.activeElement?.closest('[role=row]')?.getAttribute('aria-rowindex')).toBe('3'));
  });
});

describe('changing a cell', () => {
  async function edit(fake: FakeWorkspace, text: string) {
    show(fake);
    fireEvent.dblClick(cell(await rowOf('Person 2'), EMAIL));
    const field = await screen.findByRole('textbox', { name: 'Email' });
    fireEvent.input(field, { target: { value: text } });
    fireEvent.keyDown(field, { key: 'Enter' });
  }
  const field = () => screen.queryByRole<HTMLInputElement>('textbox', { name: 'Email' });

  test('it is stored for the version one saw, shown, and can be taken back', async () => {
    const fake = fakeWorkspace(5);
    await edit(fake, 'new@example.com');
    await waitFor(() => expect(fake.leads[2]).toMatchObject({ email: 'new@example.com', version: 2 }));
    expect(asked(fake, 'PATCH')[0]).toContain('"version":1');
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(fake.leads[2]).toMatchObject({ email: 'person2@example.com', version: 3 }));
  });

  test('what nobody has changed is not sent; Escape gives the old value back', async () => {
    const fake = fakeWorkspace(5);
    await edit(fake, 'person2@example.com');
    await waitFor(() => expect(field()).toBeNull());
    expect(asked(fake, 'PATCH')).toEqual([]);
  });

  test('somebody else was quicker: both values are named, and either can be kept', async () => {
    const fake = fakeWorkspace(5);
    show(fake);
    await rowOf('Person 2');
    fake.leads = fake.leads.map((lead) => (lead.id === 'ld2' ? { ...lead, email: 'theirs@example.com', version: 7 } : lead));
    fireEvent.dblClick(cell(await rowOf('Person 2'), EMAIL));
    const typed = await screen.findByRole('textbox', { name: 'Email' });
    fireEvent.input(typed, { target: { value: 'mine@example.com' } });
    fireEvent.keyDown(typed, { key: 'Enter' });
    expect((await screen.findByRole('alert')).textContent).toContain('It is now “theirs@example.com”; you typed “mine@example.com”.');
    expect(field()?.value, 'what was typed stays').toBe('mine@example.com');
    fireEvent.click(screen.getByRole('button', { name: 'Use mine' }));
    await waitFor(() => expect(fake.leads[2]).toMatchObject({ email: 'mine@example.com', version: 8 }));
  });

  test.each([
    [
      'an address that has opted out',
      { status: 409, body: { code: 'SUPPRESSED', error: 'example.org is on the suppression list since 2026-05-04. Nothing was changed.' } },
      'example.org is on the suppression list since 2026-05-04',
    ],
    [
      'a value that cannot be stored',
      { status: 400, body: { code: 'INVALID_LEADS', error: 'Long.', details: [{ index: 0, message: 'An email needs an @.' }] } },
      'An email needs an @.',
    ],
    ['a server that fails', { status: 500, body: { code: 'INTERNAL' } }, 'The server failed on its side.'],
  ])('%s: the reason is said and the text is kept', async (_, refuse, words) => {
    const fake = fakeWorkspace(5);
    fake.refuse = refuse;
    await edit(fake, 'typed@example.org');
    expect((await screen.findByRole('alert')).textContent).toContain(words);
    expect(field()?.value).toBe('typed@example.org');
    fireEvent.click(screen.getByRole('button', { name: 'Give up the change' }));
    await waitFor(() => expect(field()).toBeNull());
    expect(fake.leads[2]?.email).toBe('person2@example.com');
  });

  test('an owner is chosen among the members', async () => {
    const fake = show(fakeWorkspace(5));
    fireEvent.dblClick(cell(await rowOf('Person 2'), 6));
    const choice = await screen.findByRole('combobox', { name: 'Owner' });
    await within(choice).findByRole('option', { name: 'Ana Ruiz' });
    fireEvent.change(choice, { target: { value: 'ana@example.com' } });
    fireEvent.keyDown(choice, { key: 'Enter' });
    await waitFor(() => expect(asked(fake, 'PATCH')[0]).toContain('"ownerEmail":"ana@example.com"'));
  });
});

describe('many at once', () => {
  test('chosen by hand and tagged: exactly those', async () => {
    const fake = show(fakeWorkspace(30));
    await rowOf('Person 1');
    for (const name of ['Person 1', 'Person 2']) fireEvent.click(screen.getByRole('checkbox', { name: `Choose ${name}` }));
    fireEvent.click(await screen.findByRole('button', { name: 'Tag' }));
    fireEvent.input(screen.getByRole('combobox', { name: 'Tag' }), { target: { value: 'spring' } });
    fireEvent.click(screen.getByRole('button', { name: 'Add tag' }));
    await waitFor(() => expect(fake.leads.filter(({ tags }) => tags.includes('spring')).map(({ id }) => id)).toEqual(['ld1', 'ld2']));
  });

  test('all that the filter finds: the dialog names the number, and the safe button is first', async () => {
    const fake = show(fakeWorkspace(3_000), '#/leads?tag=fair');
    await rowOf('Person 0');
    fireEvent.click(screen.getByRole('checkbox', { name: 'Choose all 1,000 leads' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Delete' }));
    fireEvent.click(screen.getByRole('button', { name: 'Delete 1,000 leads', hidden: true }));
    await waitFor(() => expect(fake.leads).toHaveLength(2_000));
    expect(asked(fake, 'bulk')).toEqual(['POST /api/leads/bulk {"filter":{"tag":"fair"},"delete":true}']);
    await screen.findByText('No lead here');
  });
});
