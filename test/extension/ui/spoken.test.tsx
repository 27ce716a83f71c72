import { render } from '@testing-library/preact';
import { expect, test, vi } from 'vitest';
import { ImportScreen } from '../../../extension/ui/import-screen.tsx';
import { fakeFlow, fakeHost } from '../../support/fake-flow.ts';
import { fakeLinks } from '../../support/fake-links.ts';
import { CHECK, viewOf } from '../../support/ui-states.ts';

const LINK = { address: 'https://files.example.com/leads.csv', host: 'files.example.com', fileName: 'leads.csv' } as const;
const spoken = () => [...document.querySelectorAll('p.sr[role=status]')].map(({ textContent }) => textContent).join('');

test('while another file is fetched, nothing is said of the one before', async () => {
  vi.useFakeTimers();
  const flow = fakeFlow(viewOf({ draft: CHECK }));
  const { rerender } = render(<ImportScreen flow={flow} host={fakeHost()} />);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(spoken()).toMatch(/rows valid/);
  const links = fakeLinks({ kind: 'fetching', link: LINK, bytes: 0, total: 4 });
  rerender(<ImportScreen flow={flow} host={fakeHost({ links })} />);
  await vi.advanceTimersByTimeAsync(1);
  expect(spoken()).toBe('');
  vi.useRealTimers();
});
