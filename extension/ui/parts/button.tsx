import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Icon, type IconName } from './icon.tsx';

type ButtonProps = {
  readonly children: ComponentChildren;
  readonly onClick: () => void;
  readonly look?: 'primary' | 'tonal' | 'quiet' | 'danger' | 'danger primary';
  readonly small?: boolean;
  readonly icon?: IconName;
  /** An icon behind the words: the arrow to the next step. */
  readonly after?: IconName;
  /** Keeps its words and width, and takes no second click. */
  readonly busy?: boolean;
  /** Off, and why: the reason is read out with the button. */
  readonly off?: string | null;
  /** Also show the reason beside the button. */
  readonly sayWhy?: boolean;
};

/** A button. When it is off it stays reachable by keyboard, so that its reason can be heard. */
export function Button({ children, onClick, look, small, icon, after, busy, off, sayWhy }: ButtonProps) {
  const whyId = useId();
  const isOff = off != null;
  return (
    <>
      {isOff && (
        <span id={whyId} class={sayWhy ? 'small faint why-off' : 'sr'}>
          {off}
        </span>
      )}
      <button
        type="button"
        class={['btn', look, small && 'small'].filter(Boolean).join(' ')}
        aria-busy={busy ? 'true' : undefined}
        aria-disabled={isOff || busy ? 'true' : undefined}
        aria-describedby={isOff ? whyId : undefined}
        onClick={() => {
          if (!busy && !isOff) onClick();
        }}
      >
        {icon && !busy && <Icon name={icon} />}
        {children}
        {after && !busy && <Icon name={after} />}
      </button>
    </>
  );
}

/** A button that is only an icon; its name is read out and shown on hover. */
export function IconButton({ name, icon, onClick }: { readonly name: string; readonly icon: IconName; readonly onClick: () => void }) {
  return (
    <button class="icon-btn" type="button" aria-label={name} title={name} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}

type LinkButtonProps = {
  readonly children: ComponentChildren;
  readonly onClick: () => void;
  /** What is read out where the words alone do not say what it is about; it begins with them. */
  readonly label?: string;
};

/** A button that reads as a link inside a sentence or a row. */
export function LinkButton({ children, onClick, label }: LinkButtonProps) {
  return (
    <button class="link" type="button" aria-label={label} onClick={onClick}>
      {children}
    </button>
  );
}
