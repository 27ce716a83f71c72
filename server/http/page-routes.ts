import { openapiDocument } from '#shared/api/openapi.ts';
import { templateCsv } from '#shared/api/template-csv.ts';
import { ok } from '#shared/result.ts';
import { SAMPLE_CSV } from '#shared/table/sample.data.ts';
import { type HandlersOf, reply } from './handler.ts';
import { renderFigures } from './metrics.ts';
import { docsPage } from './pages/docs.ts';
import { homePage } from './pages/home.ts';

/** What everybody may read, and the figures. */
export const pageRoutes: HandlersOf<'home' | 'sample' | 'template' | 'health' | 'docs' | 'openapi' | 'metrics'> = {
  home: ({ version }) => ok({ kind: 'page', html: homePage(version) }),
  sample: () => ok({ kind: 'csv', fileName: 'sample.csv', pieces: [SAMPLE_CSV] }),
  template: () => ok({ kind: 'csv', fileName: 'leadline-template.csv', pieces: [templateCsv()] }),
  health: () => reply({ status: 'ok' }),
  docs: ({ url }) => ok({ kind: 'page', html: docsPage(url()) }),
  openapi: ({ url, version }) => reply(openapiDocument(url(), version)),
  metrics: ({ figures }) => ok({ kind: 'text', text: renderFigures(figures), type: 'text/plain; version=0.0.4; charset=utf-8' }),
};
