import type { ComponentType } from 'preact';
import type { IconName } from '../parts/icon.tsx';
import { LeadsPages } from './leads/leads-pages.tsx';
import type { PageProps } from './workspace.ts';

export type WorkspacePage = {
  /** The first part of its address: `#/leads`. */
  readonly id: string;
  /** In the menu; null for a page one only comes to from others. */
  readonly label: string;
  readonly icon: IconName;
  /** Only for admins: others do not see it. */
  readonly adminOnly?: true;
  readonly Page: ComponentType<PageProps>;
};

/** The pages of the workspace in the order of the menu: one page = one file + one line. */
export const PAGES: readonly WorkspacePage[] = [{ id: 'leads', label: 'Leads', icon: 'people', Page: LeadsPages }];
