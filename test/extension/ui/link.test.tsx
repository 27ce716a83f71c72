import { fireEvent, render, screen } from '@testing-library/preact';
import { describe, expect, test } from 'vitest';
import type { Link, LinkFailure, LinkView } from '../../../extension/flow/link-flow.ts';
import { ImportScreen } from '../../../extension/ui/import-screen.tsx';
import { REFUSALS } from '../../../extension/ui/link-words.ts';
import { fakeFlow, fakeHost } from '../../support/fake-flow.ts';
import { fakeLinks } from '../../support/fake-links.ts';
import { READ, SOURCE, viewOf } from '../../support/ui-states.ts';

const LINK: Link = { address: 'https://files.example.com/leads.csv', host: 'files.example.com', fileName: 'leads.csv' };
const ASKING: LinkView = { kind: 'asking', link: LINK, site: LINK, wasRefused: false };

function show(
  view: LinkView,
  front: Link | null = null,
  parts: Parameters<typeof fakeHost>[0] = {},
  draft: typeof SOURCE | typeof READ = SOURCE,
) {
  const links = fakeLinks(view, front);
  const host = fakeHost({ place: 'panel', links, ...parts });
  const flow = fakeFlow(viewOf({ draft }));
  render(<ImportScreen flow={flow} host={host} />);
  return { links, host, flow };
}
const button = (name: string | RegExp) => screen.getByRole('button', { name });
const failed = (failure: LinkFailure): LinkView => ({ kind: 'failed', link: LINK, failure });

describe('the site’s permission', () => {
  test('is asked for by a button that names the site, beside why; it is not kept unless one says so', () => {
    const { links } = show(ASKING);
    expect(screen.getByText(/with your own sign-in at files\.example\.com/)).toBeTruthy();
    fireEvent.click(button('Allow files.example.com'));
    fireEvent.click(screen.getByLabelText('Keep access to this site'));
    fireEvent.click(button('Allow files.example.com'));
    expect(links.asked).toEqual(['allow', 'allow and keep']);
  });
  test('of another site the download is sent on to is told as that', () => {
    show({ ...ASKING, site: { address: 'https://cdn.example.net/x', host: 'cdn.example.net' } });
    expect(screen.getByText(/files\.example\.com sends the download on to cdn\.example\.net/)).toBeTruthy();
    expect(button('Allow cdn.example.net')).toBeTruthy();
  });
  test('that was refused: nothing was fetched, and it can still be given', () => {
    show({ ...ASKING, wasRefused: true });
    expect(screen.getByRole('alert').textContent).toMatch(/not given.*Nothing was fetched/);
  });
  test('a draft that it would take the place of is named', () => {
    show(ASKING, null, {}, READ);
    expect(screen.getByText(/takes the place of /)).toBeTruthy();
  });
});

test('a download shows how far it is, and Cancel stops it', () => {
  const { links } = show({ kind: 'fetching', link: LINK, bytes: 1024 * 1024, total: 4 * 1024 * 1024 });
  expect(screen.getByText(/1\sMB of 4\sMB/)).toBeTruthy();
  fireEvent.click(button('Cancel'));
  expect(links.asked).toEqual(['cancel']);
});

describe('a link without a file has a sentence of its own and a button that mends it', () => {
  const FAILURES: readonly (readonly [LinkFailure, string, string])[] = [
    [{ kind: 'unreachable' }, 'can’t reach', 'Try again'],
    [{ kind: 'timeout', waitedMs: 30_000 }, 'sent nothing for 30 seconds', 'Try again'],
    [{ kind: 'not_found' }, 'no such file', 'Open the page'],
    [{ kind: 'sign_in' }, 'wants you to sign in', 'Open the page'],
    [{ kind: 'web_page' }, 'not to a file', 'Open the page'],
    [{ kind: 'site_failed', status: 502 }, 'error 502', 'Try again'],
    [{ kind: 'too_large', limit: 10 * 1024 * 1024, bytes: 300 * 1024 * 1024 }, 'has 300', 'Open the page'],
    [{ kind: 'too_large', limit: 10 * 1024 * 1024, bytes: null }, 'larger than 10', 'Open the page'],
  ];
  test.each(FAILURES)('%j: %s', (failure, words, mend) => {
    const { links, host } = show(failed(failure));
    expect(screen.getByRole('alert').textContent).toContain(words);
    fireEvent.click(button(mend));
    expect([...links.asked, ...host.did]).toEqual([mend === 'Try again' ? 'again' : `openAddress ${LINK.address}`]);
  });
  test('no two refusals say the same', () => {
    const facts = Object.values(REFUSALS).map(({ fact }) => fact);
    expect(new Set(facts).size).toBe(facts.length);
  });
  test('what is no link is put right in place', () => {
    const { links } = show({ kind: 'refused', text: 'leads', refusal: 'not_a_link' });
    const field = screen.getByLabelText<HTMLInputElement>('Link to a CSV, text or Excel file');
    expect(field.value).toBe('leads');
    fireEvent.input(field, { target: { value: LINK.address } });
    fireEvent.click(button('Get the file'));
    expect(links.asked).toEqual([`open ${LINK.address}`]);
  });
  test('a link to this computer: the file is chosen instead', () => {
    const { links, flow } = show({ kind: 'refused', text: 'file:///x.csv', refusal: 'local_file' });
    const file = new File(['a'], 'x.csv');
    fireEvent.change(screen.getByLabelText('File to import'), { target: { files: [file] } });
    expect(links.asked).toEqual(['cancel']);
    expect(flow.files).toEqual([file]);
  });
});

describe('on the start screen', () => {
  test('the file in the tab in front is offered first', () => {
    const { links } = show({ kind: 'closed' }, LINK);
    expect(document.querySelector('main')?.textContent?.indexOf('leads.csv')).toBeLessThan(
      document.querySelector('main')?.textContent?.indexOf('Choose file') ?? 0,
    );
    fireEvent.click(button('Import this file'));
    expect(links.asked).toEqual([`open ${LINK.address}`]);
  });
  test('in a popup, which the browser’s question would close, the panel takes the link', () => {
    const carried: string[] = [];
    const { links } = show({ kind: 'closed' }, LINK, { place: 'popup', linkElsewhere: (address) => carried.push(address) });
    fireEvent.click(button('Import this file'));
    expect(carried).toEqual([LINK.address]);
    expect(links.asked).toEqual([]);
  });
  test('a link can be pasted', async () => {
    const { links } = show({ kind: 'closed' });
    fireEvent.click(button(/^Link/));
    fireEvent.input(await screen.findByLabelText('Link to a CSV, text or Excel file'), { target: { value: 'files.example.com/x.csv' } });
    fireEvent.click(button('Get the file'));
    expect(links.asked).toEqual(['open files.example.com/x.csv']);
  });
});
