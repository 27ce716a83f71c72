import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import { NEW_SETTINGS } from '#shared/crm/sync-settings.ts';
import { Notices } from '../../../../../extension/ui/workspace/connections/notices.tsx';

afterEach(cleanup);

test.each([
  [
    'email_hidden',
    'Email',
    /Salesforce hides “Email” of leads\. Leadline cannot tell who is there already, so it makes no lead there\. .* check that it is in the field map/,
  ],
  ['field_hidden', 'Phone', /Salesforce hides “Phone” of leads\. It does not come in or go out/],
  [
    'opt_out_hidden',
    'Email Opt Out',
    /Salesforce hides “Email Opt Out” of leads\. Leadline cannot tell who opted out there, so they may be emailed/,
  ],
  ['opt_out_read_only', 'Do Not Call', /Salesforce does not let us fill in “Do Not Call” of leads\. Our opt-outs are not written there/],
  ['key_read_only', 'Leadline Id', /Salesforce does not let us fill in “Leadline Id” of leads\. Records are made without it/],
  ['conversion_hidden', 'Converted Contact ID', /Salesforce hides “Converted Contact ID” of leads\. A converted lead is followed only/],
] as const)('%s is named with its field and what it means', (kind, field, words) => {
  render(
    <Notices
      notices={[{ kind, type: 'lead', field }]}
      connection={{ provider: 'salesforce', settings: { ...NEW_SETTINGS, writesOptOuts: true } }}
    />,
  );
  expect(screen.getByText((_, element) => element?.classList.contains('say') === true).textContent).toMatch(words);
});

test('a box that cannot be ticked is not spoken of where our opt-outs are not to be written there', () => {
  const notices = [{ kind: 'opt_out_read_only', type: 'lead', field: 'Do Not Call' }] as const;
  render(<Notices notices={notices} connection={{ provider: 'salesforce', settings: NEW_SETTINGS }} />);
  expect(screen.queryByText(/Do Not Call/)).toBeNull();
});

test('several fields of one kind that are hidden are named together, each kind by itself', () => {
  const hidden = (type: 'lead' | 'contact', field: string) => ({ kind: 'field_hidden', type, field }) as const;
  const notices = [hidden('lead', 'Phone'), hidden('contact', 'Phone'), hidden('lead', 'Title')];
  render(<Notices notices={notices} connection={{ provider: 'salesforce', settings: NEW_SETTINGS }} />);
  expect(screen.getByText('Salesforce hides “Phone”, “Title” of leads.')).toBeTruthy();
  expect(screen.getByText('Salesforce hides “Phone” of contacts.')).toBeTruthy();
});
