import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Page } from 'playwright-core';
import type { ShownReceipt } from '../e2e/drive-import.ts';

/** What was seen in a step: a receipt's buckets with their sum, or what the screen said. */
export type Seen = { readonly receipt?: Pick<ShownReceipt, 'rows' | 'total'>; readonly said?: string };
/** One step as it went. `picture`: the name of a file beside the page; `trouble`: why it did not work. */
export type Step = {
  readonly part: string;
  readonly title: string;
  readonly seconds: number;
  readonly seen: Seen;
  readonly picture: string | null;
  readonly trouble: string | null;
};
/** `page` is what the picture shows, unless the step ended at another one and says which. */
export type TakeStep = (title: string, page: Page, act: () => Promise<(Seen & { readonly shownOn?: Page }) | undefined>) => Promise<void>;

/** Thrown after a step that failed: what follows in its part builds on it. */
export class StepFailed extends Error {}

/** Runs and times steps one after another, each with a picture of its end in `folder`. */
export function makeRecorder(folder: string, say: (line: string) => void) {
  const steps: Step[] = [];
  const takerOf =
    (part: string): TakeStep =>
    async (title, page, act) => {
      const startMs = performance.now();
      const { shownOn, seen, trouble } = await act().then(
        ({ shownOn = page, ...seen } = {}) => ({ shownOn, seen, trouble: null }),
        (error: unknown) => ({ shownOn: page, seen: {}, trouble: wordsOf(error) }),
      );
      const seconds = (performance.now() - startMs) / 1_000;
      const name = `step-${String(steps.length + 1).padStart(2, '0')}.png`;
      const picture = await shownOn.screenshot({ path: join(folder, name) }).then(
        () => name,
        () => null, // the page is gone: the step has said so
      );
      steps.push({ part, title, seconds, seen, picture, trouble });
      say(`${trouble === null ? 'ok    ' : 'FAILED'} ${seconds.toFixed(1).padStart(5)} s  ${part}: ${title}`);
      if (trouble !== null) throw new StepFailed(trouble);
    };
  return {
    steps: steps as readonly Step[],
    /** Runs a part; a step that fails ends it, the other parts go on. What fails outside of a step counts as one. */
    part: async (name: string, walk: (take: TakeStep) => Promise<void>): Promise<void> => {
      try {
        await walk(takerOf(name));
      } catch (error) {
        if (error instanceof StepFailed) return;
        const trouble = wordsOf(error);
        steps.push({ part: name, title: 'Between two steps', seconds: 0, seen: {}, picture: null, trouble });
        say(`FAILED ${name}: ${trouble}`);
      }
    },
  };
}

function wordsOf(error: unknown): string {
  return stripVTControlCharacters(error instanceof Error ? error.message : String(error));
}

/** A step whose outcome is not as it must be. */
export function must(isSo: boolean, otherwise: string): void {
  if (!isSo) throw new Error(otherwise);
}
