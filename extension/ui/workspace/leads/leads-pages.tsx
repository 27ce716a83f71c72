import { readLeadsPlace } from '../../../flow/workspace/leads-place.ts';
import { LeadPage } from '../lead/lead-page.tsx';
import type { PageProps } from '../workspace.ts';
import { LeadsPage } from './leads-page.tsx';
import { useTableMemory } from './table-memory.ts';

/** `#/leads` is the table, `#/leads/<id>` one of them: back from there the table stands where it stood. */
export function LeadsPages({ at, workspace }: PageProps) {
  const memory = useTableMemory(workspace.leads, readLeadsPlace(at.query));
  const [id] = at.rest;
  if (id === undefined) return <LeadsPage memory={memory} workspace={workspace} />;
  return <LeadPage key={id} id={id} memory={memory} workspace={workspace} />;
}
