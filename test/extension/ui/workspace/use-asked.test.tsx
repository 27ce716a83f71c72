import { act, cleanup, render, screen } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import { type ServerFailure, serverFailure } from '#shared/api/server-failure.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { useAsked } from '../../../../extension/ui/workspace/use-asked.ts';

afterEach(cleanup);

type Answer = Result<string, ServerFailure>;
const GONE = fail(serverFailure('notFound'));
let answer: (given: Answer) => Promise<void>;

/** A page that asks about a list, whose answers come when the test gives them. */
function Page({ list }: { readonly list: string }) {
  const ask = () =>
    new Promise<Answer>((resolve) => {
      answer = (given) => act(async () => resolve(given));
    });
  const { value, failure, again } = useAsked(ask, [list]);
  return (
    <>
      <p role="status">{`${value ?? 'nothing'}, ${failure?.kind ?? 'no failure'}`}</p>
      <button type="button" onClick={again}>
        Try again
      </button>
    </>
  );
}
const shown = () => screen.getByRole('status').textContent;

test('why one thing could not be told is not said of the next one', async () => {
  const page = render(<Page list="Spring" />);
  await answer(GONE);
  expect(shown()).toBe('nothing, notFound');
  page.rerender(<Page list="Summer" />);
  expect(shown()).toBe('nothing, no failure');
  await answer(ok('12 people'));
  expect(shown()).toBe('12 people, no failure');
});

test('what was told stays beside why it could not be told anew, until there is an answer', async () => {
  render(<Page list="Spring" />);
  await answer(ok('12 people'));
  for (const given of [GONE, ok('13 people')]) {
    await act(async () => screen.getByRole('button', { name: 'Try again' }).click());
    await answer(given);
    expect(shown()).toBe(given.ok ? '13 people, no failure' : '12 people, notFound');
  }
});
