import type { Receipt } from '#shared/api/imports.ts';
import type { Bucket } from '#shared/plan/plan.ts';
import { ok } from '#shared/result.ts';
import { closingOf, type ImportRow, importHref } from '../../../flow/workspace/imports-place.ts';
import { count } from '../../numbers.ts';
import { Icon } from '../../parts/icon.tsx';
import { BUCKET_MARKS } from '../../parts/leadline.tsx';
import { Empty } from '../empty.tsx';
import { importName } from '../import-name.ts';
import { Loading, More } from '../loading.tsx';
import { PageBar } from '../page-bar.tsx';
import { useAsked } from '../use-asked.ts';
import { usePages } from '../use-pages.ts';
import type { Workspace } from '../workspace.ts';
import { ImportRows } from './import-rows.tsx';
import { ReviewRows } from './review-rows.tsx';

const PAGE = 50;

type RowsPageProps = { readonly id: string; readonly bucket: Bucket; readonly workspace: Workspace };

/** The rows of one bucket of an import; those in review can be decided here. */
export function RowsPage({ id, bucket, workspace }: RowsPageProps) {
  const { server, host } = workspace;
  const asked = useAsked(() => server.ask('readImport', { params: { importId: id } }), [server, id]);
  const pages = usePages<ImportRow>(
    async (cursor) => {
      const query = { bucket, limit: PAGE, ...(cursor === null ? {} : { cursor }) };
      const page = await server.ask('importRows', { params: { importId: id }, query });
      return page.ok ? ok({ items: page.value.rows, nextCursor: page.value.nextCursor }) : page;
    },
    [server, id, bucket],
  );
  const found = asked.value;
  const label = BUCKET_MARKS.find(([known]) => known === bucket)?.[1] ?? '';
  const decided = (receipt: Receipt) => {
    if (found) asked.put({ ...found, counters: receipt });
    pages.again();
    workspace.refresh();
  };
  const canDecide = found !== null && bucket === 'review' && closingOf(found, workspace.facts, workspace.canEdit, host.now()).canDecide;
  return (
    <>
      <PageBar
        title={
          <a class="back" href={importHref(id)}>
            <Icon name="back" />
            <span class="cut">{found ? importName(found, host.now()) : 'The import'}</span>
          </a>
        }
        host={host}
      />
      <main class="work">
        <h2 class="headline">
          {label} {found && <span class="faint num plain">{count(found.counters[bucket])}</span>}
        </h2>
        {(pages.items === null || found === null) && (
          <Loading
            failure={pages.failure ?? asked.failure}
            host={host}
            onRetry={() => {
              asked.again();
              pages.again();
            }}
          />
        )}
        {pages.items?.length === 0 && (
          <Empty
            icon="list"
            title={bucket === 'review' ? 'Nothing is left to decide' : 'No row is here'}
            actions={<a href={importHref(id)}>Back to the receipt</a>}
          />
        )}
        {found && pages.items !== null && pages.items.length > 0 && (
          <>
            {canDecide ? (
              <ReviewRows found={found} rows={pages.items} workspace={workspace} onDecided={decided} />
            ) : (
              <ImportRows rows={pages.items} found={found} label={label} />
            )}
            <More pages={pages} what="rows" host={host} />
          </>
        )}
      </main>
    </>
  );
}
