import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import { Notices } from '../../../../../extension/ui/workspace/connections/notices.tsx';

afterEach(cleanup);

test.each([
  ['opt_out_hidden', 'Email Opt Out', /Salesforce hides “Email Opt Out” of leads\. Who opted out there cannot be recognised/],
  ['key_read_only', 'Leadline Id', /Salesforce does not let us fill in “Leadline Id” of leads\. Records are made without it/],
  ['conversion_hidden', 'Converted Contact ID', /Salesforce hides “Converted Contact ID” of leads\. A converted lead is followed only/],
] as const)('%s is named with its field and what it means', (kind, field, words) => {
  render(<Notices notices={[{ kind, type: 'lead', field }]} provider="salesforce" />);
  expect(screen.getByText((_, element) => element?.classList.contains('say') === true).textContent).toMatch(words);
});
