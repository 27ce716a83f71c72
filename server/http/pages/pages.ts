import { openapiDocument } from '#shared/api/openapi.ts';
import { docsPage } from './docs.ts';
import { homePage } from './home.ts';

/** What everybody may read. Each is made once, when it is first asked for: strangers cannot keep the server busy with it. */
export type Pages = { readonly home: () => string; readonly docs: () => string; readonly openapi: () => string };

/** The pages of a server whose address is known once it listens. */
export function createPages(url: () => string, version: string): Pages {
  return {
    home: once(() => homePage(version)),
    docs: once(() => docsPage(url())),
    openapi: once(() => JSON.stringify(openapiDocument(url(), version))),
  };
}

function once(make: () => string): () => string {
  let made: string | null = null;
  return () => {
    made ??= make();
    return made;
  };
}
