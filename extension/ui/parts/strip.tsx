import { share } from '../numbers.ts';

/** How well a column is filled, as shares of 0 to 1; what is left over is blank. */
export type Quality = { readonly good: number; readonly doubtful: number; readonly invalid: number };

/** The thin strip under a column's name. */
export function Strip({ quality }: { readonly quality: Quality }) {
  const blank = Math.max(0, 1 - quality.good - quality.doubtful - quality.invalid);
  const parts = [
    ['good', quality.good, undefined],
    ['with warnings', quality.doubtful, 's-warn'],
    ['invalid', quality.invalid, 's-bad'],
    ['blank', blank, 's-blank'],
  ] as const;
  const shown = parts.filter(([, part]) => part > 0);
  return (
    <span class="strip" role="img" aria-label={shown.map(([word, part]) => `${share(part)} ${word}`).join(', ')}>
      {shown.map(([word, part, mark]) => (
        <i key={word} class={mark} style={{ flexGrow: String(part * 100) }} />
      ))}
    </span>
  );
}
