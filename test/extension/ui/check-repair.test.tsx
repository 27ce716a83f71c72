import { fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { describe, expect, test } from 'vitest';
import type { PlanView, TableDraft } from '../../../extension/flow/draft.ts';
import type { GridRow, RowPage, RowQuery } from '../../../extension/flow/view.ts';
import { fixesOf } from '../../../extension/ui/check-fix-list.ts';
import { ImportScreen } from '../../../extension/ui/import-screen.tsx';
import type { ProblemCount } from '../../../shared/plan/plan.ts';
import { problem } from '../../../shared/problems.ts';
import { fakeFlow, fakeHost } from '../../support/fake-flow.ts';
import { CHECK, PLAN, rowPage, viewOf } from '../../support/ui-states.ts';

function show(
  parts: Partial<TableDraft> = {},
  rows?: (query: RowQuery) => Promise<RowPage>,
  prepare?: (flow: ReturnType<typeof fakeFlow>) => void,
) {
  const flow = fakeFlow(viewOf({ draft: { ...CHECK, ...parts } }), rows);
  prepare?.(flow);
  render(<ImportScreen flow={flow} host={fakeHost()} />);
  return flow;
}
const button = (name: string | RegExp) => screen.getByRole('button', { name });
const planWith = (problems: readonly ProblemCount[], more: Partial<PlanView> = {}): PlanView => ({ ...PLAN, problems, ...more });
const TYPO: ProblemCount = { code: 'email_typo', severity: 'warning', column: 2, field: 'email', count: 7 };
const REVIEW: ProblemCount = { code: 'review_phone', severity: 'note', column: 3, field: 'phone', count: 2 };

describe('all rows of one problem at once', () => {
  test('the country of the other phones is proposed, with the reason', async () => {
    const phoneCountries = [{ column: 3, country: 'GB', count: 25, bare: 38, share: 0.9 }];
    const flow = show({ plan: planWith(PLAN.problems, { phoneCountries }) });
    expect(screen.getByText('25 other phones in this column start with +44.')).toBeTruthy();
    fireEvent.click(await screen.findByRole('button', { name: 'Fix 20 rows' }));
    expect(flow.steps).toEqual([{ kind: 'setCountry', column: 3, country: 'GB', code: 'phone_invalid' }]);
  });

  test('without a proposal the country has to be chosen first', () => {
    const flow = show();
    fireEvent.click(button('Fix rows'));
    expect(flow.steps).toEqual([]);
  });

  test('the button counts the rows that change, and none is no fix', async () => {
    const flow = show({}, undefined, (one) => {
      one.mends = 0;
    });
    fireEvent.change(screen.getByLabelText('Country for these phones'), { target: { value: 'GB' } });
    fireEvent.click(await screen.findByRole('button', { name: 'Fix 0 rows' }));
    expect(flow.steps).toEqual([]);
  });

  test('a misspelt domain is shown with what it becomes', async () => {
    const typo = problem('email_typo', { field: 'email', column: 2, text: 'ana@gmial.com', data: { suggestion: 'ana@gmail.com' } });
    const flow = show({ plan: planWith([TYPO]) }, async () => rowPage(7, () => typo));
    expect(await screen.findByText('ana@gmial.com → ana@gmail.com')).toBeTruthy();
    fireEvent.click(button('Fix 7 rows'));
    expect(flow.steps).toEqual([{ kind: 'useFix', column: 2, code: 'email_typo' }]);
  });

  test.each<[string, ProblemCount, readonly string[]]>([
    [
      'an error of a needed value is not dropped, that only makes another',
      { ...TYPO, code: 'phone_invalid', severity: 'error' },
      ['country', 'reachable', 'exclude'],
    ],
    ['a bad alternate can be dropped', { ...TYPO, code: 'phone_invalid' }, ['country', 'dropValues', 'exclude']],
    ['of several phones in a cell the first can be kept', { ...TYPO, code: 'phones_spread' }, ['dropAlternates', 'exclude']],
    [
      'a missing name can only be typed, or asked for less',
      { code: 'last_name_missing', severity: 'error', column: 1, count: 3 },
      ['reachable', 'exclude'],
    ],
    ['what other rows or the workspace say is no cell to mend', { code: 'duplicate_in_file', severity: 'note', count: 3 }, []],
  ])('%s', (_, found, kinds) => {
    const fixes = fixesOf(found, PLAN, false).map((fix) => (fix.kind === 'step' ? fix.name : fix.kind));
    expect(fixes).toEqual(kinds);
  });

  test('what was mended is counted in the plan that follows, and can be taken back', async () => {
    const flow = show({ plan: planWith([TYPO]) });
    fireEvent.click(button('Exclude 7 rows'));
    flow.show(viewOf({ draft: { ...CHECK, plan: null } }));
    expect(screen.queryByText(/taken out\./)).toBeNull();
    flow.show(viewOf({ draft: { ...CHECK, plan: planWith([{ ...TYPO, count: 2 }]) } }));
    const toast = await screen.findByText('5 rows taken out, 2 rows left.');
    const undo = toast.parentElement?.querySelector('button');
    if (undo) fireEvent.click(undo);
    expect(flow.asked).toEqual(['undoRepair']);
  });

  test('a value is replaced in its whole column', () => {
    const flow = show();
    fireEvent.click(button('Replace a value'));
    fireEvent.change(screen.getByLabelText('Column of the value'), { target: { value: '5' } });
    fireEvent.input(screen.getByLabelText('Cells that are'), { target: { value: 'ACME' } });
    fireEvent.input(screen.getByLabelText('become'), { target: { value: 'Acme Inc.' } });
    fireEvent.click(button('Replace'));
    expect(flow.steps).toEqual([{ kind: 'replaceValue', column: 5, from: 'ACME', to: 'Acme Inc.' }]);
  });

  test('undo and redo say what they undo and do again', () => {
    const edit = { kind: 'edit', line: 8, column: 3, value: '+1' } as const;
    const flow = show({ repair: { steps: [edit, { kind: 'trim' }], done: 1 } });
    fireEvent.click(button('Undo: Mobile in line 8'));
    fireEvent.click(button('Redo: outer blanks removed'));
    expect(flow.asked).toEqual(['undoRepair', 'redoRepair']);
  });

  test('with nothing to undo the button says so and does nothing', () => {
    const flow = show();
    fireEvent.click(button('Undo. Nothing to undo'));
    expect(flow.asked).toEqual([]);
  });
});

describe('which rows are shown', () => {
  test.each([
    ['all invalid ones', /^All invalid rows/, { show: 'invalid' }],
    ['all with warnings', /^All rows with warnings/, { show: 'warnings' }],
    ['one problem of a column', /^Email missing/, { code: 'email_missing', severity: 'error', column: 2 }],
    ['blank ones', /^Blank/, { decisions: ['blank'] }],
  ])('%s', async (_, name, filter) => {
    const flow = show();
    fireEvent.click(button(name));
    expect(button(name).getAttribute('aria-pressed')).toBe('true');
    await waitFor(() => expect(flow.queries.at(-1)).toEqual({ ...filter, offset: 0, limit: 100 }));
  });

  test('a column, and a text when the typing rests', async () => {
    const flow = show();
    fireEvent.click(button(/^All rows 2/));
    fireEvent.change(screen.getByLabelText('Column'), { target: { value: '5' } });
    const before = flow.queries.length;
    for (const text of ['h', 'ha', 'hal']) fireEvent.input(screen.getByLabelText('Search in these rows'), { target: { value: text } });
    await waitFor(() => expect(flow.queries.at(-1)).toEqual({ show: 'all', column: 5, text: 'hal', offset: 0, limit: 100 }));
    expect(flow.queries.slice(before).filter((query) => query.text !== undefined)).toHaveLength(1);
  });
});

describe('values nobody knows', () => {
  const unknown = {
    column: 8,
    kind: 'choice' as const,
    label: 'Attended',
    known: ['Yes', 'No'],
    values: [
      { value: 'Hot', count: 120 },
      { value: 'YES', count: 3, suggestion: 'Yes' },
    ],
  };

  test('each is listed once with its rows, and mapped once', async () => {
    const flow = show({}, undefined, (one) => {
      one.unknown = [unknown];
    });
    fireEvent.click(await screen.findByRole('button', { name: /^Attended 2/ }));
    expect(screen.getByText('(120)')).toBeTruthy();
    fireEvent.click(button('Fix 120 rows'));
    expect(flow.steps).toEqual([]);
    fireEvent.change(screen.getByLabelText('Hot becomes'), { target: { value: '1' } });
    fireEvent.click(button('Fix 120 rows'));
    fireEvent.click(button('Fix 3 rows'));
    expect(flow.steps).toEqual([
      { kind: 'replaceValue', column: 8, from: 'Hot', to: 'No' },
      { kind: 'replaceValue', column: 8, from: 'YES', to: 'Yes' },
    ]);
  });
});

describe('rows that may be somebody there already', () => {
  const row = (line: number, more: Partial<GridRow> = {}): GridRow => ({
    line,
    decision: 'review',
    cells: [],
    lead: { firstName: 'Maya', lastName: 'Lindqvist' },
    problems: [problem('review_phone', { column: 3 })],
    ...more,
  });
  const candidates = ['a', 'b'].map((id) => ({ id, lead: { firstName: 'Mia', email: `${id}@example.com` }, inList: id === 'a' }));
  const page = async () => ({ rows: [row(8), row(9, { candidates })], total: 2 });

  test('are decided one by one, each with its reason', async () => {
    const flow = show({ plan: planWith([REVIEW]) }, page);
    const decision = within(await screen.findByRole('group', { name: 'Decide line 8' }));
    expect(screen.getAllByText(/A lead with another name and email has this phone/).length).toBe(2);
    fireEvent.click(decision.getByRole('button', { name: 'Same person' }));
    fireEvent.click(decision.getByRole('button', { name: 'Another person' }));
    fireEvent.click(decision.getByRole('button', { name: 'Leave out' }));
    expect(flow.steps).toEqual(['same', 'create', 'skip'].map((as) => ({ kind: 'decide', lines: [8], as })));
  });

  test('of several stored leads the one that is meant is named', async () => {
    const flow = show({ plan: planWith([REVIEW]) }, page);
    const [, second] = await screen.findAllByRole('button', { name: 'This is the same person' });
    if (second) fireEvent.click(second);
    expect(flow.steps).toEqual([{ kind: 'decide', lines: [9], as: 'same', leadId: 'b' }]);
  });

  test('rows of one reason among several are counted as they are listed, and the way to all is beside them', async () => {
    const several: ProblemCount = { code: 'review_several', severity: 'note', count: 7 };
    const asked: RowQuery[] = [];
    const flow = show({ plan: planWith([REVIEW, several]) }, (query) => {
      asked.push(query);
      return page();
    });
    fireEvent.click(button(/^Same phone as another lead ?2$/));
    await screen.findByRole('heading', { name: 'Same phone as another lead: 2 rows' });
    expect(screen.queryByRole('button', { name: 'All other people' }), 'nothing speaks of rows that are not listed').toBeNull();
    fireEvent.click(button('Decide all 9 rows alike'));
    await screen.findByRole('heading', { name: '9 rows wait for your decision' });
    expect(asked.at(-1)).toMatchObject({ decisions: ['review'] });
    fireEvent.click(button('All other people'));
    expect(flow.steps).toEqual([{ kind: 'decide', lines: 'all', as: 'create' }]);
  });

  test('or all alike', async () => {
    const flow = show({ plan: planWith([REVIEW]) }, page);
    fireEvent.click(await screen.findByRole('button', { name: 'All other people' }));
    expect(flow.steps).toEqual([{ kind: 'decide', lines: 'all', as: 'create' }]);
  });
});

describe('rows that want no contact', () => {
  test('are left out unless somebody says otherwise', () => {
    const optOuts = [
      { column: 8, header: 'Do Not Call', count: 12, says: 'yes', kinds: ['phone'], on: true },
      { column: 9, header: 'Opt in', count: 1, says: 'no', kinds: ['email', 'phone'], on: false },
      { column: 10, header: 'Lead status', count: 0, says: 'words', kinds: ['email', 'phone'], on: true },
    ] as const;
    const flow = show({ plan: { ...PLAN, optOuts } });
    expect(screen.getByText('“Do Not Call”: 12 people say yes.')).toBeTruthy();
    expect(screen.getByText('Their phones go on the opt-out list, and they are not imported.')).toBeTruthy();
    expect(screen.getByText('“Opt in”: 1 person says no.')).toBeTruthy();
    expect(screen.queryByText(/Lead status/)).toBeNull();
    const [calls, optIn] = screen.getAllByLabelText<HTMLInputElement>(/Leave them out/);
    expect([calls?.checked, optIn?.checked]).toEqual([true, false]);
    if (calls) fireEvent.click(calls);
    expect(flow.sent).toEqual([{ kind: 'optOutsChosen', column: 8, on: false }]);
  });
});
