import { describe, expect, test } from 'vitest';
import { type ComboMove, moveOf } from '../../../extension/ui/parts/combobox-keys.ts';

const to = (index: number): ComboMove => ({ kind: 'to', index });
const none: ComboMove = { kind: 'none' };

describe('the keys of an open list', () => {
  test.each<[string, string, boolean, number, number, ComboMove]>([
    ['down goes to the next', 'ArrowDown', false, 1, 5, to(2)],
    ['down begins at the first where none is pointed at', 'ArrowDown', false, -1, 5, to(0)],
    ['down goes round at the end', 'ArrowDown', false, 4, 5, to(0)],
    ['up goes to the one before', 'ArrowUp', false, 2, 5, to(1)],
    ['up goes round at the first', 'ArrowUp', false, 0, 5, to(4)],
    ['up begins at the last where none is pointed at', 'ArrowUp', false, -1, 5, to(4)],
    ['a page down goes ten on', 'PageDown', false, 3, 50, to(13)],
    ['a page down stops at the last', 'PageDown', false, 45, 50, to(49)],
    ['a page up stops at the first', 'PageUp', false, 3, 50, to(0)],
    ['home goes to the first', 'Home', false, 3, 5, to(0)],
    ['end goes to the last', 'End', false, 3, 5, to(4)],
    ['home is the text’s where none is pointed at', 'Home', false, -1, 5, none],
    ['enter takes what is pointed at', 'Enter', false, 3, 5, { kind: 'choose' }],
    ['escape closes', 'Escape', false, 3, 5, { kind: 'close' }],
    ['up with alt closes', 'ArrowUp', true, 3, 5, { kind: 'close' }],
    ['in an empty list there is nowhere to go', 'ArrowDown', false, -1, 0, none],
    ['letters are typed', 'a', false, 1, 5, none],
  ])('%s', (_, key, withAlt, active, count, move) => {
    expect(moveOf(key, withAlt, active, count)).toEqual(move);
  });
});
