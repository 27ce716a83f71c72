import { fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { describe, expect, test } from 'vitest';
import type { PlanView, TableDraft } from '../../../extension/flow/draft.ts';
import type { GridRow } from '../../../extension/flow/view.ts';
import { ImportScreen } from '../../../extension/ui/import-screen.tsx';
import { problem } from '../../../shared/problems.ts';
import { fakeFlow, fakeHost } from '../../support/fake-flow.ts';
import { POLICY, PREVIEWED, READY, viewOf } from '../../support/ui-states.ts';

function show(parts: Partial<TableDraft> = {}, rows: readonly GridRow[] = []) {
  const flow = fakeFlow(viewOf({ draft: { ...PREVIEWED, ...parts } }), async () => ({ rows, total: rows.length }));
  render(<ImportScreen flow={flow} host={fakeHost()} />);
  return flow;
}
const button = (name: string | RegExp) => screen.getByRole('button', { name });

test.each([
  ['New leads', ['create', 'auto']],
  ['Added to list', ['add']],
  ['Updated', ['update']],
  ['Duplicates', ['duplicate']],
  ['For you to decide', ['review']],
  ['Opted out', ['suppress']],
  ['Rejected', ['reject']],
  ['Blank', ['blank']],
])('the count of “%s” opens its rows', async (name, decisions) => {
  const flow = show();
  fireEvent.click(button(new RegExp(`^${name} `)));
  expect(button(new RegExp(`^${name} `)).getAttribute('aria-pressed')).toBe('true');
  await waitFor(() => expect(flow.queries.some((query) => JSON.stringify(query.decisions) === JSON.stringify(decisions))).toBe(true));
});

test('an update shows the old value beside the new one, a blank by its name', async () => {
  const changes = [
    { field: 'jobTitle', old: '', new: 'VP Operations' },
    { field: 'custom:Attended', old: 'no', new: 'yes' },
  ] as const;
  show({}, [{ line: 4, decision: 'update', cells: [], lead: { firstName: 'Nadia', lastName: 'Okafor' }, changes }]);
  expect((await screen.findByText('VP Operations')).closest('dd')?.textContent).toBe('blankVP Operations');
  expect(screen.getByText('Attended', { selector: 'dt' }).nextElementSibling?.textContent).toBe('noyes');
});

test('who has opted out is named with the entry and its date', async () => {
  const found = problem('suppressed', { data: { entry: '@example.org', kind: 'domain', since: '2026-03-02' } });
  show({}, [{ line: 4, decision: 'suppress', cells: [], lead: { email: 'a@example.org' }, problems: [found] }]);
  fireEvent.click(button(/^Opted out/));
  expect((await screen.findByText(/opted out: @example.org/)).textContent).toContain('2026');
});

test('a duplicate names the row that will be stored in its place', async () => {
  const group = [
    { at: 2, line: 4, decision: 'create' as const, stored: true },
    { at: 7, line: 9, decision: 'duplicate' as const, stored: false },
  ];
  show({}, [{ line: 9, decision: 'duplicate', cells: [], lead: { email: 'a@example.org' }, group }]);
  fireEvent.click(button(/^Duplicates/));
  expect(await screen.findByText(/Line 4 will be stored/)).toBeTruthy();
});

test('when the workspace has changed the difference is shown, and Import asks again', () => {
  const planChanged = {
    counts: [{ from: 'create', to: 'duplicate', count: 12 }],
    total: 12,
    rows: [{ line: 8, from: 'create', to: 'duplicate' }],
  } as const;
  const flow = show({ planChanged });
  expect(screen.getByRole('alert').textContent).toContain('12 new → duplicate');
  expect(screen.getByRole('alert').textContent).toContain('line 8: new → duplicate');
  fireEvent.click(button('Import 2,345 leads'));
  expect(flow.asked).toEqual(['confirm']);
});

test('an update of a lead that somebody changed since is named as that', () => {
  const same = { from: 'update', to: 'update', values: true } as const;
  show({ planChanged: { counts: [{ ...same, count: 1 }], total: 1, rows: [{ line: 8, ...same }] } });
  expect(screen.getByRole('alert').textContent).toContain('1 update of a lead that somebody changed since');
});

test('where a lead counts as there already is chosen, but not under “create anyway”', () => {
  const flow = show();
  fireEvent.click(screen.getByLabelText('Anywhere'));
  expect(flow.sent).toEqual([{ kind: 'policyChanged', policy: { scope: 'workspace' } }]);
});

test('under “create anyway” nothing is compared, so nothing is asked', () => {
  show({ policy: { ...POLICY, onDuplicate: 'create' } });
  expect(screen.queryByLabelText('Anywhere')).toBeNull();
});

test('tags and an owner for every row are given in the same step', () => {
  const flow = show();
  fireEvent.change(screen.getByLabelText('Tags for every row'), { target: { value: ' fair; spring ' } });
  fireEvent.change(screen.getByLabelText('Owner of every row'), { target: { value: 'ana@example.com' } });
  const added = flow.sent.map((event) => (event.kind === 'mappingChanged' ? event.mapping.at(-1) : null));
  expect(added).toEqual([
    { field: 'tags', value: 'fair; spring' },
    { field: 'ownerEmail', value: 'ana@example.com' },
  ]);
});

test('an owner that is no address is refused in words, and nothing is changed', async () => {
  const flow = show();
  fireEvent.change(screen.getByLabelText('Owner of every row'), { target: { value: 'Ana' } });
  expect(await screen.findByText('An owner is an email address.')).toBeTruthy();
  expect(flow.sent).toEqual([]);
});

test('blanking the tags takes them away, and the source is named', () => {
  const flow = show({ mapping: [...PREVIEWED.mapping, { field: 'tags', value: 'fair' }] });
  expect(screen.getByText(/^Source: webinar-attendees-q4.csv/)).toBeTruthy();
  fireEvent.change(screen.getByLabelText('Tags for every row'), { target: { value: '' } });
  expect(flow.sent).toEqual([{ kind: 'mappingChanged', mapping: PREVIEWED.mapping }]);
});

describe('a click on Import that leaves a field', () => {
  const typed = { kind: 'mappingChanged' };
  function leave(after: Partial<TableDraft>) {
    const flow = show();
    const field = screen.getByLabelText('Tags for every row');
    fireEvent.change(field, { target: { value: 'fair' } });
    fireEvent.click(button('Import 2,345 leads'));
    expect(flow.sent).toMatchObject([typed]);
    expect(flow.asked).toEqual([]);
    flow.show(viewOf({ draft: { ...PREVIEWED, plan: null } }));
    flow.show(viewOf({ draft: { ...PREVIEWED, ...after } }));
    return flow;
  }

  test('goes on by itself when the new plan writes as much', async () => {
    const flow = leave({ plan: { ...PREVIEWED.plan } as PlanView }); // it has a plan
    await waitFor(() => expect(flow.asked).toEqual(['confirm']));
  });
  test('waits for another one when the number is another', async () => {
    const plan = PREVIEWED.plan as PlanView; // it has a plan
    const decisions = { ...plan.summary.decisions, create: 1 };
    const flow = leave({ plan: { ...plan, willWrite: 7, summary: { ...plan.summary, decisions } } });
    await waitFor(() => expect(button('Import 7 leads').getAttribute('aria-busy')).toBeNull());
    expect(flow.asked).toEqual([]);
    fireEvent.click(button('Import 7 leads'));
    expect(flow.asked).toEqual(['confirm']);
  });
  test('is not lost either when the plan is being made already', async () => {
    const flow = show();
    flow.show(viewOf({ draft: { ...PREVIEWED, plan: null } }));
    fireEvent.click(button('Import 2,345 leads'));
    await waitFor(() => expect(button('Import 2,345 leads').getAttribute('aria-busy')).toBe('true'));
    flow.show(viewOf({ draft: PREVIEWED }));
    await waitFor(() => expect(flow.asked).toEqual(['confirm']));
  });
});

test('who may not overwrite cannot choose it, is told why, and cannot import with it', () => {
  const server = { ...READY, withheld: { overwrite: true, undo: false } };
  const flow = fakeFlow(viewOf({ server, draft: { ...PREVIEWED, policy: { ...POLICY, onDuplicate: 'overwrite' } } }));
  render(<ImportScreen flow={flow} host={fakeHost()} />);
  const rule = screen.getByRole('radio', { name: /^Overwrite/ });
  expect(rule).toHaveProperty('disabled', true);
  expect(rule.closest('label')?.textContent).toContain('only admins overwrite');
  fireEvent.click(button(/^Import/));
  expect(flow.asked).toEqual([]);
});

test('a list that was deleted meanwhile is said, and nothing is imported before another one is chosen', () => {
  const list = { kind: 'existing', id: 'deleted', name: 'Roadshow' } as const;
  show({ list });
  expect(screen.getByText(/The list Roadshow was deleted\. Choose another one/)).toBeTruthy();
  expect(screen.getByText('The list is gone: choose another one')).toBeTruthy();
  expect(button(/^Import /).getAttribute('aria-disabled')).toBe('true');
});

test('whose values were edited since is named, some of them, with how many there are', async () => {
  const names = ['Ann', 'Bob', 'Cem', 'Dia', 'Eve', 'Fay'];
  const rows = names.map((firstName, at) => ({
    line: at + 2,
    decision: 'update' as const,
    cells: [],
    lead: { firstName, lastName: 'Lee' },
  }));
  const problems = [{ code: 'edited_since', severity: 'warning', field: 'companyName', count: 7 }] as const;
  const flow = show({ plan: { ...PREVIEWED.plan, problems } as PlanView }, rows); // as: the state of the preview has a plan
  expect(await screen.findByText(/Leads: Ann Lee, Bob Lee, Cem Lee, Dia Lee, Eve Lee and 1 more\./)).toBeTruthy();
  expect(flow.queries.some(({ code }) => code === 'edited_since')).toBe(true);
});
