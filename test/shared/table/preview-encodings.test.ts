import { describe, expect, test } from 'vitest';
import { previewEncodings } from '../../../shared/table/preview-encodings.ts';
import { readTable } from '../../../shared/table/read-csv.ts';

/** "Name;City" and two people, in Windows-1250: too little to be sure of. */
const CZECH = Uint8Array.from([...ascii('Name;City\nNov'), 0xe1, ...ascii('k;Plze'), 0xf2, ...ascii('\nKov'), 0xe1, ...ascii(';Brno\n')]);

function ascii(text: string): readonly number[] {
  return [...text].map((letter) => letter.charCodeAt(0));
}
function factsOf(bytes: Uint8Array) {
  const table = readTable(bytes);
  if (!table.ok) throw new Error(table.error.code);
  return table.value.facts;
}

describe('a file whose encoding is not sure', () => {
  const facts = factsOf(CZECH);
  const previews = previewEncodings(CZECH, facts);

  test('shows the same cells in two or three encodings, the one in use first', () => {
    expect(facts.encodingSure).toBe(false);
    expect(previews[0]?.encoding).toBe(facts.encoding);
    expect(previews.length).toBeGreaterThanOrEqual(2);
    expect(previews.length).toBeLessThanOrEqual(3);
    expect(previews.map(({ cells }) => cells.length)).toEqual(previews.map(() => 3));
  });

  test('the right one is among them, and no two look alike', () => {
    expect(previews.map(({ cells }) => cells.join(' '))).toContain('Novák Plzeň Ková');
    expect(new Set(previews.map(({ cells }) => cells.join())).size).toBe(previews.length);
  });

  test('each reads as the file will when it is chosen', () => {
    for (const { encoding, cells } of previews) {
      const table = readTable(CZECH, { encoding });
      expect(table.ok && table.value.rows[0]).toEqual(cells.slice(0, 2));
    }
  });
});

test('a file of plain ASCII has nothing to choose by', () => {
  const plain = Uint8Array.from(ascii('Name;City\nAnn;Oslo\n'));
  expect(previewEncodings(plain, factsOf(plain))).toEqual([]);
});
