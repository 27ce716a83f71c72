import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

export type Tone = 'ok' | 'warn' | 'bad' | 'ask' | 'accent';

type NoteProps = {
  readonly tone?: Tone;
  readonly icon: IconName;
  /** The fact, in bold. */
  readonly fact: string;
  /** What is safe and what to do. */
  readonly children?: ComponentChildren;
  readonly buttons?: ComponentChildren;
  /** Read out at once: something failed. */
  readonly alert?: boolean;
};

/** A message: an icon, a bold fact, a sentence, the buttons that mend it. */
export function Note({ tone, icon, fact, children, buttons, alert }: NoteProps) {
  return (
    <div class="note" data-tone={tone} role={alert ? 'alert' : undefined}>
      <Icon name={icon} />
      <div class="body">
        <p class="say">
          <strong>{fact}</strong> {children}
        </p>
        {buttons && <div class="row wrap">{buttons}</div>}
      </div>
    </div>
  );
}
