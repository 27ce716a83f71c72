import { describe, expect, test } from 'vitest';
import type { GridRow, RowPage } from '../../../../extension/flow/view.ts';
import { createRowPages, PAGE_ROWS } from '../../../../extension/ui/grid/row-pages.ts';

const row = (line: number, mark = ''): GridRow => ({ line, decision: 'create', cells: [`${line}${mark}`] });

/** A worker with `total` rows that answers when told to. */
function slowRows(total: number) {
  const asked: number[] = [];
  const waiting: (() => void)[] = [];
  const state = { total, mark: '', broken: false };
  const find = (offset: number, limit: number) =>
    new Promise<RowPage>((resolve, reject) => {
      asked.push(offset);
      waiting.push(() => {
        if (state.broken) return reject(new Error('the worker died'));
        const many = Math.max(0, Math.min(limit, state.total - offset));
        resolve({ rows: Array.from({ length: many }, (_, index) => row(offset + index, state.mark)), total: state.total });
      });
    });
  const answer = async () => {
    waiting.shift()?.();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { pages: createRowPages(find), asked, answer, state };
}

describe('rows as they come into view', () => {
  test('only pages in view are fetched, and each once', async () => {
    const { pages, asked, answer } = slowRows(70_000);
    pages.show(0, 30);
    await answer();
    pages.show(0, 30);
    pages.show(60_010, 60_040);
    await answer();
    pages.show(60_010, 60_040);
    expect(asked).toEqual([0, 60_000]);
    expect([pages.total(), pages.at(60_020)?.line, pages.at(500)]).toEqual([70_000, 60_020, undefined]);
  });

  test('one page at a time: what was scrolled past meanwhile is never asked for', async () => {
    const { pages, asked, answer } = slowRows(70_000);
    pages.show(0, 30);
    await answer();
    for (const first of [5_000, 20_000, 40_000, 69_000]) pages.show(first, first + 30);
    await answer();
    await answer();
    expect(asked).toEqual([0, 5_000, 69_000]);
  });

  test('after a change the old rows stay in view until the new ones are there', async () => {
    const { pages, answer, state } = slowRows(300);
    pages.show(0, 30);
    await answer();
    state.mark = ' mended';
    pages.reload();
    expect(pages.at(3)?.cells).toEqual(['3']);
    await answer();
    expect(pages.at(3)?.cells).toEqual(['3 mended']);
  });

  test('rows asked for before a change are not shown after it', async () => {
    const { pages, answer, state } = slowRows(300);
    pages.show(0, 30);
    pages.reload();
    state.mark = ' late';
    await answer();
    expect(pages.at(3)).toBeUndefined();
    state.mark = '';
    await answer();
    expect(pages.at(3)?.cells).toEqual(['3']);
  });

  test('what was typed is seen at once', async () => {
    const { pages, answer } = slowRows(300);
    pages.show(0, 30);
    await answer();
    let told = 0;
    pages.subscribe(() => told++);
    pages.patch(3, row(3, ' typed'));
    expect([pages.at(3)?.cells, told]).toEqual([['3 typed'], 1]);
  });

  test('while a cell is changed no row takes the place of another', async () => {
    const { pages, asked, answer, state } = slowRows(300);
    pages.show(0, 30);
    await answer();
    pages.hold(true);
    state.mark = ' new';
    pages.reload();
    expect(asked).toEqual([0]);
    pages.hold(false);
    await answer();
    expect(pages.at(3)?.cells).toEqual(['3 new']);
  });

  test('rows that are gone are gone from the table, too', async () => {
    const { pages, answer, state } = slowRows(300);
    pages.show(200, 230);
    await answer();
    await answer();
    expect(pages.at(210)?.line).toBe(210);
    state.total = 20;
    pages.reload();
    await answer();
    await answer();
    expect([pages.total(), pages.at(210)]).toEqual([20, undefined]);
  });

  test('when rows cannot be had nothing is asked again before somebody says so', async () => {
    const { pages, asked, answer, state } = slowRows(300);
    state.broken = true;
    pages.show(0, 30);
    await answer();
    pages.show(0, 31);
    expect([pages.failed(), asked.length]).toEqual([true, 1]);
    state.broken = false;
    pages.retry();
    await answer();
    expect([pages.failed(), pages.at(0)?.line]).toEqual([false, 0]);
  });

  test('the memory stays small however far one scrolls', async () => {
    const { pages, answer } = slowRows(70_000);
    for (let page = 0; page < 60; page++) {
      pages.show(page * PAGE_ROWS, page * PAGE_ROWS + 30);
      await answer();
    }
    const kept = Array.from({ length: 60 }, (_, page) => pages.at(page * PAGE_ROWS)).filter(Boolean);
    expect(kept.length).toBe(40);
  });
});
