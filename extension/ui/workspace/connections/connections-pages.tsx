import type { PageProps } from '../workspace.ts';
import { ConnectionPage } from './connection-page.tsx';
import { ConnectionsPage } from './connections-page.tsx';

/** Every connection, or one of them. */
export function ConnectionsPages({ at, workspace }: PageProps) {
  const [id, tab = 'health'] = at.rest;
  if (id === undefined) return <ConnectionsPage workspace={workspace} wanted={at.query.get('connect')} />;
  return <ConnectionPage key={id} id={id} tab={tab} workspace={workspace} />;
}
