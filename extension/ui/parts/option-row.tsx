import type { ComponentChildren } from 'preact';

/** One setting: what it is at the left, the control and one sentence at the right. */
export function OptionRow({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <section class="opt">
      <h2>{title}</h2>
      <div>{children}</div>
    </section>
  );
}
