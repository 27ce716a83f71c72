import type { LinkedSheets, SheetLink } from '../../extension/flow/linked-sheets.ts';
import { NOW, POLICY } from './ui-states.ts';

/** Linked sheets of a page in a test; `did` = what a screen asked for. */
export function fakeLinked(links: readonly SheetLink[] = []): LinkedSheets & { readonly did: string[] } {
  const did: string[] = [];
  return {
    did,
    view: () => links,
    subscribe: () => () => {},
    schedule: async (id, schedule) => void did.push(`schedule ${id} ${schedule}`),
    forget: async (id) => void did.push(`forget ${id}`),
    close: () => {},
  };
}

/** A sheet that was imported a fortnight before `NOW`. */
export function linkedSheet(rest: Partial<SheetLink> = {}): SheetLink {
  const at = NOW - 14 * 24 * 60 * 60 * 1_000;
  return {
    id: 'sheet-1/7/',
    origin: { spreadsheetId: 'sheet-1', gid: 7, title: 'Spring roadshow 2026', tab: 'Attendees' },
    account: 'ana@example.com',
    workspace: 'w1',
    headers: ['First name'],
    mapping: [{ column: 0, field: 'firstName' }],
    list: { kind: 'existing', id: 'l1', name: 'Spring roadshow' },
    policy: POLICY,
    read: {},
    changedRule: 'overwrite',
    last: { importId: 'i1', at },
    schedule: 'off',
    nextAt: 0,
    history: [{ at, by: 'person', outcome: 'imported', importId: 'i1', wrote: { saved: 1_191, updated: 0, rejected: 15 } }],
    ...rest,
  };
}
