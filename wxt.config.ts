import preact from '@preact/preset-vite';
import { defineConfig } from 'wxt';
import { manifestFor } from './extension/platform/manifest.ts';

/** `wxt zip` makes what is handed to a store; everything else is loaded unpacked. */
const isStoreBuild = process.argv.includes('zip');

export default defineConfig({
  srcDir: 'extension',
  publicDir: 'extension/public',
  outDir: 'dist/extension',
  manifestVersion: 3,
  imports: false,
  vite: () => ({ plugins: [preact({ prefreshEnabled: false, reactAliasesEnabled: false })], worker: { format: 'es' } }),
  zip: { excludeSources: ['test/**', 'dist/**', 'server/**'] },
  manifest: ({ browser }) => manifestFor(browser, isStoreBuild, process.env.LEADLINE_CHROME_CLIENT_ID),
});
