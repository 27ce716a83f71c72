// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { csvFile } from '../../../extension/sources/csv-file.ts';
import { SOURCES, sourceById } from '../../../extension/sources/index.ts';
import { proposeListName } from '../../../extension/sources/list-name.ts';
import type { Given } from '../../../extension/sources/source.ts';

/** Every source keeps these. */
describe.each(SOURCES)('the source $id', (source) => {
  const given: Given = source.id === 'csv-file' ? { kind: 'file', file: new File(['a,b\n1,2\n'], 'leads.csv') } : { kind: 'nothing' };
  test('is found by its id, and no other has it', () => {
    expect(sourceById(source.id)).toBe(source);
    expect(SOURCES.filter((other) => other.id === source.id)).toHaveLength(1);
  });
  test('gives bytes and a name that fits the server', async () => {
    const opened = await source.open(given);
    expect(opened.bytes).toBe(opened.blob.size);
    expect(opened.bytes).toBeGreaterThan(0);
    expect(opened.name.length).toBeGreaterThan(0);
    expect(opened.name.length).toBeLessThanOrEqual(300);
    expect(source.origin.length).toBeLessThanOrEqual(40);
  });
});

test('of a file only its own name is kept, never a path', async () => {
  const opened = await csvFile.open({ kind: 'file', file: new File(['a'], 'C:\\Users\\ann\\leads.csv') });
  expect(opened.name).toBe('leads.csv');
});

test('a source that a newer version no longer has is not found', () => {
  expect(sourceById('carrier-pigeon')).toBeNull();
});

describe('a new list is named after file and day', () => {
  const now = new Date(2026, 4, 4, 9).getTime();
  const names = [
    ['webinar_attendees-q4 (2).csv', 'Webinar attendees q4, 4 May 2026', 'as a person would write it'],
    ['Leads.CSV', 'Leads, 4 May 2026', 'the ending goes'],
    ['.csv', 'Leads, 4 May 2026', 'a name is always there'],
    ['v1.2 export.csv', 'V1.2 export, 4 May 2026', 'dots inside stay'],
  ] as const;
  test.each(names)('%s: %s (%s)', (file, name) => {
    expect(proposeListName(file, now)).toBe(name);
  });
  test('however long the file’s name, the list’s fits the server', () => {
    expect(proposeListName(`${'x'.repeat(400)}.csv`, now).length).toBeLessThanOrEqual(200);
  });
});
