import { act, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { describe, expect, test } from 'vitest';
import type { Settings } from '../../../extension/platform/settings.ts';
import type { GivenPairing, OptionsHost } from '../../../extension/ui/options-host.ts';
import { OptionsScreen } from '../../../extension/ui/options-screen.tsx';
import { serverFailure } from '../../../shared/api/server-failure.ts';
import { fail, ok } from '../../../shared/result.ts';

const UNPAIRED: Settings = {
  serverAddress: 'http://localhost:8787',
  key: null,
  workspaceName: null,
  theme: 'system',
  defaultCountry: 'US',
  googleClientId: null,
};
const PAIRED: Settings = { ...UNPAIRED, key: 'll_secret', workspaceName: 'Fernhill Sales' };

function show(settings: Settings, given: GivenPairing | null = null, parts: Partial<OptionsHost> = {}) {
  const did: string[] = [];
  const host: OptionsHost = {
    now: () => 0,
    googleRedirect: 'https://abc.chromiumapp.org/',
    save: async (changes) => void did.push(`save ${JSON.stringify(changes)}`),
    askAccess: async (address) => {
      did.push(`ask ${address}`);
      return true;
    },
    connect: async (address, code) => {
      did.push(`connect ${address} ${code}`);
      return ok({ address, workspaceName: 'Fernhill Sales' });
    },
    disconnect: async () => void did.push('disconnect'),
    test: async () => fail(serverFailure('unreachable')),
    openImporter: () => did.push('openImporter'),
    switchTheme: () => did.push('switchTheme'),
    ...parts,
  };
  render(<OptionsScreen settings={settings} host={host} given={given} />);
  return did;
}
const CODE = /Enter the code/;
const typeCode = (code: string) => fireEvent.input(screen.getByLabelText(CODE), { target: { value: code } });
const pair = async () => {
  await act(async () => {
    fireEvent.submit(screen.getByLabelText(CODE).closest('form') as HTMLFormElement); // as: the field stands in a form
  });
};

describe('connecting this browser', () => {
  test('one code, one button; the browser’s permission is asked first', async () => {
    const did = show(UNPAIRED);
    typeCode('K7Q4-MX2P');
    await pair();
    expect(did).toEqual(['ask http://localhost:8787', 'connect http://localhost:8787 K7Q4-MX2P']);
  });

  const INVITATION = 'https://leads.example.com#K7Q4-9XWD-M2PR-6TVZ';
  const asked = ['ask https://leads.example.com', 'connect https://leads.example.com K7Q4-9XWD-M2PR-6TVZ'];

  test('an invitation in the one field brings its address along', async () => {
    const did = show(UNPAIRED);
    typeCode(INVITATION);
    expect(screen.getByLabelText<HTMLInputElement>(/Start the server/).value, 'so that everybody sees where to').toBe(
      'https://leads.example.com',
    );
    await pair();
    expect(did).toEqual(asked);
  });

  test('pasted into the other field, or with the message around it, it is the same', async () => {
    const did = show(UNPAIRED);
    fireEvent.input(screen.getByLabelText(/Start the server/), { target: { value: `Hi Kim, here you are: ${INVITATION} See you` } });
    await pair();
    expect(did).toEqual(asked);
  });

  test('a key goes to the address beside it, unchanged', async () => {
    const did = show(UNPAIRED);
    typeCode('ll_abcdefgh-ijkl_mnop');
    await pair();
    expect(did).toEqual(['ask http://localhost:8787', 'connect http://localhost:8787 ll_abcdefgh-ijkl_mnop']);
  });

  test('opened by the launcher it pairs by itself', async () => {
    const did = show(UNPAIRED, { code: 'K7Q4-MX2P', server: 'http://127.0.0.1:9000' });
    await waitFor(() => expect(did).toEqual(['connect http://127.0.0.1:9000 K7Q4-MX2P']));
  });

  test('it never leaves a server for another one by itself', async () => {
    const did = show(PAIRED, { code: 'K7Q4-MX2P', server: 'http://127.0.0.1:9000' });
    await act(async () => {});
    expect(did).toEqual([]);
    await pair();
    expect(did).toContain('connect http://127.0.0.1:9000 K7Q4-MX2P');
  });

  test('a server elsewhere is asked for by a click, never by itself', async () => {
    const did = show(UNPAIRED, { code: 'K7Q4-MX2P', server: 'https://leads.example.com' });
    await act(async () => {});
    expect(did).toEqual([]);
  });

  test('a used code says what to do, beside the field', async () => {
    show(UNPAIRED, null, { connect: async () => fail({ kind: 'server', failure: serverFailure('unauthorized') }) });
    typeCode('OLD0-CODE');
    await pair();
    expect(screen.getByRole('alert').textContent).toContain('Take the new one the server has printed');
    expect(screen.getByLabelText(CODE).getAttribute('aria-invalid')).toBe('true');
  });

  test('a wrong or revoked key is said to be a key, and how to get another', async () => {
    show(UNPAIRED, null, { connect: async () => fail({ kind: 'key' }) });
    typeCode('ll_wrong');
    await pair();
    expect(screen.getByRole('alert').textContent).toMatch(/key.*npm start -- key --role admin.*code/);
    expect(screen.getByRole('alert').textContent).not.toContain('This code');
  });

  test('without the permission it says how to give it', async () => {
    show(UNPAIRED, null, { askAccess: async () => false });
    typeCode('K7Q4-MX2P');
    await pair();
    expect(screen.getByRole('alert').textContent).toContain('allow it');
  });

  test('an address that sends leads in the clear is refused', async () => {
    show(UNPAIRED, null, { connect: async () => fail({ kind: 'address', error: 'needs_https' }) });
    typeCode('K7Q4-MX2P');
    await pair();
    expect(screen.getByRole('alert').textContent).toContain('https://');
  });
});

describe('a paired browser', () => {
  test('says whether the server answers, and as whom', async () => {
    const workspace = { name: 'Fernhill Sales', role: 'admin' } as never; // the parts of the answer that are shown
    show(PAIRED, null, { test: async () => ok(workspace) });
    expect(await screen.findByText(/Connected to Fernhill Sales as admin/)).toBeTruthy();
  });

  test('unpairing asks first', () => {
    const did = show(PAIRED);
    fireEvent.click(screen.getByRole('button', { name: 'Unpair' }));
    expect(did).toEqual([]);
    fireEvent.click(screen.getAllByRole('button', { name: 'Unpair', hidden: true }).at(-1) as HTMLElement); // as: the dialog's own button is the last
    expect(did).toEqual(['disconnect']);
  });

  test('the key is nowhere on the page', () => {
    show(PAIRED);
    expect(document.body.innerHTML).not.toContain('ll_secret');
  });

  test('the theme is saved as it is chosen', () => {
    const did = show(PAIRED);
    fireEvent.click(screen.getByLabelText('Dark'));
    expect(did).toContain('save {"theme":"dark"}');
  });
});

describe('signing in to Google', () => {
  const REDIRECT = 'Redirect address of this browser';
  test('the address that whoever makes a client registers is there to copy', () => {
    show(PAIRED);
    expect(screen.getByLabelText<HTMLInputElement>(REDIRECT).value).toBe('https://abc.chromiumapp.org/');
    expect(screen.getByText('Internal')).toBeTruthy();
  });
  test.each([
    ['1234-demo.apps.googleusercontent.com', ['save {"googleClientId":"1234-demo.apps.googleusercontent.com"}']],
    ['', []],
    ['GOCSPX-secret', []],
  ])('a client ID of one’s own is saved as soon as it looks like one: %s', (typed, saved) => {
    const did = show(PAIRED);
    const field = screen.getByLabelText('Client ID of your own');
    fireEvent.input(field, { target: { value: typed } });
    fireEvent.blur(field);
    expect(did.filter((line) => line.startsWith('save'))).toEqual(saved);
    expect(screen.queryByText(/is not saved yet/) !== null).toBe(typed.startsWith('GOCSPX'));
  });
  test('emptied, the server’s is used again', () => {
    const did = show({ ...PAIRED, googleClientId: '1234-demo.apps.googleusercontent.com' });
    const field = screen.getByLabelText('Client ID of your own');
    fireEvent.input(field, { target: { value: '' } });
    fireEvent.blur(field);
    expect(did.filter((line) => line.startsWith('save'))).toEqual(['save {"googleClientId":null}']);
  });
});
