import { describe, expect, test } from 'vitest';
import { MAX_SUPPRESSIONS_PER_CALL } from '#shared/limits.ts';
import { inCalls, readEntriesFile } from '../../../../extension/flow/workspace/read-suppressions.ts';

async function read(text: string) {
  const columns = await readEntriesFile(new TextEncoder().encode(text), 'US');
  if (!columns.ok) throw new Error(columns.error.code);
  return columns.value.map(({ label, entries, skipped }) => [label, entries.map(({ kind, value }) => `${kind} ${value}`), skipped]);
}

describe('a file of opt-outs', () => {
  test('one value a line, without a header, loses none', async () => {
    expect(await read('a@example.com\nb@example.com\n+12025550123\nexample.org\n')).toEqual([
      ['Column 1', ['email a@example.com', 'email b@example.com', 'phone +12025550123', 'domain example.org'], []],
    ]);
  });

  test('a single value is enough', async () => {
    expect(await read('a@example.com')).toEqual([[expect.any(String), ['email a@example.com'], []]]);
  });

  test('of a table the column of addresses is offered first, company domains only if one chooses them', async () => {
    const text = 'Name,Site,Email\nAnn,acme.example,ann@example.com\nBo,fern.example,bo@example.com\nCy,oak.example,no address\n';
    const [first, second] = await read(text);
    expect(first).toEqual(['Email', ['email ann@example.com', 'email bo@example.com'], ['no address']]);
    expect(second?.[0]).toBe('Site');
  });

  test('the same value in other letters counts once', async () => {
    expect(await read('Email\nAnn@Example.com\nann@example.com\n')).toEqual([['Email', ['email ann@example.com'], []]]);
  });

  test('what is no text is refused', async () => {
    const png = await readEntriesFile(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), 'US');
    expect(png).toMatchObject({ ok: false, error: { code: 'file_wrong_type' } });
  });
});

test('more than one call takes go in several, none twice', () => {
  const entries = Array.from({ length: 2 * MAX_SUPPRESSIONS_PER_CALL + 1 }, (_, index) => ({
    kind: 'email' as const,
    value: `p${index}@example.com`,
  }));
  const calls = inCalls(entries);
  expect(calls.map(({ length }) => length)).toEqual([MAX_SUPPRESSIONS_PER_CALL, MAX_SUPPRESSIONS_PER_CALL, 1]);
  expect(calls.flat()).toEqual(entries);
});
