import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import { ImportEnded, type ImportFate } from '../../../../../extension/ui/workspace/connections/import-ended.tsx';
import type { RunAnswer } from '../../../../../shared/api/connection-work.ts';
import { serverFailure } from '../../../../../shared/api/server-failure.ts';

afterEach(cleanup);

// Only why it ended is told of it.
const stopped = { failure: { kind: 'transient', code: 'interrupted', message: '' } } as RunAnswer;

test.each<[string, ImportFate, RegExp, RegExp]>([
  ['a lost connection is no import that was not made', { kind: 'lost' }, /connection to Leadline’s server was lost/, /not known yet/],
  [
    'what could not be asked is not known',
    { kind: 'unknown', failure: serverFailure('unreachable') },
    /is not known/,
    /Look under Imports/,
  ],
  ['our own stop is not the CRM’s', { kind: 'brokeOff', run: stopped, importId: 'i1' }, /broke off/, /Leadline’s server stopped/],
  ['what the server refused was not made', { kind: 'failed', failure: serverFailure('forbidden') }, /It was not imported/, /./],
])('%s', (_, fate, fact, words) => {
  render(<ImportEnded fate={fate} crm="HubSpot" />);
  const told = screen.getByRole('alert').textContent;
  expect(told).toMatch(fact);
  expect(told).toMatch(words);
  expect(told).not.toMatch(/HubSpot was busy/);
  expect(/It was not imported/.test(told ?? '')).toBe(fate.kind === 'failed');
  expect(screen.queryByRole('link', { name: 'What was saved' })?.getAttribute('href')).toBe(
    fate.kind === 'brokeOff' ? '#/imports/i1' : undefined,
  );
});
