import { fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { describe, expect, test } from 'vitest';
import type { ImportView, RowPage, RowQuery } from '../../../extension/flow/view.ts';
import { ImportScreen } from '../../../extension/ui/import-screen.tsx';
import { soundingsOfPlan } from '../../../extension/ui/parts/leadline.tsx';
import { fakeFlow, fakeHost } from '../../support/fake-flow.ts';
import { CHECK, PLAN, POLICY, PREVIEWED, rowPage, UNREACHABLE, viewOf } from '../../support/ui-states.ts';

function show(view: ImportView, rows?: (query: RowQuery) => Promise<RowPage>) {
  const flow = fakeFlow(view, rows);
  const host = fakeHost();
  render(<ImportScreen flow={flow} host={host} />);
  return { flow, host };
}
const button = (name: string | RegExp) => screen.getByRole('button', { name });

describe('the check', () => {
  test('counts are over the whole file, and each problem has its rows', () => {
    show(viewOf({ draft: CHECK }));
    expect(button(/All rows.*2,547/)).toBeTruthy();
    expect(button(/Email missing.*17/)).toBeTruthy();
    expect(button(/Several phones in one cell.*26/)).toBeTruthy();
    expect(button(/Twice in this file.*31/)).toBeTruthy();
  });

  test('the largest problem is open; another one is a click away', async () => {
    const { flow } = show(viewOf({ draft: CHECK }));
    await waitFor(() => expect(flow.queries).toHaveLength(1));
    expect(flow.queries[0]).toMatchObject({ severity: 'error', code: 'phone_invalid', column: 3, offset: 0 });
    fireEvent.click(button(/Email missing/));
    await waitFor(() => expect(flow.queries[1]).toMatchObject({ severity: 'error', code: 'email_missing', column: 2 }));
  });

  test('rows that come late for an earlier choice are not shown under the new one', async () => {
    const answers: ((page: RowPage) => void)[] = [];
    show(viewOf({ draft: CHECK }), () => new Promise((resolve) => answers.push(resolve)));
    await waitFor(() => expect(answers).toHaveLength(1));
    fireEvent.click(button(/Email missing/));
    await waitFor(() => expect(answers).toHaveLength(2));
    answers[1]?.({ rows: rowPage(1).rows.map((row) => ({ ...row, line: 777 })), total: 1 });
    answers[0]?.({ rows: rowPage(1).rows.map((row) => ({ ...row, line: 111 })), total: 1 });
    await screen.findByText('777');
    expect(screen.queryByText('111')).toBeNull();
  });

  test('rows of one problem are never shown under the name of another', async () => {
    const answers: ((page: RowPage) => void)[] = [];
    show(viewOf({ draft: CHECK }), () => new Promise((resolve) => answers.push(resolve)));
    await waitFor(() => expect(answers).toHaveLength(1));
    answers[0]?.({ rows: rowPage(1).rows.map((row) => ({ ...row, line: 111 })), total: 1 });
    await screen.findByText('111');
    fireEvent.click(button(/Email missing/));
    expect(screen.queryByText('111')).toBeNull();
  });

  test('rows that cannot be had say so, and can be asked for again', async () => {
    let isBroken = true;
    show(viewOf({ draft: CHECK }), async () => {
      if (isBroken) throw new Error('the worker died');
      return rowPage(3);
    });
    const again = await screen.findByRole('button', { name: 'Try again' });
    isBroken = false;
    fireEvent.click(again);
    expect(await screen.findByText('54')).toBeTruthy();
  });

  test('how many rows there are is said, however few of them are drawn', async () => {
    show(
      viewOf({ draft: { ...CHECK, plan: { ...PLAN, problems: [{ code: 'email_no_at', severity: 'error', column: 2, count: 412 }] } } }),
      async () => rowPage(412),
    );
    expect(await screen.findByText('412 rows, by line')).toBeTruthy();
  });

  test('where blanks are the reason, the rule that keeps the rows is one click', () => {
    const { flow } = show(viewOf({ draft: CHECK }));
    fireEvent.click(button(/Email missing/));
    fireEvent.click(button('Use Reachable: keeps 41 rows'));
    expect(flow.sent).toEqual([{ kind: 'policyChanged', policy: { require: 'reachable' } }]);
  });

  test('phones without a country get one for all rows of the problem, and the button says how many', async () => {
    const { flow } = show(viewOf({ draft: CHECK }));
    fireEvent.change(screen.getByLabelText('Country for these phones'), { target: { value: 'GB' } });
    fireEvent.click(await screen.findByRole('button', { name: 'Fix 20 rows' }));
    expect(flow.steps).toEqual([{ kind: 'setCountry', column: 3, country: 'GB', code: 'phone_invalid' }]);
  });

  test('the findings stay in sight while a fix is worked in, and there is no way on meanwhile', async () => {
    const { flow } = show(viewOf({ draft: CHECK }));
    flow.show(viewOf({ draft: { ...CHECK, plan: null }, busy: { kind: 'planning', rows: 0, total: 2547 } }));
    await waitFor(() => expect(button('Preview').getAttribute('aria-busy')).toBe('true'));
    expect(button(/Email missing/)).toBeTruthy();
    fireEvent.click(button('Preview'));
    expect(flow.sent).toEqual([]);
  });

  test('invalid rows can be taken along as a file', async () => {
    const { host } = show(viewOf({ draft: CHECK }));
    fireEvent.click(button('Download 58 invalid rows'));
    await waitFor(() => expect(host.saved).toHaveLength(1));
  });
});

describe('the preview', () => {
  test('the Import button names the number that will be written', () => {
    const { flow } = show(viewOf({ draft: PREVIEWED }));
    fireEvent.click(button('Import 2,345 leads'));
    expect(flow.asked).toEqual(['confirm']);
  });

  test('rows that are twice in the file are not said to be there already, and family names stand first where they do', () => {
    const [row] = PLAN.preview;
    const lead = { ...row?.lead, firstName: '太郎', lastName: '山田' };
    show(viewOf({ draft: { ...PREVIEWED, plan: { ...PLAN, preview: [{ line: 2, lead, decision: 'duplicate' }] } } }));
    expect(screen.queryByText(/Already there/)).toBeNull();
    expect(screen.getByText('Duplicate')).toBeTruthy();
    expect(screen.getAllByText('Duplicates').length).toBeGreaterThan(0);
    expect(screen.getByText('山田 太郎')).toBeTruthy();
  });

  test('one lead is one lead', () => {
    show(viewOf({ draft: { ...PREVIEWED, plan: { ...PLAN, willWrite: 1 } } }));
    expect(button('Import 1 lead')).toBeTruthy();
  });

  test('the bar holds every row of the file once', () => {
    const rows = soundingsOfPlan(PLAN.summary).reduce((sum, part) => sum + part.rows, 0);
    expect(rows).toBe(PLAN.summary.total);
    show(viewOf({ draft: PREVIEWED }));
    expect(screen.getByText(/2,547 rows =/).textContent).toBe('2,547 rows = 2,345 written + 202 not');
  });

  test('the first records are shown as they will be stored, custom fields too', () => {
    show(viewOf({ draft: PREVIEWED }));
    expect(screen.getByText('maya.lindqvist@example.com')).toBeTruthy();
    expect(screen.getByText('+12025550143')).toBeTruthy();
    expect(screen.getByRole('columnheader', { name: 'Attended' })).toBeTruthy();
    expect(
      screen
        .getAllByRole('columnheader')
        .slice(0, 2)
        .map((head) => head.textContent),
      'what becomes of a row is never cut off',
    ).toEqual(['Name', 'Outcome']);
    screen.getByRole('heading', { name: /^First \d+ rows and what becomes of them$/ });
  });

  test('without a server importing is off, it says what to do, and the cleaned file is there', async () => {
    const { flow, host } = show(viewOf({ draft: PREVIEWED, server: UNREACHABLE }));
    fireEvent.click(button('Import 2,345 leads'));
    expect(flow.asked).toEqual([]);
    expect(screen.getByText('The server is not there')).toBeTruthy();
    expect(button('Try again')).toBeTruthy();
    fireEvent.click(button('Download the cleaned file'));
    await waitFor(() => expect(host.saved[0]?.name).toBe('cleaned.csv'));
  });

  test('a browser that is not paired is sent to the options', () => {
    const { host } = show(viewOf({ draft: PREVIEWED, server: { kind: 'unpaired', address: 'http://localhost:8787' } }));
    fireEvent.click(button('Connect'));
    expect(host.did).toEqual(['openOptions']);
  });

  test('overwriting needs fields to be chosen first', () => {
    const policy = { ...POLICY, onDuplicate: 'overwrite' as const };
    const { flow } = show(viewOf({ draft: { ...PREVIEWED, policy } }));
    fireEvent.click(button('Import 2,345 leads'));
    expect(flow.asked).toEqual([]);
    fireEvent.click(screen.getByLabelText('Job title'));
    expect(flow.sent).toEqual([{ kind: 'policyChanged', policy: { overwriteFields: ['jobTitle'] } }]);
  });

  test('nothing to write is no import', () => {
    const { flow } = show(viewOf({ draft: { ...PREVIEWED, plan: { ...PLAN, willWrite: 0 } } }));
    fireEvent.click(button('Import 0 leads'));
    expect(flow.asked).toEqual([]);
  });

  test('rows that wait for a decision are announced, not hidden', () => {
    show(viewOf({ draft: PREVIEWED }));
    expect(screen.getByText(/9 rows may be somebody you have already/)).toBeTruthy();
  });
});
