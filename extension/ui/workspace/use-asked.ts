import { useCallback, useEffect, useState } from 'preact/hooks';
import type { ServerFailure } from '#shared/api/server-failure.ts';
import type { Result } from '#shared/result.ts';

/** An answer of the server: null while it is on its way. After a failure, or `again`, the last one to this question stays. */
export type Asked<T> = {
  readonly value: T | null;
  /** Why this question was not answered. */
  readonly failure: ServerFailure | null;
  readonly again: () => void;
  /** A newer answer that came by another way. */
  readonly put: (value: T) => void;
};

/** Asks once for what `of` names, and anew when it changes; an answer to an earlier question is dropped. */
export function useAsked<T>(ask: () => Promise<Result<T, ServerFailure>>, of: readonly unknown[]): Asked<T> {
  const [answer, setAnswer] = useState<{ readonly of: readonly unknown[]; readonly value: T } | null>(null);
  const [failed, setFailed] = useState<{ readonly of: readonly unknown[]; readonly failure: ServerFailure } | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    void ask().then((result) => {
      if (!isCurrent) return;
      setFailed(result.ok ? null : { of, failure: result.error });
      if (result.ok) setAnswer({ of, value: result.value });
    });
    return () => {
      isCurrent = false;
    };
    // `ask` is made anew per rendering; what it asks for is named by `of`.
  }, [...of, attempt]);
  const isOfThis = (given: { readonly of: readonly unknown[] }) => given.of.every((part, index) => part === of[index]);
  const again = useCallback(() => setAttempt((number) => number + 1), []);
  return {
    value: answer && isOfThis(answer) ? answer.value : null,
    failure: failed && isOfThis(failed) ? failed.failure : null,
    again,
    put: (value) => setAnswer({ of, value }),
  };
}
