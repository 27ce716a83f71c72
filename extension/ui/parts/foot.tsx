import type { ComponentChildren } from 'preact';

/** The foot that stays in view: what it adds up to at the left, the way on at the right. */
export function Foot({ tally, children }: { readonly tally: ComponentChildren; readonly children: ComponentChildren }) {
  return (
    <footer class="foot">
      <p class="tally">{tally}</p>
      <span class="push" />
      {children}
    </footer>
  );
}
