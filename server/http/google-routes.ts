import { exchangeCode } from '../imports/google-code.ts';
import { importSheet } from '../imports/import-sheet.ts';
import { type HandlersOf, replyWith } from './handler.ts';

/** Google Sheets, for scripts with a token of their own and for sign-ins that need the client's secret. */
export const googleRoutes: HandlersOf<'importGoogleSheet' | 'googleToken'> = {
  importGoogleSheet: async ({ backend, config }, { actor, body, once }) => {
    const { vendors, maxFileBytes } = config;
    const done = await importSheet(backend, actor, vendors.google, { ...body, maxFileBytes }, once?.key ?? null);
    const isNew = done.ok && !done.value.dryRun && done.value.created + done.value.addedToList + done.value.updated > 0;
    return replyWith(done, isNew ? 201 : 200);
  },
  googleToken: async ({ config }, { body }) => replyWith(await exchangeCode(config.vendors.google, body)),
};
