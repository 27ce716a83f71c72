import { readBucket } from '../../../flow/workspace/imports-place.ts';
import type { PageProps } from '../workspace.ts';
import { ImportPage } from './import-page.tsx';
import { ImportsPage } from './imports-page.tsx';
import { RowsPage } from './rows-page.tsx';

/** Every import, one of them, or the rows of one of its buckets. */
export function ImportsPages({ at, workspace }: PageProps) {
  const [id, part] = at.rest;
  const bucket = readBucket(part);
  if (id === undefined) return <ImportsPage workspace={workspace} />;
  if (bucket !== null) return <RowsPage key={`${id} ${bucket}`} id={id} bucket={bucket} workspace={workspace} />;
  return <ImportPage key={id} id={id} asksToUndo={at.query.get('undo') === '1'} workspace={workspace} />;
}
