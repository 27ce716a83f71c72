import type { ComponentType } from 'preact';
import type { IconName } from '../parts/icon.tsx';
import { AuditPage } from './audit/audit-page.tsx';
import { ConnectionsPages } from './connections/connections-pages.tsx';
import { ImportsPages } from './imports/imports-pages.tsx';
import { LeadsPages } from './leads/leads-pages.tsx';
import { ListsPage } from './lists/lists-page.tsx';
import { PeoplePage } from './people/people-page.tsx';
import { SettingsPage } from './settings/settings-page.tsx';
import { SuppressionsPage } from './suppressions/suppressions-page.tsx';
import { TemplatesPage } from './templates/templates-page.tsx';
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
export const PAGES: readonly WorkspacePage[] = [
  { id: 'leads', label: 'Leads', icon: 'people', Page: LeadsPages },
  { id: 'lists', label: 'Lists', icon: 'list', Page: ListsPage },
  { id: 'imports', label: 'Imports', icon: 'import', Page: ImportsPages },
  { id: 'suppressions', label: 'Opt-outs', icon: 'shield', Page: SuppressionsPage },
  { id: 'connections', label: 'Connections', icon: 'plug', Page: ConnectionsPages },
  { id: 'templates', label: 'Templates', icon: 'file', Page: TemplatesPage },
  { id: 'people', label: 'Members', icon: 'member', Page: PeoplePage },
  { id: 'audit', label: 'Audit', icon: 'clock', adminOnly: true, Page: AuditPage },
  { id: 'settings', label: 'Settings', icon: 'options', adminOnly: true, Page: SettingsPage },
];
