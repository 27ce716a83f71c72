import { fireEvent, render, screen } from '@testing-library/preact';
import { expect, test } from 'vitest';
import { ImportScreen } from '../../../extension/ui/import-screen.tsx';
import { fakeFlow, fakeHost } from '../../support/fake-flow.ts';
import { CHECK, viewOf } from '../../support/ui-states.ts';

test('the keys for undo and redo work wherever the focus is on the check, but in a text field', () => {
  const flow = fakeFlow(viewOf({ draft: CHECK }));
  render(<ImportScreen flow={flow} host={fakeHost()} />);
  fireEvent.keyDown(document.body, { key: 'z', ctrlKey: true });
  fireEvent.keyDown(screen.getByRole('button', { name: 'Preview' }), { key: 'Z', metaKey: true, shiftKey: true });
  fireEvent.keyDown(document.body, { key: 'y', ctrlKey: true });
  expect(flow.asked).toEqual(['undoRepair', 'redoRepair', 'redoRepair']);
  const field = document.body.appendChild(document.createElement('input'));
  fireEvent.keyDown(field, { key: 'z', ctrlKey: true });
  field.remove();
  expect(flow.asked).toHaveLength(3);
});
