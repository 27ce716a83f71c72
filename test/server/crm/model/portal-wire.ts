import { NoAnswer } from '../../../support/hubspot/faults.ts';
import { findObject } from '../../../support/hubspot/portal.ts';
import type { FakeHubspot } from '../../../support/hubspot/start-hubspot.ts';
import { updateObject } from '../../../support/hubspot/write-object.ts';
import type { RecordBook } from './record-book.ts';
import type { Seen } from './remote-records.ts';
import { quiet } from './settings.ts';
import { type Answer, onWire } from './wire.ts';

type Input = { readonly id?: string; readonly objectWriteTraceId?: string; readonly properties?: Readonly<Record<string, string>> };
/** What a workflow of the portal's own writes is told under. */
const WORKFLOW = { sourceType: 'AUTOMATION_PLATFORM', sourceId: 'workflow', userId: null };

/** The wire to a loopback portal: where answers get lost, records are locked, and what is written is counted. */
export function createPortalWire({
  hubspot,
  book,
  seen,
}: {
  readonly hubspot: FakeHubspot;
  readonly book: RecordBook;
  readonly seen: Seen;
}): Answer {
  const { portal, faults } = hubspot;
  const ask = (request: Request): Promise<Response | null> =>
    hubspot.answer(request).catch((error) => {
      if (error instanceof NoAnswer) return null;
      throw error;
    });
  const count = (ids: readonly string[], inputs: readonly Input[]) => {
    for (const id of ids) {
      const isOptOut = inputs.some((input) => input.id === id && 'hs_email_optout' in (input.properties ?? {}));
      if (!isOptOut) seen.writes += 1;
      else {
        seen.optOutsWritten += 1;
        if (book.records.get(id)?.isOptedOut) seen.optOutsWrittenTwice += 1;
      }
    }
  };
  /** A workflow that has every job title otherwise, after it was written. */
  const shout = (ids: readonly string[]) => {
    for (const id of seen.shouts === false ? [] : ids) {
      const object = findObject(portal, 'contacts', id);
      const title = object?.properties.get('jobtitle') ?? '';
      const isWritten = object?.history.get('jobtitle')?.[0]?.sourceType === 'INTEGRATION';
      const louder = `${seen.shouts === 'once' ? quiet(title) : title}!`;
      if (object && isWritten && title !== '') updateObject(portal, object, new Map([['jobtitle', louder]]), WORKFLOW, true);
    }
  };

  return onWire(seen, async (request, path, body) => {
    seen.calls += 1;
    const [, act] = /^\/crm\/objects\/2026-03\/contacts\/batch\/(create|update|archive)$/.exec(path) ?? [];
    if (act === undefined) return ask(request);
    const { fault } = seen;
    seen.fault = null;
    if (fault === 'never') return null;
    if (fault === 'locked') faults.locked(path);
    const { inputs } = JSON.parse(body) as { readonly inputs: readonly Input[] };
    const told = await ask(request);
    if (!told?.ok) return told;
    if (act === 'archive') seen.archived.push(...inputs.flatMap(({ id }) => id ?? []));
    else {
      const { results } = (await told.clone().json()) as { readonly results: readonly { readonly id: string }[] };
      const ids = results.map(({ id }) => id);
      count(ids, inputs);
      shout(ids);
    }
    book.look(true, new Map(inputs.map(({ properties, objectWriteTraceId = '' }) => [properties?.leadline_id ?? '', objectWriteTraceId])));
    return fault === 'lost' ? null : told;
  });
}
