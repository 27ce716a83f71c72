import type { ComponentChildren } from 'preact';
import { BrandMark } from './icon.tsx';

/** The bar above every screen: the name, what one is working on, and the ways elsewhere. */
export function TopBar({ crumb, children }: { readonly crumb?: string | null; readonly children?: ComponentChildren }) {
  return (
    <header class="bar">
      <span class="brand">
        <BrandMark />
        Leadline
      </span>
      {crumb && (
        <div class="crumb">
          <span class="cut" title={crumb}>
            {crumb}
          </span>
        </div>
      )}
      <div class="row push bar-buttons">{children}</div>
    </header>
  );
}
