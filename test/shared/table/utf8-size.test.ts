import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8Size } from '#shared/table/utf8-size.ts';

test.each(['', 'Ann', 'Zoë', 'Łukasz', '王さくら', 'محمد', '👩‍👩‍👧', '\ud83d', 'a\udc69b', '\u007f\u0080\u07ff\u0800\uffff'])(
  'the size of %j is that of its bytes',
  (text) => {
    expect(utf8Size(text)).toBe(new TextEncoder().encode(text).length);
  },
);
test('and so is that of any other text', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => utf8Size(text) === new TextEncoder().encode(text).length));
});
