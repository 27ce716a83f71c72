import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from '../parts/icon.tsx';

type EmptyProps = {
  readonly icon: IconName;
  readonly title: string;
  /** Why it is empty. */
  readonly children?: ComponentChildren;
  /** What fills it. */
  readonly actions?: ComponentChildren;
};

/** Where there is nothing: what goes here, why it is empty, the button that fills it. */
export function Empty({ icon, title, children, actions }: EmptyProps) {
  return (
    <div class="empty">
      <Icon name={icon} />
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {actions && <div class="row wrap">{actions}</div>}
    </div>
  );
}
