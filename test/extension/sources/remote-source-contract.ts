import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Result } from '#shared/result.ts';
import type { OpenedSource } from '../../../extension/sources/source.ts';

/** What every source keeps that fetches something, whatever it fetches. */
export type RemoteSituation = 'fine' | 'too large' | 'not found' | 'refused' | 'never answers';
export type RemoteSource = {
  /** Fetches something in such a situation; `limit` in bytes. */
  fetch(
    situation: RemoteSituation,
    wish: { readonly signal: AbortSignal; readonly limit: number; readonly onProgress: (bytes: number) => void },
  ): Promise<Result<OpenedSource, { readonly kind: string }>>;
  /** The kinds of its own failures. */
  readonly kinds: { readonly [S in Exclude<RemoteSituation, 'fine' | 'never answers'>]: string } & { readonly cancelled: string };
  close(): Promise<void>;
};

export function remoteSourceContract(name: string, open: () => Promise<RemoteSource>): void {
  describe(`the source ${name}, as every one that fetches`, () => {
    let source: RemoteSource;
    beforeAll(async () => {
      source = await open();
    });
    afterAll(() => source.close());
    const LIMIT = 1024 * 1024;
    const wish = (signal = new AbortController().signal) => ({ signal, limit: LIMIT, onProgress: () => {} });

    test('gives bytes, a name, and where they came from', async () => {
      const got = await source.fetch('fine', wish());
      if (!got.ok) throw new Error(got.error.kind);
      expect(got.value.bytes).toBe(got.value.blob.size);
      expect(got.value.name).not.toBe('');
      expect(got.value.from).toMatch(/^https?:/);
    });
    test('tells how far it is', async () => {
      const seen: number[] = [];
      const got = await source.fetch('fine', { ...wish(), onProgress: (bytes) => seen.push(bytes) });
      expect(seen.at(-1)).toBe(got.ok && got.value.bytes);
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
    });
    test.each(['too large', 'not found', 'refused'] as const)('what is %s is said as that', async (situation) => {
      expect(await source.fetch(situation, wish())).toMatchObject({ ok: false, error: { kind: source.kinds[situation] } });
    });
    test('cancelled it stops, however long nobody answers', async () => {
      const stop = new AbortController();
      const got = source.fetch('never answers', wish(stop.signal));
      setTimeout(() => stop.abort(), 20);
      expect(await got).toMatchObject({ ok: false, error: { kind: source.kinds.cancelled } });
    });
    test('cancelled before it began, nothing is given', async () => {
      expect(await source.fetch('fine', wish(AbortSignal.abort()))).toMatchObject({ ok: false, error: { kind: source.kinds.cancelled } });
    });
  });
}
