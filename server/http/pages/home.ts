import { escapeHtml, page } from './page.ts';

/** GET /: what this is, how to load and pair the extension, where the reference is. No data. */
export function homePage(version: string): string {
  return page(
    'Leadline',
    `<main>
<h1>Leadline</h1>
<p>The sync server of your workspace. It keeps the leads that the Leadline extension and your scripts bring in.</p>
<h2>Load the extension</h2>
<ul>
<li>Chrome, Edge: open <code>chrome://extensions</code>, switch on “Developer mode”, choose “Load unpacked”, pick the folder <code>dist/extension/chrome-mv3</code>.</li>
<li>Firefox: open <code>about:debugging#/runtime/this-firefox</code>, choose “Load Temporary Add-on”, pick <code>dist/extension/firefox-mv3/manifest.json</code>.</li>
</ul>
<h2>Pair it</h2>
<ol>
<li>Open the extension’s options.</li>
<li>Type the pairing code that the server printed. For a new one run <code>npm start -- code</code>.</li>
</ol>
<p><a href="/api/docs">API reference</a> · <a href="/api/openapi.json">OpenAPI document</a> · <a href="/sample.csv">Sample file</a></p>
<p class="quiet">Version ${escapeHtml(version)}</p>
</main>`,
  );
}
