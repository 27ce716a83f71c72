import { templateCsv } from '#shared/api/template-csv.ts';
import { ok } from '#shared/result.ts';
import { SAMPLE_CSV } from '#shared/table/sample.data.ts';
import { type HandlersOf, reply } from './handler.ts';
import { renderFigures } from './metrics.ts';

/** What everybody may read, and the figures. */
export const pageRoutes: HandlersOf<'home' | 'sample' | 'template' | 'health' | 'docs' | 'openapi' | 'metrics'> = {
  home: ({ pages }) => ok({ kind: 'page', html: pages.home() }),
  sample: () => ok({ kind: 'csv', fileName: 'sample.csv', pieces: [SAMPLE_CSV] }),
  template: () => ok({ kind: 'csv', fileName: 'leadline-template.csv', pieces: [templateCsv()] }),
  health: () => reply({ status: 'ok' }),
  docs: ({ pages }) => ok({ kind: 'page', html: pages.docs() }),
  openapi: ({ pages }) => ok({ kind: 'kept', answer: { status: 200, body: pages.openapi() } }),
  metrics: ({ figures }) => ok({ kind: 'text', text: renderFigures(figures), type: 'text/plain; version=0.0.4; charset=utf-8' }),
};
