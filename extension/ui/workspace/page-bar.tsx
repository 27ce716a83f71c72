import type { ComponentChildren } from 'preact';
import { count } from '../numbers.ts';
import { Button, IconButton } from '../parts/button.tsx';
import type { WorkspaceHost } from './workspace-host.ts';

type PageBarProps = {
  /** Words, or a way back. */
  readonly title: ComponentChildren;
  readonly number?: number | null;
  readonly host: WorkspaceHost;
  /** The page has a main button of its own: Import steps back. */
  readonly hasOwn?: boolean;
  /** The page's own buttons, before Import. */
  readonly children?: ComponentChildren;
};

/** The bar above every page: its name and number, its buttons, and Import. */
export function PageBar({ title, number, host, hasOwn, children }: PageBarProps) {
  return (
    <header class="bar">
      <h1 class="cut">
        {title}
        {number != null && <span class="faint num plain"> {count(number)}</span>}
      </h1>
      <div class="row push">
        {children}
        <Button {...(hasOwn ? {} : { look: 'primary' })} icon="import" onClick={host.openImporter}>
          Import
        </Button>
        <IconButton name="Light or dark" icon="theme" onClick={host.switchTheme} />
      </div>
    </header>
  );
}
