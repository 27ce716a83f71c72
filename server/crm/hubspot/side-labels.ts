import { createHash } from 'node:crypto';
import { ok } from '#shared/result.ts';
import type { CrmResult } from '../adapter.ts';
import { isObject } from './failures.ts';
import { type HubspotSideKind, KINDS, type SideLabels } from './side-facts.ts';
import { DATED, get, type Portal } from './transport.ts';

export type LabelReader = {
  readonly read: (kind: HubspotSideKind) => Promise<CrmResult<SideLabels>>;
  /** Reads the labels of deals anew; a mark that is another one when they are. */
  readonly mark: () => Promise<CrmResult<string>>;
};

/** Labels of stages and outcomes are read again after this long. */
const LABELS_MS = 60 * 60 * 1_000;
const NONE: SideLabels = { of: new Map(), pipelines: new Map(), probabilities: new Map(), currency: '' };

export function makeLabelReader(portal: Portal, now: () => number): LabelReader {
  const known = new Map<HubspotSideKind, { readonly at: number; readonly labels: SideLabels }>();
  async function readAnew(kind: HubspotSideKind): Promise<CrmResult<SideLabels>> {
    const labels = kind === 'deal' ? await readStages(portal) : await readOptions(portal, KINDS[kind].type);
    if (labels.ok) known.set(kind, { at: now(), labels: labels.value });
    return labels;
  }
  return {
    async read(kind) {
      const last = known.get(kind);
      return last && now() - last.at < LABELS_MS ? ok(last.labels) : readAnew(kind);
    },
    async mark() {
      const labels = await readAnew('deal');
      if (!labels.ok) return labels;
      const { of, pipelines, probabilities } = labels.value;
      const text = JSON.stringify([[...pipelines], [...probabilities], [...of].map(([id, stages]) => [id, [...stages]])]);
      return ok(createHash('sha256').update(text).digest('hex'));
    },
  };
}

/** Labels of pipelines and of the stages of each; without the right to read them the ids have to do. */
async function readStages(portal: Portal): Promise<CrmResult<SideLabels>> {
  const answer = await portal.call('read', (client) => client.crm.pipelines.pipelinesApi.getAll('deals'));
  if (!answer.ok) return answer.error.kind === 'scope' ? ok(NONE) : answer;
  const pipelines = answer.value.results;
  const stages = pipelines.flatMap((one) => one.stages);
  return ok({
    of: new Map(pipelines.map(({ id, stages: own }) => [id, new Map(own.map((stage) => [stage.id, stage.label]))])),
    pipelines: new Map(pipelines.map(({ id, label }) => [id, label])),
    probabilities: new Map(stages.flatMap(({ id, metadata }) => (metadata?.probability ? [[id, metadata.probability]] : []))),
    currency: '',
  });
}

async function readOptions(portal: Portal, type: string): Promise<CrmResult<SideLabels>> {
  const answer = await portal.call('read', (client) => client.crm.properties.coreApi.getAll(type));
  if (!answer.ok) return answer.error.kind === 'scope' ? ok(NONE) : answer;
  const of = new Map(answer.value.results.map(({ name, options }) => [name, new Map(options.map((one) => [one.value, one.label]))]));
  return ok({ ...NONE, of });
}

/** The currency that amounts are in where a deal names none. */
export async function readCurrency(portal: Portal): Promise<CrmResult<string>> {
  const answer = await portal.call('read', (client) => get(client, `/account-info/${DATED}/details`));
  if (!answer.ok) return answer.error.kind === 'scope' ? ok('') : answer;
  const code = isObject(answer.value) ? answer.value.companyCurrency : null;
  return ok(typeof code === 'string' ? code : '');
}
