import { fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { describe, expect, test } from 'vitest';
import { ImportScreen } from '../../../extension/ui/import-screen.tsx';
import { fakeFlow, fakeHost } from '../../support/fake-flow.ts';
import { workspaceFacts } from '../../support/fake-workspace.ts';
import { CHECK, READ, READY, SENDING, SOURCE, UNREACHABLE, viewOf } from '../../support/ui-states.ts';

function show(view = viewOf({ draft: SOURCE }), host = fakeHost()) {
  const flow = fakeFlow(view);
  render(<ImportScreen flow={flow} host={host} />);
  return { flow, host };
}
/** As the browser tells of a drop; the test's page knows no drag events of its own. */
function drop(file: File) {
  const event = Object.assign(new Event('drop', { bubbles: true, cancelable: true }), {
    dataTransfer: { types: ['Files'], files: [file] },
  });
  document.body.dispatchEvent(event);
}
const button = (name: string | RegExp) => screen.getByRole('button', { name });

describe('before a file is chosen', () => {
  test('the size limit is said first', () => {
    show();
    expect(screen.getByText(/up to 10\s?MB/)).toBeTruthy();
  });

  test('a file from the dialog is read', () => {
    const { flow } = show();
    const file = new File(['Email\nann@example.com\n'], 'leads.csv');
    fireEvent.change(screen.getByLabelText('File to import'), { target: { files: [file] } });
    expect(flow.files).toEqual([file]);
  });

  test('a sample file can be tried, and a template with every field taken along', async () => {
    const { flow, host } = show();
    fireEvent.click(button('Try a sample file'));
    expect(flow.asked).toContain('chooseSample');
    fireEvent.click(button('Download template'));
    expect(await host.saved[0]?.text()).toMatch(/^First name,Last name,Email,Phone,.*Tags\r\n/);
  });

  test.each(['tab', 'panel'] as const)('in a %s a file may be dropped anywhere', (place) => {
    const { flow } = show(viewOf({ draft: SOURCE }), fakeHost({ place }));
    const file = new File(['Email\n'], 'leads.csv');
    drop(file);
    expect(flow.files).toEqual([file]);
  });

  test('a popup takes no drop and offers the tab for it', () => {
    let opened = 0;
    const { flow } = show(viewOf({ draft: SOURCE }), fakeHost({ place: 'popup', openTab: () => opened++ }));
    drop(new File([''], 'a.csv'));
    expect(flow.files).toEqual([]);
    fireEvent.click(button('Open in a tab to drop a file'));
    expect(opened).toBe(1);
  });

  test('where the dialog would close the popup, the tab is opened instead', () => {
    const { host } = show(viewOf({ draft: SOURCE }), fakeHost({ place: 'popup', chooseInTab: () => handed.push('tab') }));
    const handed: string[] = host.did;
    fireEvent.click(button('Choose file'));
    expect(handed).toEqual(['tab']);
  });

  test('the tab opened for the dialog has its button in focus', () => {
    show(viewOf({ draft: SOURCE }), fakeHost({ choosing: true }));
    expect(document.activeElement).toBe(button('Choose file'));
  });

  test('without a server it says that preparing works, and what to start', () => {
    const { flow } = show(viewOf({ draft: SOURCE, server: UNREACHABLE }));
    expect(screen.getByText(/can’t reach localhost:8787/)).toBeTruthy();
    expect(screen.getByText('npm start')).toBeTruthy();
    fireEvent.click(button('Try again'));
    expect(flow.asked).toContain('retry');
  });

  test('an earlier import that is still under way is shown while one chooses the next file', () => {
    show(viewOf({ draft: SOURCE, sending: SENDING }));
    expect(screen.getByText(/41,000 of 68,412 rows/)).toBeTruthy();
  });

  test.each([
    ['HubSpot', 'openWorkspace#/connections?connect=hubspot'],
    ['Salesforce', 'openWorkspace#/connections?connect=salesforce'],
  ])('%s leads to where it is connected', (name, place) => {
    const { host } = show();
    fireEvent.click(button(new RegExp(`^${name}`)));
    expect(host.did).toEqual([place]);
  });

  test.each([
    ['free', 'what a CRM needs is said before one starts', true],
    ['premium', 'what it brings is said', false],
  ] as const)('in a %s workspace %s', (plan, _, isSaid) => {
    const flow = { ...fakeFlow(viewOf({ draft: SOURCE })), workspace: () => ({ ...workspaceFacts('admin'), plan }) };
    render(<ImportScreen flow={flow} host={fakeHost()} />);
    expect(screen.queryByText('Needs the premium plan and a HubSpot account') !== null).toBe(isSaid);
    expect(screen.queryByText('Needs the premium plan and a Salesforce account') !== null).toBe(isSaid);
  });
});

describe('a draft waits', () => {
  const popup = () => fakeHost({ place: 'popup' });

  test('a popup offers to go on, with the state of the draft and how long it is kept', () => {
    show(viewOf({ draft: CHECK }), popup());
    expect(screen.getByText('2,547 rows. 58 are invalid.')).toBeTruthy();
    expect(screen.getByText(/Kept until June 1/)).toBeTruthy();
    fireEvent.click(button('Continue checking'));
    expect(button('Preview')).toBeTruthy();
  });

  test('it can be discarded', () => {
    const { flow } = show(viewOf({ draft: CHECK }), popup());
    fireEvent.click(button('Discard'));
    expect(flow.asked).toEqual(['startOver']);
  });

  test('a tab goes on where one was', () => {
    show(viewOf({ draft: CHECK }));
    expect(button('Preview')).toBeTruthy();
  });

  test('discarding it later asks first, with the safe answer in focus', () => {
    const { flow } = show(viewOf({ draft: CHECK }));
    fireEvent.click(button('Discard this draft'));
    expect(flow.asked).toEqual([]);
    fireEvent.click(button('Keep it'));
    expect(screen.queryByText('Discard this draft?')).toBeNull();
    fireEvent.click(button('Discard this draft'));
    fireEvent.click(button('Discard'));
    expect(flow.asked).toEqual(['startOver']);
  });
});

describe('reading', () => {
  test('what was detected is said, and each can be chosen otherwise', () => {
    const { flow } = show(viewOf({ draft: READ }));
    expect(screen.getByRole('heading', { name: '2,547 rows, 9 columns' })).toBeTruthy();
    fireEvent.change(screen.getByLabelText('Encoding'), { target: { value: 'windows-1252' } });
    fireEvent.change(screen.getByLabelText('Separator'), { target: { value: ';' } });
    fireEvent.change(screen.getByLabelText('Header'), { target: { value: '3' } });
    fireEvent.change(screen.getByLabelText('Phones without a country'), { target: { value: 'GB' } });
    expect(flow.sent).toEqual([
      { kind: 'readOptionsChosen', options: { encoding: 'windows-1252' } },
      { kind: 'readOptionsChosen', options: { delimiter: ';' } },
      { kind: 'readOptionsChosen', options: { headerRow: 3 } },
      { kind: 'policyChanged', policy: { defaultCountry: 'GB' } },
    ]);
  });

  test('the rows stay in sight while the file is read another way', async () => {
    const { flow } = show(viewOf({ draft: READ }));
    flow.show(viewOf({ draft: { ...READ, read: { encoding: 'windows-1252' }, reading: { kind: 'waiting' } } }));
    await waitFor(() => expect(button('Map columns').getAttribute('aria-busy')).toBe('true'));
    expect(screen.getByText('Lindqvist')).toBeTruthy();
  });

  test('a new list has a proposed name, and an existing one can be chosen', () => {
    const { flow } = show(viewOf({ draft: READ }));
    expect(screen.getByLabelText<HTMLInputElement>('List').value).toBe('Q4 Webinar');
    fireEvent.click(screen.getByLabelText('Existing list'));
    expect(flow.sent).toEqual([{ kind: 'listChosen', list: { kind: 'existing', id: 'l1', name: 'My leads' } }]);
  });

  test('a typed name is saved when the field is left', () => {
    const { flow } = show(viewOf({ draft: READ }));
    fireEvent.input(screen.getByLabelText('List'), { target: { value: 'Spring 2027' } });
    fireEvent.blur(screen.getByLabelText('List'));
    expect(flow.sent).toEqual([{ kind: 'listChosen', list: { kind: 'new', name: 'Spring 2027' } }]);
  });

  test('a name that exists already says that the leads go there', () => {
    show(viewOf({ draft: { ...READ, list: { kind: 'new', name: 'spring FAIR' } } }));
    expect(screen.getByText(/“Spring fair” exists already/)).toBeTruthy();
  });

  test('without a name there is no way on, and it says why', () => {
    const { flow } = show(viewOf({ draft: { ...READ, list: { kind: 'new', name: ' ' } } }));
    fireEvent.click(button('Map columns'));
    expect(flow.sent).toEqual([]);
    expect(screen.getByRole('alert').textContent).toContain('The list needs a name');
  });

  test('without a server only a new list can be named', () => {
    show(viewOf({ draft: READ, server: UNREACHABLE }));
    expect(screen.queryByLabelText('Existing list')).toBeNull();
    expect(READY.kind).toBe('ready');
  });

  test('a file that cannot be read says so in one sentence, with the button that goes on', () => {
    const { flow } = show(
      viewOf({
        draft: {
          ...READ,
          read: { delimiter: ';', maxBytes: 50_000_000 },
          reading: { kind: 'failed', error: { code: 'quote_never_closed', data: { line: 17 } } },
        },
      }),
    );
    expect(screen.getByRole('alert').textContent).toContain('17');
    expect(button('Choose another file')).toBeTruthy();
    fireEvent.click(button('Read it as detected'));
    // The limit is the server's, not a choice of the person's.
    expect(flow.sent).toEqual([{ kind: 'readOptionsChosen', options: { maxBytes: 50_000_000 } }]);
  });

  test('a file with a quote that is never closed is read with one click, quotes as text', () => {
    const open = { kind: 'failed', error: { code: 'quote_never_closed', data: { line: 17 } } } as const;
    const { flow } = show(viewOf({ draft: { ...READ, read: { encoding: 'utf-8' }, reading: open } }));
    fireEvent.click(button('Read the quotes as plain text'));
    expect(flow.sent).toEqual([{ kind: 'readOptionsChosen', options: { encoding: 'utf-8', quote: 'none' } }]);
  });

  test('where nothing was chosen otherwise, or the size is the reason, reading it as detected is not offered', () => {
    const empty = { kind: 'failed', error: { code: 'file_empty' } } as const;
    show(viewOf({ draft: { ...READ, read: { maxBytes: 10_000_000 }, reading: empty } }));
    expect(screen.queryByRole('button', { name: 'Read it as detected' })).toBeNull();
  });

  test('a file of one line may have no header: it can be read so', () => {
    const failed = { kind: 'failed', error: { code: 'file_header_only' } } as const;
    const { flow } = show(viewOf({ draft: { ...READ, read: { maxBytes: 10_000_000 }, reading: failed } }));
    fireEvent.click(button('Read it without a header'));
    expect(flow.sent).toEqual([{ kind: 'readOptionsChosen', options: { maxBytes: 10_000_000, headerRow: 0 } }]);
  });

  test('text of the file is shown as text, whatever it holds', () => {
    const headers = ['<img src=x onerror=alert(1)>', ...READ_TABLE.headers.slice(1)];
    const reading = { kind: 'ready' as const, mapping: [], table: { ...READ_TABLE, headers } };
    show(viewOf({ draft: { ...READ, reading } }));
    expect(document.querySelector('img')).toBeNull();
    expect(screen.getByText('<img src=x onerror=alert(1)>')).toBeTruthy();
  });
});

const READ_TABLE = READ.reading.kind === 'ready' ? READ.reading.table : (undefined as never); // the state is a ready one
