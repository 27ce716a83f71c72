import { render, screen } from '@testing-library/preact';
import type { WorkspaceHost } from '../../extension/ui/workspace/workspace-host.ts';
import { WorkspaceScreen } from '../../extension/ui/workspace/workspace-screen.tsx';
import type { FakeWorkspace } from './fake-workspace.ts';

/** Opens the workspace at a place, as its address has it after the hash. */
export function showWorkspace(host: WorkspaceHost, hash = ''): void {
  history.replaceState(null, '', `${location.pathname}${hash}`);
  render(<WorkspaceScreen host={host} />);
}

/** The same with an invented server behind it; gives that server. */
export function show(fake: FakeWorkspace, hash = ''): FakeWorkspace {
  showWorkspace(fake.host, hash);
  return fake;
}

/** The row of a person, once it is there. */
export const rowOf = async (name: string) => (await screen.findByRole('link', { name })).closest('[role=row]') as HTMLElement; // as: names stand in rows
export const cell = (row: HTMLElement, column: number) => row.querySelector<HTMLElement>(`[data-column="${column}"]`) as HTMLElement; // as: every row has all columns
/** The requests of a path that were made so far. */
export const asked = (fake: FakeWorkspace, path: string) => fake.requests.filter((request) => request.includes(path));
/** The column of addresses. */
export const EMAIL = 4;
