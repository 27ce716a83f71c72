import { fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { describe, expect, test } from 'vitest';
import type { Mapping } from '#shared/mapping/mapping.ts';
import type { MemorySource, Remembered } from '../../../extension/flow/table-view.ts';
import type { ImportView } from '../../../extension/flow/view.ts';
import { ImportScreen } from '../../../extension/ui/import-screen.tsx';
import { sourceWords } from '../../../extension/ui/memory-words.ts';
import { fakeFlow, fakeHost } from '../../support/fake-flow.ts';
import { MAP, MAPPING, NOW, TABLE, UNREACHABLE, viewOf } from '../../support/ui-states.ts';

const ANN: MemorySource = { kind: 'import', by: { name: 'Ann' }, at: Date.UTC(2026, 4, 4, 12) };
/** Mobile is the phone, and who attended is left out. */
const THEN: Mapping = [
  ...MAPPING.map((entry): Mapping[number] => {
    if (!('column' in entry)) return entry;
    if (entry.column === 3) return { column: 3, field: 'phone' };
    return entry.column === 8 ? { column: 8, field: 'ignore' } : entry;
  }),
  { field: 'tags', value: 'fair' },
];

function show(answer: Remembered['answer'] | null, mapping: Mapping = MAPPING, view: Partial<ImportView> = {}) {
  const remembered = answer && { source: ANN, mapping: THEN, answer };
  const flow = fakeFlow(viewOf({ draft: { ...MAP, mapping, table: { ...TABLE, remembered } }, ...view }));
  render(<ImportScreen flow={flow} host={fakeHost()} />);
  return flow;
}
const row = (header: string) => within(screen.getByLabelText(`Field for ${header}`).closest('li') as HTMLElement); // as: every column is an item of a list

describe('a mapping that such a file had before', () => {
  test('is offered with who, when and how much differs, and a list of what would change', () => {
    show('open');
    expect(screen.getByText('2 columns and 1 fixed value differ from Ann’s import of May 4.')).toBeTruthy();
    const changes = within(screen.getByRole('list', { name: 'What would change' })).getAllByRole('listitem');
    expect(changes.map((change) => change.textContent)).toEqual([
      'MobileCustom field: textPhone',
      'AttendedCustom field: textLeave out',
      'Fixed value for Tagsnone“fair”',
    ]);
  });

  test.each([
    ['Use it', true],
    ['Keep these suggestions', false],
  ])('one click answers: %s', (name, use) => {
    const flow = show('open');
    fireEvent.click(screen.getByRole('button', { name }));
    expect(flow.sent).toEqual([{ kind: 'memoryAnswered', use }]);
  });

  test('Enter takes it, but not where Enter means something else', () => {
    const flow = show('open');
    fireEvent.keyDown(screen.getByLabelText('Field for Mobile'), { key: 'Enter' });
    fireEvent.keyDown(document.body, { key: 'Enter', ctrlKey: true });
    expect(flow.sent).toEqual([]);
    fireEvent.keyDown(screen.getByRole('heading', { level: 1 }), { key: 'Enter' });
    expect(flow.sent).toEqual([{ kind: 'memoryAnswered', use: true }]);
  });

  test('once used, says so, marks what is not as suggested, and can be taken back', () => {
    const flow = show('used', THEN);
    expect(screen.getByText('As in Ann’s import of May 4.')).toBeTruthy();
    expect(row('Mobile').getByText('As remembered')).toBeTruthy();
    expect(row('Attended').getByText('As remembered')).toBeTruthy();
    expect(screen.getAllByText('As remembered')).toHaveLength(2);
    expect(screen.queryByRole('heading', { name: 'Open' })).toBeNull();
    fireEvent.keyDown(document.body, { key: 'Enter' });
    fireEvent.click(screen.getByRole('button', { name: 'Back to the suggestions' }));
    expect(flow.sent).toEqual([{ kind: 'memoryAnswered', use: false }]);
  });

  test('what was changed by hand since is counted, and no longer marked', () => {
    show('used', THEN.filter((entry) => !('column' in entry) || entry.column !== 3).concat({ column: 3, field: 'altPhone1' }));
    expect(screen.getByText('As in Ann’s import of May 4, 1 column changed since.')).toBeTruthy();
    expect(row('Mobile').queryByText('As remembered')).toBeNull();
  });

  test('when the suggestions were kept, it can still be used', () => {
    const flow = show('kept');
    expect(screen.getByText('Ann’s import of May 4 is not used.')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Use it' }));
    expect(flow.sent).toEqual([{ kind: 'memoryAnswered', use: true }]);
  });

  test('when it is what is suggested anyway, nothing is asked', () => {
    show('same', THEN);
    expect(screen.getByText('As in Ann’s import of May 4.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Use it' })).toBeNull();
  });

  test('a long list of differences is told in part, and whole at a click', () => {
    const remembered = { source: ANN, mapping: MAPPING.map((entry) => ({ ...entry, field: 'ignore' as const })), answer: 'open' } as const;
    const flow = fakeFlow(viewOf({ draft: { ...MAP, mapping: MAPPING, table: { ...TABLE, remembered } } }));
    render(<ImportScreen flow={flow} host={fakeHost()} />);
    const listed = () => within(screen.getByRole('list', { name: 'What would change' })).getAllByRole('listitem').length;
    expect(listed()).toBe(6);
    fireEvent.click(screen.getByRole('button', { name: 'Show all 9' }));
    expect(listed()).toBe(9);
  });
});

test.each<readonly [MemorySource, string]>([
  [{ kind: 'import', by: 'you', at: Date.UTC(2026, 4, 4, 12) }, 'your import of May 4'],
  [{ kind: 'import', by: null, at: Date.UTC(2025, 4, 4, 12) }, 'an import of May 4, 2025'],
  [
    { kind: 'import', by: { name: 'Ann' }, at: NOW - 60_000 },
    `Ann’s import of ${new Date(NOW - 60_000).toLocaleTimeString('en', { hour: 'numeric', minute: '2-digit' })} today`,
  ],
  [{ kind: 'template', name: 'Fair', by: 'you', at: NOW }, 'the template “Fair”'],
])('where a mapping comes from, in words: %o', (source, words) => {
  expect(sourceWords(source, NOW).replace(/\s/g, ' ')).toBe(words.replace(/\s/g, ' '));
});

describe('templates', () => {
  function open(view: Partial<ImportView> = {}) {
    const flow = show(null, MAPPING, view);
    fireEvent.click(screen.getByRole('button', { name: 'Templates' }));
    return { flow, menu: within(screen.getByRole('dialog', { name: 'Templates' })) };
  }

  test('are listed with who saved each and when; a click uses one', async () => {
    const { flow, menu } = open();
    const [first] = within(menu.getByRole('list')).getAllByRole('listitem');
    expect(first?.textContent).toBe('ApolloBen, April 2');
    expect(menu.getByText('You, November 9, 2025')).toBeTruthy();
    fireEvent.click(menu.getByText('Apollo'));
    expect(flow.asked).toEqual(['use t1']);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('the mapping on the screen is saved under a name', async () => {
    const { flow, menu } = open();
    fireEvent.input(menu.getByLabelText('Save this mapping as'), { target: { value: ' Trade show ' } });
    fireEvent.click(menu.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(flow.asked).toEqual(['save Trade show']));
  });

  test('a name that is taken is said beside it, with the way to put this mapping in its place', async () => {
    const { flow, menu } = open();
    flow.templateFailure = { kind: 'conflict', retry: 'never' };
    fireEvent.input(menu.getByLabelText('Save this mapping as'), { target: { value: 'apollo' } });
    fireEvent.click(menu.getByRole('button', { name: 'Save' }));
    const alert = await menu.findByRole('alert');
    expect(alert.textContent).toContain('There is a template “apollo” already. Choose another name.');
    expect(menu.getByLabelText('Save this mapping as').getAttribute('aria-invalid')).toBe('true');
    flow.templateFailure = null;
    fireEvent.click(within(alert).getByRole('button', { name: 'Put this mapping in its place' }));
    await waitFor(() => expect(flow.asked).toEqual(['save apollo', 'replace t1']));
  });

  test('one is renamed in place; Escape leaves its name', async () => {
    const { flow, menu } = open();
    fireEvent.click(menu.getByRole('button', { name: 'Rename “Apollo”' }));
    fireEvent.keyDown(menu.getByLabelText('New name of “Apollo”'), { key: 'Escape' });
    fireEvent.click(menu.getByRole('button', { name: 'Rename “Apollo”' }));
    fireEvent.input(menu.getByLabelText('New name of “Apollo”'), { target: { value: 'Apollo EU' } });
    fireEvent.click(menu.getByRole('button', { name: 'Rename' }));
    await waitFor(() => expect(flow.asked).toEqual(['rename t1 Apollo EU']));
  });

  test('one is deleted after a question that says whom it concerns; what fails is said', async () => {
    const { flow, menu } = open();
    fireEvent.click(menu.getByRole('button', { name: 'Delete “Apollo”' }));
    expect(flow.asked).toEqual([]);
    expect(screen.getByText(/It goes for everybody in the workspace/)).toBeTruthy();
    flow.templateFailure = { kind: 'forbidden', retry: 'reconnect' };
    fireEvent.click(screen.getByText('Delete'));
    expect((await menu.findByRole('alert')).textContent).toContain('Your role doesn’t allow this.');
    expect(flow.asked).toEqual(['remove t1']);
  });

  test('Escape and a click elsewhere close the menu', () => {
    open();
    fireEvent.keyDown(screen.getByRole('dialog'), { key: 'Escape' });
    expect(screen.queryByRole('dialog')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Templates' }));
    fireEvent.pointerDown(document.body);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test.each<readonly [string, Partial<ImportView>, RegExp]>([
    ['a workspace', { server: { kind: 'unpaired', address: 'http://localhost:8787' } }, /Connect this browser/],
    ['a server that answers', { server: UNREACHABLE }, /The server doesn’t answer\. What this browser remembers still works/],
    ['an answer yet', { templates: { kind: 'asking' } }, /Asking the workspace/],
    ['a single template', { templates: { kind: 'ready', templates: [] } }, /No templates yet/],
  ])('without %s the menu says why it is empty', (_, view, words) => {
    expect(open(view).menu.getByText(words)).toBeTruthy();
  });
});
