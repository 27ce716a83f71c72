import type { ImportState } from '#shared/api/imports.ts';
import { ok } from '#shared/result.ts';
import { importHref } from '../../../flow/workspace/imports-place.ts';
import { moment } from '../../numbers.ts';
import { Button } from '../../parts/button.tsx';
import { BUCKET_MARKS, Leadline, soundingsOf } from '../../parts/leadline.tsx';
import { Empty } from '../empty.tsx';
import { sourceName } from '../import-name.ts';
import { Loading, More } from '../loading.tsx';
import { PageBar } from '../page-bar.tsx';
import { usePages } from '../use-pages.ts';
import type { Workspace } from '../workspace.ts';
import { makerOf, resultWords, rowsHere, stateWords } from './import-words.ts';

const PAGE = 50;

/** Every import, the newest first: who, when, from where, into which list, and what came of it. */
export function ImportsPage({ workspace }: { readonly workspace: Workspace }) {
  const { server, host } = workspace;
  const pages = usePages<ImportState>(
    async (cursor) => {
      const page = await server.ask('listImports', { query: { limit: PAGE, ...(cursor === null ? {} : { cursor }) } });
      return page.ok ? ok({ items: page.value.imports, nextCursor: page.value.nextCursor }) : page;
    },
    [server],
  );
  const { items } = pages;
  return (
    <>
      <PageBar title="Imports" host={host} />
      <main class="work">
        {items === null && <Loading failure={pages.failure} host={host} onRetry={pages.again} />}
        {items?.length === 0 && (
          <Empty
            icon="import"
            title="Nothing was imported yet"
            actions={
              workspace.canEdit && (
                <Button look="primary" icon="import" onClick={host.openImporter}>
                  Import leads
                </Button>
              )
            }
          >
            Every import stands here with its receipt, also those that come in by the API.
          </Empty>
        )}
        {items !== null && items.length > 0 && (
          <ul class="history" aria-label="Imports, newest first">
            {items.map((found) => (
              <li key={found.importId}>
                <ImportLine found={found} now={host.now()} />
              </li>
            ))}
          </ul>
        )}
        <More pages={pages} what="imports" host={host} />
      </main>
    </>
  );
}

function ImportLine({ found, now }: { readonly found: ImportState; readonly now: number }) {
  const state = stateWords(found, now);
  const { fileName, source, list, createdAt, total, retryOf, retriedBy = [] } = found;
  const soundings = soundingsOf(BUCKET_MARKS.map(([bucket]) => [bucket, found.counters[bucket]] as const));
  return (
    <>
      <div class="what">
        <p class="row wrap">
          <a class="strong cut" href={importHref(found.importId)} title={fileName ?? undefined}>
            {fileName ?? sourceName(source)}
          </a>
          {state && (
            <span class="badge" data-tone={state.tone}>
              {state.words}
            </span>
          )}
        </p>
        <p class="small faint">
          {[moment(Date.parse(createdAt), now), makerOf(found), ...(fileName === null ? [] : [sourceName(source)])].join(' · ')} · to{' '}
          <span class="list-name">{list.name}</span>
        </p>
        {(retryOf !== undefined || retriedBy.length > 0) && (
          <p class="small faint row wrap">
            {retryOf !== undefined && <a href={importHref(retryOf)}>Rejected rows of an earlier import</a>}
            {retriedBy.map((id) => (
              <a key={id} href={importHref(id)}>
                Its rejected rows came again
              </a>
            ))}
          </p>
        )}
      </div>
      <div class="came">
        <Leadline small soundings={soundings} rest={Math.max(0, total - rowsHere(found))} />
        <p class="small num dim">{resultWords(found)}</p>
      </div>
    </>
  );
}
