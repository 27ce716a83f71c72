import { describe, expect, test } from 'vitest';
import { serverFailure } from '#shared/api/server-failure.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { createLeadPages, PAGE_ROWS } from '../../../../extension/flow/workspace/lead-pages.ts';
import type { LeadPage, LeadPageAt } from '../../../../extension/platform/lead-api.ts';
import { makeLead } from '../../../support/stored-leads.ts';

type Answer = Result<LeadPage, ReturnType<typeof serverFailure>>;

/** Leads `lead 0` to `lead n-1` behind a cursor that is the place of the next one; answers when told to. */
function room(count: number) {
  const asked: string[] = [];
  const waiting: { answer: () => void; signal: AbortSignal }[] = [];
  const state = { count, isDown: false };
  const answerFor = (at: LeadPageAt, limit: number): Answer => {
    if (state.isDown) return fail(serverFailure('unreachable'));
    const start = 'cursor' in at ? Number(at.cursor) : (at.page - 1) * limit;
    const end = Math.min(start + limit, state.count);
    const leads = Array.from({ length: Math.max(0, end - start) }, (_, index) => makeLead(`lead ${start + index}`));
    return ok({ leads, totalCount: state.count, nextCursor: end < state.count ? String(end) : null });
  };
  const pages = createLeadPages((at, limit, signal) => {
    asked.push('cursor' in at ? `after ${at.cursor}` : `page ${at.page}`);
    return new Promise<Answer>((resolve) => waiting.push({ answer: () => resolve(answerFor(at, limit)), signal }));
  });
  return {
    pages,
    asked,
    state,
    aborted: () => waiting.filter(({ signal }) => signal.aborted).length,
    answerAll: async () => {
      while (waiting.length > 0) {
        waiting.shift()?.answer();
        await new Promise((resolve) => setTimeout(resolve, 0));
      }
    },
  };
}

describe('leads are fetched as they come into view', () => {
  test('the first page, then one ahead by the cursor of the first', async () => {
    const { pages, asked, answerAll } = room(1_000);
    pages.show(0, 30);
    expect([pages.total(), pages.at(0)]).toEqual([null, undefined]);
    await answerAll();
    expect(asked).toEqual(['page 1', `after ${PAGE_ROWS}`]);
    expect([pages.total(), pages.at(0)?.id, pages.at(150)?.id]).toEqual([1_000, 'lead 0', 'lead 150']);
  });

  test('scrolled on: always by cursor; what is there is not asked for again', async () => {
    const { pages, asked, answerAll } = room(1_000);
    for (const first of [0, 90, 190, 90, 0]) {
      pages.show(first, first + 30);
      await answerAll();
    }
    expect(asked).toEqual(['page 1', 'after 100', 'after 200', 'after 300']);
  });

  test('after a jump to the middle: by number once, then by cursor again', async () => {
    const { pages, asked, answerAll } = room(100_000);
    pages.show(0, 30);
    await answerAll();
    pages.show(50_010, 50_040);
    await answerAll();
    expect(asked.slice(2)).toEqual(['page 501', 'after 50100']);
    expect(pages.at(50_020)?.id).toBe('lead 50020');
  });

  test('calls for what has scrolled away are ended', async () => {
    const { pages, answerAll, aborted } = room(100_000);
    pages.show(0, 30);
    await answerAll();
    pages.show(20_000, 20_030);
    pages.show(70_000, 70_030);
    expect(aborted()).toBe(1);
    await answerAll();
    expect([pages.at(70_000)?.id, pages.at(20_000)]).toEqual(['lead 70000', undefined]);
  });

  test('scrolled through all 100,000, only a part of them stays in memory', async () => {
    const { pages, answerAll } = room(100_000);
    for (let first = 0; first < 100_000; first += 1_000) {
      pages.show(first, first + 30);
      await answerAll();
    }
    const kept = Array.from({ length: 100_000 }, (_, index) => pages.at(index)).filter((lead) => lead !== undefined);
    expect(kept.length).toBeLessThanOrEqual(50 * PAGE_ROWS);
    expect(pages.at(99_010)?.id).toBe('lead 99010');
  });
});

describe('when something has changed', () => {
  test('a changed lead is shown at once', async () => {
    const { pages, answerAll } = room(10);
    pages.show(0, 9);
    await answerAll();
    pages.put({ ...makeLead('lead 3'), companyName: 'Fernhill' });
    expect(pages.at(3)?.companyName).toBe('Fernhill');
  });

  test('all is asked for again, and what was there stays on the screen meanwhile', async () => {
    const { pages, answerAll, state } = room(250);
    pages.show(0, 30);
    await answerAll();
    state.count = 120;
    pages.reload();
    expect([pages.at(10)?.id, pages.total()]).toEqual(['lead 10', 250]);
    await answerAll();
    expect([pages.total(), pages.at(130)]).toEqual([120, undefined]);
  });

  test('a server that is off is told, and asked again only by a click', async () => {
    const { pages, answerAll, asked, state } = room(10);
    state.isDown = true;
    pages.show(0, 9);
    await answerAll();
    pages.show(0, 9);
    await answerAll();
    expect([pages.failure()?.kind, asked.length]).toEqual(['unreachable', 1]);
    state.isDown = false;
    pages.retry();
    await answerAll();
    expect([pages.failure(), pages.total()]).toEqual([null, 10]);
  });
});

test('a range over rows that were never on the screen is chosen whole', async () => {
  const { pages, answerAll } = room(1_000);
  pages.show(0, 30);
  await answerAll();
  const found = pages.idsBetween(95, 305);
  await answerAll();
  await new Promise((resolve) => setTimeout(resolve, 0));
  await answerAll();
  const ids = await found;
  expect(ids.ok && ids.value).toEqual(Array.from({ length: 211 }, (_, index) => `lead ${95 + index}`));
});

test('nothing is told any more once it is closed', async () => {
  const { pages, answerAll } = room(10);
  let told = 0;
  pages.subscribe(() => told++);
  pages.show(0, 9);
  pages.close();
  await answerAll();
  expect(told).toBe(0);
});
