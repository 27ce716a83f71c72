import { render, screen } from '@testing-library/preact';
import { expect, test } from 'vitest';
import { ReviewCard } from '../../../../extension/ui/workspace/imports/review-card.tsx';
import { problem } from '../../../../shared/problems.ts';

type Props = Parameters<typeof ReviewCard>[0];

/** A row in review that shares its phone with line 3. */
function show(source: string): void {
  const row = { line: 4, problems: [problem('review_phone_in_file', { field: 'phone', data: { line: 3 } })], candidates: [] };
  const found = { source, headers: ['Phone'], mapping: [] };
  // the card asks of both, and of the workspace its leads, only what is here
  const props = { found, row, workspace: { leads: { lead: () => null } }, isBusy: false, onAnswer: () => {} } as unknown as Props;
  render(<ReviewCard {...props} />);
}

test('a row of a file is called by its line', () => {
  show('csv');
  expect(screen.getByText(/^Line 3 has the same phone/)).toBeTruthy();
  expect(screen.getByRole('columnheader', { name: 'In the file' })).toBeTruthy();
});

test('a record of a CRM stands on no line and in no file', () => {
  show('hubspot');
  expect(screen.getByText(/^An earlier record has the same phone/)).toBeTruthy();
  expect(screen.getByRole('columnheader', { name: 'In HubSpot' })).toBeTruthy();
  expect(document.body.textContent).not.toMatch(/line|file/i);
});
