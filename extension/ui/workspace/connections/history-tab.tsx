import type { RunAnswer } from '#shared/api/connection-work.ts';
import { importHref } from '../../../flow/workspace/imports-place.ts';
import { count, countOf, moment, span } from '../../numbers.ts';
import { Empty } from '../empty.tsx';
import { Loading, More } from '../loading.tsx';
import { usePages } from '../use-pages.ts';
import type { ConnectionTabProps } from './connection-tab.ts';
import { PROVIDER_WORDS } from './connection-words.ts';
import { runFailureWords } from './run-words.ts';

const TRIGGERS = {
  schedule: 'By schedule',
  by_hand: 'By hand',
  import: 'Import',
  dry_run: 'Dry run',
  local_edit: 'After an edit',
} as const satisfies Record<RunAnswer['trigger'], string>;
const OUTCOMES = {
  running: ['accent', 'Running'],
  done: ['ok', 'Done'],
  partly: ['warn', 'Partly'],
  stopped: ['warn', 'Stopped'],
  failed: ['bad', 'Failed'],
} as const satisfies Record<RunAnswer['outcome'], readonly [string, string]>;

/** Every run: when, why, what it did on either side, and what it cost. */
export function HistoryTab({ connection, workspace }: ConnectionTabProps) {
  const { server, host } = workspace;
  const pages = usePages(
    async (cursor) => {
      const query = { limit: 50, ...(cursor === null ? {} : { cursor }) };
      const page = await server.ask('connectionRuns', { params: { id: connection.id }, query });
      return page.ok ? { ok: true, value: { items: page.value.runs, nextCursor: page.value.nextCursor } } : page;
    },
    [server, connection.id],
  );
  const { items } = pages;
  if (items === null) return <Loading failure={pages.failure} host={host} onRetry={pages.again} />;
  if (items.length === 0)
    return (
      <Empty icon="clock" title="No runs yet">
        Each run is kept with what it did on both sides.
      </Empty>
    );
  return (
    <>
      <ul class="lines" aria-label="Runs">
        {items.map((run) => (
          <li key={run.id}>
            <RunLine run={run} crm={PROVIDER_WORDS[connection.provider]} now={host.now()} />
          </li>
        ))}
      </ul>
      <More pages={pages} what="runs" host={host} />
    </>
  );
}

function RunLine({ run, crm, now }: { readonly run: RunAnswer; readonly crm: string; readonly now: number }) {
  const { counts, startedAt, endedAt, importId, failure } = run;
  const [tone, words] = OUTCOMES[run.outcome];
  const took = endedAt === null ? [] : [span((Date.parse(endedAt) - Date.parse(startedAt)) / 1_000)];
  const isTrial = run.trigger === 'dry_run';
  const parts = [
    ...(run.trigger === 'import' ? [`${countOf(counts.pulled, 'record')} read`] : []),
    ...told(counts.createdHere, 'new here'),
    ...told(counts.updatedHere, 'changed here'),
    ...told(counts.removedHere, 'removed here'),
    ...told(counts.createdThere, `new in ${crm}`),
    ...told(counts.updatedThere, `changed in ${crm}`),
    ...told(counts.archivedThere, `put in the bin of ${crm}`),
    ...(counts.optOutsThere > 0 ? [`${countOf(counts.optOutsThere, 'opt-out')} written to ${crm}`] : []),
    ...told(counts.gone, `gone in ${crm}`),
    ...(counts.conflicts > 0 ? [countOf(counts.conflicts, 'conflict')] : []),
    ...(counts.errors > 0 ? [countOf(counts.errors, 'error')] : []),
    ...told(counts.sideItems, 'on timelines'),
  ];
  return (
    <>
      <div class="what">
        <p class="row wrap">
          <span class="strong">{moment(Date.parse(startedAt), now)}</span>
          <span class="dim">{TRIGGERS[run.trigger]}</span>
          <span class="badge" data-tone={tone}>
            {words}
          </span>
          {importId !== null && (
            <a class="go-link" href={importHref(importId)}>
              Receipt
            </a>
          )}
        </p>
        <p class="small faint">
          {isTrial && 'Would have been: '}
          {[
            ...(parts.length > 0
              ? parts
              : [`${countOf(counts.pulled, 'record')} read${run.trigger === 'import' ? '' : ', nothing to change'}`]),
            ...(run.calls > 0 ? [countOf(run.calls, 'call')] : []),
            ...took,
          ].join(' · ')}
        </p>
        {failure && <p class="small warn">{runFailureWords(failure, crm)}</p>}
      </div>
      <span class="push" />
    </>
  );
}

function told(number: number, words: string): readonly string[] {
  return number > 0 ? [`${count(number)} ${words}`] : [];
}
