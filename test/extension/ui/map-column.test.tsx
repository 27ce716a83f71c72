import { fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { describe, expect, test } from 'vitest';
import type { TableDraft } from '../../../extension/flow/draft.ts';
import type { ServerView } from '../../../extension/flow/view.ts';
import { ImportScreen } from '../../../extension/ui/import-screen.tsx';
import { placesOfColumn } from '../../../extension/ui/map-places.ts';
import type { Mapping, Suggestion } from '../../../shared/mapping/mapping.ts';
import { type FakeFlow, fakeFlow, fakeHost } from '../../support/fake-flow.ts';
import { MAP, MAPPING_WITH_PHONE, PLAN, READY, SUGGESTIONS, TABLE, UNREACHABLE, viewOf } from '../../support/ui-states.ts';

const COMPANY = 5;
const ATTENDED = 8;
const MAPPED: TableDraft = { ...MAP, mapping: MAPPING_WITH_PHONE };
const WITH_FIELDS: ServerView = {
  ...READY,
  customFields: [
    { label: 'Region', type: 'choice' },
    { label: 'attended', type: 'number' },
  ],
} as ServerView; // READY is the view of a server that is there

function show(draft: TableDraft = MAPPED, server: ServerView = READY) {
  const flow = fakeFlow(viewOf({ draft, server }));
  render(<ImportScreen flow={flow} host={fakeHost()} />);
  return flow;
}
/** As the flow does: the change is shown. */
async function follow(flow: FakeFlow, draft: TableDraft = MAPPED) {
  flow.show(viewOf({ draft: { ...draft, mapping: mappingOf(flow) } }));
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}
function mappingOf(flow: FakeFlow): Mapping {
  const event = flow.sent.at(-1);
  if (event?.kind !== 'mappingChanged') throw new Error('the mapping was not changed');
  return event.mapping;
}
const withColumn = (column: number, parts: Partial<Suggestion>): TableDraft => ({
  ...MAPPED,
  table: { ...TABLE, suggestions: SUGGESTIONS.map((one) => (one.index === column ? { ...one, ...parts } : one)) },
});
const row = (header: string) => within(screen.getByText(header, { selector: '.col .strong' }).closest('li') as HTMLElement); // as: every column is an item of a list
const button = (name: string | RegExp) => screen.getByRole('button', { name });
const select = (name: string) => screen.getByLabelText<HTMLSelectElement>(name, { exact: true });

describe('one column to two fields', () => {
  test('a second field is added beside the first, and the focus is in its list', async () => {
    const flow = show();
    fireEvent.click(button('Company also into a second field'));
    await waitFor(() => expect(document.activeElement).toBe(select('Second field for Company')));
    fireEvent.change(select('Second field for Company'), { target: { value: 'notes' } });
    expect(placesOfColumn(mappingOf(flow), COMPANY).map(({ field }) => field)).toEqual(['companyName', 'notes']);
    await follow(flow);
    expect(select('Second field for Company').value).toBe('notes');
    expect(document.activeElement).toBe(select('Second field for Company'));
  });

  test('it is taken away alone, and never twice on offer', () => {
    const flow = show({ ...MAPPED, mapping: [...MAPPING_WITH_PHONE, { column: COMPANY, field: 'notes' }] });
    expect(screen.queryByRole('button', { name: 'Company also into a second field' })).toBeNull();
    fireEvent.click(button('Company no longer into Notes'));
    expect(mappingOf(flow)).toEqual(MAPPING_WITH_PHONE);
  });
});

describe('a field that another column has', () => {
  test('moves, and the column that lost it says where it went', async () => {
    const flow = show();
    fireEvent.change(select('Field for Direct Line'), { target: { value: 'companyName' } });
    await follow(flow);
    expect(row('Company').getByText('Company now comes from “Direct Line”.')).toBeTruthy();
    expect(select('Field for Company').value).toBe('custom:text');
  });

  test('a fixed value that gives way is said, too', async () => {
    const draft: TableDraft = { ...MAPPED, mapping: [...MAPPING_WITH_PHONE, { field: 'notes', value: 'Spring fair' }] };
    const flow = show(draft);
    fireEvent.change(select('Field for Title'), { target: { value: 'notes' } });
    await follow(flow);
    expect(row('Title').getByText('Takes the place of the fixed value “Spring fair”.')).toBeTruthy();
    expect(screen.queryByLabelText('Fixed value for Notes')).toBeNull();
  });
});

describe('custom fields', () => {
  test('the name is changed in place, with Enter', async () => {
    const flow = show();
    fireEvent.click(button('Rename the custom field for Attended'));
    const input = screen.getByLabelText('Name of the custom field for Attended');
    fireEvent.input(input, { target: { value: 'Came' } });
    fireEvent.keyDown(input, { key: 'Enter' });
    expect(placesOfColumn(mappingOf(flow), ATTENDED)[0]?.label).toBe('Came');
    await follow(flow);
    expect(row('Attended').getByText(/Named “Came”/)).toBeTruthy();
  });

  test('Escape keeps the old name, and a name that another column has is refused', () => {
    const flow = show();
    fireEvent.click(button('Rename the custom field for Attended'));
    const input = screen.getByLabelText('Name of the custom field for Attended');
    fireEvent.input(input, { target: { value: 'direct line' } });
    expect(screen.getByRole('alert').textContent).toBe('Another column has this name.');
    expect(input.getAttribute('aria-describedby')).toBe(screen.getByRole('alert').id);
    fireEvent.keyDown(input, { key: 'Enter' });
    fireEvent.keyDown(input, { key: 'Escape' });
    expect(flow.sent).toEqual([]);
    fireEvent.click(button('Rename the custom field for Attended'));
    fireEvent.input(screen.getByLabelText('Name of the custom field for Attended'), { target: { value: 'direct line' } });
    fireEvent.blur(screen.getByLabelText('Name of the custom field for Attended'));
    expect(flow.sent).toEqual([]);
    expect(screen.queryByLabelText('Name of the custom field for Attended')).toBeNull();
  });

  test('the type is chosen: text, number, date, yes/no or choice', () => {
    const flow = show();
    fireEvent.change(select('Field for Attended'), { target: { value: 'custom:choice' } });
    expect(placesOfColumn(mappingOf(flow), ATTENDED)[0]).toMatchObject({ field: 'custom', type: 'choice' });
  });

  test('those of the workspace are offered by their labels', () => {
    const flow = show(MAPPED, WITH_FIELDS);
    const region = within(select('Field for Title')).getByText('Region (choice)');
    fireEvent.change(select('Field for Title'), { target: { value: region.getAttribute('value') } });
    expect(placesOfColumn(mappingOf(flow), 6)).toEqual([{ column: 6, field: 'custom', label: 'Region', type: 'choice' }]);
  });

  test('a column named like one of them says so, and what type it has there', () => {
    const flow = show(MAPPED, WITH_FIELDS);
    expect(row('Attended').getByText('Field you have')).toBeTruthy();
    expect(row('Attended').getByText(/“attended” is number in the workspace/)).toBeTruthy();
    fireEvent.click(button('Use that'));
    expect(placesOfColumn(mappingOf(flow), ATTENDED)[0]).toMatchObject({ label: 'attended', type: 'number' });
  });

  test('without a server nobody knows whether a field is new', () => {
    show(MAPPED, UNREACHABLE);
    expect(row('Attended').getByText('Kept as it is')).toBeTruthy();
  });

  test('all are kept again after they were left out', () => {
    const custom = SUGGESTIONS.filter(({ field }) => field === 'custom');
    const out = MAPPING_WITH_PHONE.map((entry) =>
      entry.field === 'custom' && 'column' in entry ? { column: entry.column, field: 'ignore' as const } : entry,
    );
    const flow = show({ ...MAPPED, mapping: out });
    fireEvent.click(button('Keep all'));
    const kept = custom.filter(({ index }) => placesOfColumn(mappingOf(flow), index)[0]?.field === 'custom');
    expect(kept.map(({ label }) => label)).toEqual(['Direct Line', 'Attended']);
  });
});

describe('dates that can be read both ways', () => {
  const dates = { type: 'date', dateOrder: 'ambiguous', samples: ['05/05/2025', '03/04/2025'] } as const;
  const asDate = (dateOrder?: 'dmy' | 'mdy'): TableDraft => ({
    ...withColumn(ATTENDED, dates),
    mapping: MAPPING_WITH_PHONE.map((entry) =>
      'column' in entry && entry.column === ATTENDED
        ? { column: ATTENDED, field: 'custom', label: 'Attended', type: 'date', ...(dateOrder ? { dateOrder } : {}) }
        : entry,
    ),
  });

  test('are asked about by one of their own, and stay text until somebody says', () => {
    const flow = show(asDate());
    expect(screen.getByRole('group', { name: 'Is 03/04/2025 3 April or March 4?' })).toBeTruthy();
    expect(screen.getByText('Until you say, it stays text.')).toBeTruthy();
    fireEvent.click(button('March 4'));
    expect(placesOfColumn(mappingOf(flow), ATTENDED)[0]).toMatchObject({ type: 'date', dateOrder: 'mdy' });
  });

  test('once answered it is said how they are read, and can be changed', () => {
    const flow = show(asDate('mdy'));
    expect(row('Attended').getByText(/^03\/04\/2025 is March 4/)).toBeTruthy();
    fireEvent.click(button('It is 3 April'));
    expect(placesOfColumn(mappingOf(flow), ATTENDED)[0]?.dateOrder).toBe('dmy');
  });

  test('nothing is asked where the dates prove their order, or are not kept as dates', () => {
    show({ ...asDate('dmy'), table: withColumn(ATTENDED, { ...dates, dateOrder: 'dmy' }).table });
    expect(screen.queryByText(/03\/04\/2025 is/)).toBeNull();
    expect(screen.queryByRole('group', { name: /^Is / })).toBeNull();
  });
});

describe('what becomes of values is said beside them', () => {
  test('a full name comes apart', () => {
    show({ ...withColumn(0, { samples: ['Maya', 'Dr. Maya Lindqvist'] }), mapping: [{ column: 0, field: 'fullName' }] });
    expect(row('First Name').getByText('“Dr. Maya Lindqvist” becomes Maya · Lindqvist')).toBeTruthy();
  });

  test('several phones in a cell are spread: seen in the samples, counted once the file is checked', () => {
    show(withColumn(3, { samples: ['+1 202 555 0143; +1 202 555 0144'] }));
    expect(row('Mobile').getByText(/^Some rows hold several phones: .* kept as “Phone \(original\)”\.$/)).toBeTruthy();
  });

  test('the check counts the rows, and those where not all find a place', () => {
    const problems = [
      ...PLAN.problems,
      { code: 'phones_left_over' as const, severity: 'warning' as const, column: 3, field: 'phone', count: 2 },
    ];
    show({ ...MAPPED, plan: { ...PLAN, problems } });
    expect(row('Mobile').getByText(/^26 rows hold several phones: .* In 2 rows they found no place/)).toBeTruthy();
    expect(row('Email Address').queryByText(/several/)).toBeNull();
  });
});

describe('fixed values', () => {
  test('one is added with field and value, by keyboard alone', async () => {
    const flow = show();
    fireEvent.click(button('Add a fixed value'));
    await waitFor(() => expect(document.activeElement).toBe(select('Field')));
    fireEvent.change(select('Field'), { target: { value: 'tags' } });
    const value = screen.getByLabelText('Value for every row');
    fireEvent.input(value, { target: { value: 'fair; spring' } });
    fireEvent.keyDown(value, { key: 'Enter' });
    expect(mappingOf(flow)).toEqual([...MAPPING_WITH_PHONE, { field: 'tags', value: 'fair; spring' }]);
    await waitFor(() => expect(document.activeElement).toBe(button('Add a fixed value')));
  });

  test('a field that a column feeds is not on offer', () => {
    show();
    fireEvent.click(button('Add a fixed value'));
    const fields = [...select('Field').options].map(({ value }) => value);
    expect(fields).not.toContain('companyName');
    expect(fields).toContain('ownerEmail');
  });

  test('an owner is an email address, and a new custom field needs a name of its own', () => {
    const flow = show();
    fireEvent.click(button('Add a fixed value'));
    fireEvent.change(select('Field'), { target: { value: 'ownerEmail' } });
    fireEvent.input(screen.getByLabelText('Value for every row'), { target: { value: 'Ana' } });
    expect(screen.getByText('An owner is an email address.')).toBeTruthy();
    fireEvent.change(select('Field'), { target: { value: 'custom' } });
    expect(screen.getByText('The custom field needs a name.')).toBeTruthy();
    fireEvent.input(screen.getByLabelText('Name of the custom field'), { target: { value: 'ATTENDED' } });
    expect(screen.getByText('A column has this name already.')).toBeTruthy();
    fireEvent.input(screen.getByLabelText('Name of the custom field'), { target: { value: 'Campaign' } });
    fireEvent.click(button('Add'));
    expect(mappingOf(flow).at(-1)).toEqual({ field: 'custom', value: 'Ana', label: 'Campaign' });
  });

  test('it is changed in place and taken away; a blank one stays what it was', () => {
    const tags = { field: 'tags', value: 'fair' } as const;
    const flow = show({ ...MAPPED, mapping: [...MAPPING_WITH_PHONE, tags] });
    const input = screen.getByLabelText<HTMLInputElement>('Fixed value for Tags');
    fireEvent.change(input, { target: { value: ' ' } });
    expect([input.value, flow.sent]).toEqual(['fair', []]);
    fireEvent.change(input, { target: { value: 'spring' } });
    expect(mappingOf(flow).at(-1)).toEqual({ field: 'tags', value: 'spring' });
    fireEvent.click(button('Remove the fixed value for Tags'));
    expect(mappingOf(flow)).toEqual(MAPPING_WITH_PHONE);
  });

  test('the focus stays among the fixed values when one is taken away', async () => {
    const draft: TableDraft = { ...MAPPED, mapping: [...MAPPING_WITH_PHONE, { field: 'tags', value: 'fair' }] };
    const flow = show(draft);
    button('Remove the fixed value for Tags').focus();
    fireEvent.click(button('Remove the fixed value for Tags'));
    await follow(flow);
    await waitFor(() => expect(document.activeElement).toBe(button('Add a fixed value')));
  });
});
