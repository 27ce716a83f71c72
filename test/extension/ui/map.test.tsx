import { fireEvent, render, screen, within } from '@testing-library/preact';
import { describe, expect, test } from 'vitest';
import type { TableDraft } from '../../../extension/flow/draft.ts';
import { ImportScreen } from '../../../extension/ui/import-screen.tsx';
import { optionsFor } from '../../../extension/ui/map-choices.ts';
import { feedersOf, placeOf, placesOf } from '../../../extension/ui/map-places.ts';
import { fakeFlow, fakeHost } from '../../support/fake-flow.ts';
import { MAP, MAPPING, MAPPING_WITH_PHONE, POLICY, SUGGESTIONS, TABLE, viewOf } from '../../support/ui-states.ts';

function show(draft: TableDraft = MAP) {
  const flow = fakeFlow(viewOf({ draft }));
  render(<ImportScreen flow={flow} host={fakeHost()} />);
  return flow;
}
const row = (header: string) => within(screen.getByText(header).closest('li') as HTMLElement); // as: every column is an item of a list
const BLANK = SUGGESTIONS[8] ?? (undefined as never); // a column without a field

describe('matching columns', () => {
  test('a required field that no column feeds is named, with the way out in one click', () => {
    const flow = show();
    expect(screen.getByText('Phone is required, and no column feeds it yet.')).toBeTruthy();
    expect(screen.getByText(/Phone, no column/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Use Reachable' }));
    expect(flow.sent).toEqual([{ kind: 'policyChanged', policy: { require: 'reachable' } }]);
  });

  test('there is no way on before that, and the button says why', () => {
    const flow = show();
    const next = screen.getByRole('button', { name: 'Check 2,547 rows' });
    expect(next.getAttribute('aria-disabled')).toBe('true');
    expect(document.getElementById(next.getAttribute('aria-describedby') ?? '')?.textContent).toContain('no column yet');
    fireEvent.click(next);
    expect(flow.sent).toEqual([]);
  });

  test('“Reachable” is not offered where it would not help', () => {
    show({ ...MAP, mapping: MAPPING.filter((entry) => entry.field === 'firstName'), policy: POLICY });
    expect(screen.getByText(/are required, and no column feeds them yet/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Use Reachable' })).toBeNull();
  });

  test('when everything required is fed, the check can start', () => {
    const flow = show({ ...MAP, mapping: MAPPING_WITH_PHONE });
    expect(screen.queryByText(/is required/)).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Check 2,547 rows' }));
    expect(flow.sent).toEqual([{ kind: 'wentTo', step: 'check' }]);
  });

  test('open columns come first, with their candidates as buttons', () => {
    const flow = show();
    expect(screen.getAllByRole('heading', { level: 2 })[0]?.textContent).toBe('Open');
    fireEvent.click(row('Mobile').getByRole('button', { name: /Phone 71\s%/ }));
    expect(flow.sent[0]).toMatchObject({ kind: 'mappingChanged' });
    const [event] = flow.sent;
    expect(event?.kind === 'mappingChanged' && placeOf(placesOf(event.mapping), 3).field).toBe('phone');
  });

  test('each column shows how it is filled, its first values, how sure the suggestion is, and why', () => {
    show();
    const title = row('Title');
    expect(title.getByText(/^91\s% filled$/)).toBeTruthy();
    expect(title.getByText('Head of Sales')).toBeTruthy();
    expect(title.getByText(/^Likely 92\s%$/)).toBeTruthy();
    expect(title.getByLabelText<HTMLSelectElement>('Field for Title').value).toBe('jobTitle');
    expect(row('First Name').getByText('Certain')).toBeTruthy();
  });

  test('all columns kept as custom fields can be left out at once', () => {
    const flow = show({ ...MAP, mapping: MAPPING_WITH_PHONE });
    fireEvent.click(screen.getByRole('button', { name: 'Leave it out' }));
    const [event] = flow.sent;
    expect(event?.kind === 'mappingChanged' && placeOf(placesOf(event.mapping), 8).field).toBe('ignore');
  });

  test('a file of hundreds of columns is drawn piece by piece', () => {
    const wide = Array.from({ length: 200 }, (_, index) => ({ ...BLANK, index, header: `Extra ${index}`, label: `Extra ${index}` }));
    show({ ...MAP, mapping: [], table: { ...TABLE, suggestions: wide } });
    expect(screen.getAllByRole('listitem').length).toBeLessThan(70);
    fireEvent.click(screen.getByRole('button', { name: 'Show 50 more columns of 150' }));
    expect(screen.getByText('Extra 99')).toBeTruthy();
  });
});

describe('choosing a field', () => {
  test('a field that another column feeds says which one', () => {
    const labels = new Map(SUGGESTIONS.map(({ index, label }) => [index, label]));
    const [fields] = optionsFor({ feeders: feedersOf(MAPPING), labels, customFields: [] }, 3);
    expect(fields?.choices.find((choice) => choice.value === 'email')?.label).toBe('Email, now from “Email Address”');
  });
});
