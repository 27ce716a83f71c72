import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { describe, expect, test } from 'vitest';
import type { ImportView, SendingView } from '../../../extension/flow/view.ts';
import { ImportScreen } from '../../../extension/ui/import-screen.tsx';
import { fakeFlow, fakeHost } from '../../support/fake-flow.ts';
import { IMPORTING, NOW, PREVIEWED, READY, RECEIPT, RECEIVED, SENDING, viewOf } from '../../support/ui-states.ts';

function show(view: ImportView) {
  const flow = fakeFlow(view);
  const host = fakeHost();
  render(<ImportScreen flow={flow} host={host} />);
  return { flow, host };
}
const importing = (parts: Partial<SendingView>) => show(viewOf({ draft: IMPORTING, sending: { ...SENDING, ...parts } }));
const received = (parts: Partial<typeof RECEIPT> = {}) =>
  show(viewOf({ draft: RECEIVED, sending: { ...SENDING, kind: 'done', receipt: { ...RECEIPT, ...parts } } }));
const button = (name: string | RegExp) => screen.getByRole('button', { name });

describe('progress', () => {
  test('rows, pace and time left are said, and the bar holds what is done and what is to go', () => {
    importing({});
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('41,000 of 68,412 rows');
    expect(screen.getByText('3,180 rows a second, about 9 seconds left')).toBeTruthy();
    expect(screen.getByRole('img', { name: /New leads 38,214, .*still to go 27,412/ })).toBeTruthy();
  });

  test('it can be paused and resumed', () => {
    const first = importing({});
    fireEvent.click(button('Pause'));
    expect(first.flow.asked).toEqual(['pause']);
    act(() => first.flow.show(viewOf({ draft: IMPORTING, sending: { ...SENDING, kind: 'paused' } })));
    return waitFor(() => {
      fireEvent.click(button('Resume'));
      expect(first.flow.asked).toContain('resume');
    });
  });

  test('cancelling asks first and says what stays', () => {
    const { flow } = importing({});
    fireEvent.click(button('Cancel import'));
    expect(screen.getByText(/41,000 rows the server has taken stay as they are/)).toBeTruthy();
    expect(flow.asked).toEqual([]);
    fireEvent.click(screen.getAllByRole('button', { name: 'Cancel import', hidden: true }).at(-1) as HTMLElement); // as: the dialog's own button is the last
    expect(flow.asked).toEqual(['cancel']);
  });

  test('a wish to cancel is not offered twice', () => {
    importing({ cancelling: true });
    expect(screen.getByText('Cancelling')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Cancel import' })).toBeNull();
  });

  test('while the server does not answer, it says what is saved, what waits, and when it tries again', () => {
    const { flow } = importing({ kind: 'waiting', failure: { kind: 'unreachable', retry: 'later' }, nextAttemptAt: NOW + 8_000 });
    expect(screen.getByText(/41,000 rows are saved there; 27,412 wait safely in this browser. Trying again in 8 seconds./)).toBeTruthy();
    fireEvent.click(button('Try now'));
    expect(flow.asked).toEqual(['resume']);
  });

  test('a key that no longer works leads to pairing, and the import goes on from its row', () => {
    const { host } = importing({ kind: 'needsYou', failure: { kind: 'unauthorized', retry: 'reconnect' } });
    expect(screen.getByRole('alert').textContent).toContain('row 41,001');
    fireEvent.click(button('Pair again'));
    expect(host.did).toEqual(['openOptions']);
  });

  test('a right that was withdrawn since the preview is said in the server’s words, with the way back to the preview', () => {
    const message = 'Overwriting is left to admins in this workspace.';
    const { flow } = importing({ kind: 'needsYou', rowsDone: 0, failure: { kind: 'forbidden', retry: 'reconnect', message } });
    expect(screen.getByRole('alert').textContent).toContain(message);
    expect(screen.getByRole('alert').textContent).toContain('Nothing is saved there yet; 68,412 wait safely in this browser.');
    fireEvent.click(button('Back to the preview'));
    expect(flow.asked).toEqual(['cancel']);
  });

  test('of a list that was deleted since the preview the way back is offered: another one is chosen there', () => {
    const { flow } = importing({ kind: 'stopped', rowsDone: 0, failure: { kind: 'listNotFound', retry: 'never' } });
    expect(screen.getByRole('alert').textContent).toContain('The list is gone. Go back and choose another one.');
    fireEvent.click(button('Back to the preview'));
    expect(flow.asked).toEqual(['cancel']);
  });

  test('with rows saved there is no way back, only on', () => {
    importing({ kind: 'needsYou', failure: { kind: 'forbidden', retry: 'reconnect' } });
    expect(screen.queryByRole('button', { name: 'Back to the preview' })).toBeNull();
    expect(button('Try again')).toBeTruthy();
  });

  test.each([
    ['a full disk at the server', 'storageFull', 'The server’s disk is full.'],
    ['another version', 'otherVersion', 'The server speaks another version than this extension.'],
    ['something else at the address', 'notLeadline', 'Something else than Leadline answers there.'],
  ] as const)('%s is said with what to do', (_, kind, words) => {
    importing({ kind: 'needsYou', failure: { kind, retry: 'reconnect' } });
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toContain(words);
    expect(alert.querySelector('button')).toBeTruthy();
  });
});

describe('the receipt', () => {
  test('the buckets add up to the rows of the file, each counted once', () => {
    received();
    const numbers = [...document.querySelectorAll('.buckets .n')].map((cell) => Number(cell.textContent?.replace(/\D/g, '')));
    expect(numbers.reduce((sum, rows) => sum + rows, 0)).toBe(2547);
    expect(document.querySelector('.sum')?.textContent).toBe('2,547rows in the file, each counted once');
  });

  test('rejected rows come back as a file', async () => {
    const { host } = received();
    fireEvent.click(button('Download 58 rejected rows'));
    await waitFor(() => expect(host.saved[0]?.name).toBe('rejected.csv'));
  });

  test('without rejected rows there is no button for them', () => {
    received({ rejected: 0, created: 2260 });
    expect(screen.queryByRole('button', { name: /^Download/ })).toBeNull();
  });

  test('it says when nothing changed since the preview, and how many rows did', () => {
    received();
    expect(screen.getByText(/Exactly as previewed/)).toBeTruthy();
    received({ changedSincePreview: 12 });
    expect(screen.getByText(/12 rows ended elsewhere than previewed/)).toBeTruthy();
  });

  test('the leads it brought are one click away, in the workspace; where it brought none there is no button', () => {
    const { host } = received();
    fireEvent.click(button('Show these leads'));
    expect(host.did).toEqual(['openWorkspace#/leads?import=import-1']);
    cleanup();
    received({ created: 0, addedToList: 0, updated: 0 });
    expect(screen.queryByRole('button', { name: 'Show these leads' })).toBeNull();
  });

  test('every bucket opens its rows in the workspace; what waits for a decision says so', () => {
    const { host } = received();
    fireEvent.click(button('Show 58 rows'));
    fireEvent.click(screen.getByRole('button', { name: /^Decide/ }));
    expect(host.did).toEqual(['openWorkspace#/imports/import-1/rejected', 'openWorkspace#/imports/import-1/review']);
  });

  test('until when it can be undone is said, and the way there asks before anything happens', () => {
    const { host } = received();
    screen.getByText(/^Until June 17, 2026\. What somebody has edited since stays, and is listed\.$/);
    fireEvent.click(button('Undo this import'));
    expect(host.did).toEqual(['openWorkspace#/imports/import-1?undo=1']);
  });

  test('the rule names the fields it overwrote, as they are called', () => {
    const policy = { ...RECEIVED.policy, onDuplicate: 'overwrite', overwriteFields: ['companyName', 'custom:Segment'] } as const;
    show(viewOf({ draft: { ...RECEIVED, policy }, sending: { ...SENDING, kind: 'done', receipt: RECEIPT } }));
    screen.getByText('Overwrite chosen fields: Company, Segment; all four fields required');
  });

  test('the next import is one click', () => {
    const { flow } = received();
    fireEvent.click(button('Import another file'));
    expect(flow.asked).toEqual(['startOver']);
  });
});

describe('from step to step', () => {
  test('the focus goes to the heading of the new step, not when the page opens', async () => {
    const { flow } = show(viewOf({ draft: PREVIEWED }));
    expect(document.activeElement).toBe(document.body);
    act(() => flow.show(viewOf({ draft: IMPORTING, sending: SENDING })));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('heading', { name: /41,000/ })));
  });

  test('done steps are ways back until the import has begun', () => {
    const { flow } = show(viewOf({ draft: PREVIEWED }));
    fireEvent.click(button('Map'));
    expect(flow.sent).toEqual([{ kind: 'wentTo', step: 'map' }]);
    act(() => flow.show(viewOf({ draft: IMPORTING, sending: SENDING })));
    return waitFor(() => expect(screen.queryByRole('button', { name: 'Map' })).toBeNull());
  });

  test('a full disk of this computer is said, with what is safe and the way to try again', () => {
    const { flow } = show(viewOf({ draft: PREVIEWED, failure: { kind: 'storageFull', message: '' } }));
    expect(screen.getByRole('alert').textContent).toContain('no room');
    fireEvent.click(button('Try again'));
    expect(flow.asked).toEqual(['retry']);
  });
});

test('an undo is not offered to who may not undo', () => {
  const server = { ...READY, withheld: { overwrite: false, undo: true } };
  const done: SendingView = { ...SENDING, kind: 'done', receipt: RECEIPT };
  received();
  expect(screen.queryAllByRole('button', { name: 'Undo this import' })).toHaveLength(1);
  cleanup();
  show(viewOf({ draft: RECEIVED, sending: done, server }));
  expect(screen.queryAllByRole('button', { name: 'Undo this import' })).toHaveLength(0);
});

test.each([
  [1, 'Mend it and choose the file again: only that row is imported.'],
  [2, 'Mend them and choose the file again: only those 2 are imported.'],
])('of %i rejected rows it is said in good English what is imported the next time', (rejected, words) => {
  received({ rejected });
  expect(screen.getByRole('heading', { name: 'Rejected rows' }).parentElement?.textContent).toContain(words);
});
