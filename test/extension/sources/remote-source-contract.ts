import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Result } from '#shared/result.ts';
import type { OpenedSource } from '../../../extension/sources/source.ts';

/** What every source keeps that fetches something, whatever it fetches. */
export type RemoteSituation = 'fine' | 'too large' | 'not found' | 'refused' | 'never answers' | 'changes meanwhile';
export type RemoteSource = {
  /** Fetches something in such a situation; `limit` in bytes. */
  fetch(
    situation: RemoteSituation,
    wish: { readonly signal: AbortSignal; readonly limit: number; readonly onProgress: (done: number) => void },
  ): Promise<Result<OpenedSource, { readonly kind: string }>>;
  /** The kinds of its own failures. */
  readonly kinds: { readonly [S in 'too large' | 'not found' | 'refused']: string } & { readonly cancelled: string };
  /** What the last progress is about something that came whole: bytes, or rows. */
  readonly sizeOf: (got: OpenedSource) => number;
  /** What is given is one moment's: nothing of before and after is mixed. Null where it comes in one answer. */
  readonly isOneMoment: ((got: OpenedSource) => Promise<boolean>) | null;
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
      expect(got.value.bytes).toBeGreaterThan(0);
      expect(got.value.blob.size).toBeGreaterThanOrEqual(got.value.bytes);
      expect(got.value.name).not.toBe('');
      expect(got.value.from ?? got.value.sheet?.spreadsheetId).toBeTruthy();
    });
    test('tells how far it is', async () => {
      const seen: number[] = [];
      const got = await source.fetch('fine', { ...wish(), onProgress: (done) => seen.push(done) });
      expect(seen.at(-1)).toBe(got.ok && source.sizeOf(got.value));
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
    });
    test.each(['too large', 'not found', 'refused'] as const)('what is %s is said as that', async (situation) => {
      expect(await source.fetch(situation, wish())).toMatchObject({ ok: false, error: { kind: source.kinds[situation] } });
    });
    test('what changes while it is read is given as it was at one moment', async (t) => {
      if (!source.isOneMoment) return t.skip('it comes in one answer');
      const got = await source.fetch('changes meanwhile', wish());
      if (!got.ok) throw new Error(got.error.kind);
      expect(await source.isOneMoment(got.value)).toBe(true);
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
