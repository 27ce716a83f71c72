import { API_VERSION, ROUTES } from '#shared/api/contract.ts';
import { ERROR_CODES, ERROR_STATUS } from '#shared/api/errors.ts';
import { errorsOf, groupOf, openapiDocument } from '#shared/api/openapi.ts';
import type { Route } from '#shared/api/route.ts';
import { apiErrorSentence } from '#shared/sentences/api-error.ts';
import { escapeHtml, page } from './page.ts';
import { shapeText } from './shape-text.ts';

/** What most readers come for stands first. */
const ORDER: readonly string[] = ['leads', 'lists', 'imports', 'suppressions', 'workspace', 'server'];

/** GET /api/docs: the reference, made from the contract. `url` is the server's address. */
export function docsPage(url: string): string {
  const routes: readonly Route[] = Object.values(ROUTES);
  const groups = [...new Set(routes.map(groupOf))].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
  const document = openapiDocument(url, API_VERSION);
  const section = (group: string) =>
    `<h2 id="${group}">${name(group)}</h2>${routes
      .filter((route) => groupOf(route) === group)
      .map((route) => entry(route, document))
      .join('')}`;
  return page(
    'Leadline API reference',
    `<main>
<h1>API reference</h1>
<p>JSON unless said otherwise. Send <code>Authorization: Bearer ll_…</code> on everything that is not public. Fields this server does not know are ignored.</p>
<pre><code>${escapeHtml(example(url))}</code></pre>
<nav>${groups.map((group) => `<a href="#${group}">${name(group)}</a>`).join('')}<a href="#errors">Errors</a><a href="/api/openapi.json">OpenAPI</a></nav>
${groups.map(section).join('\n')}
<h2 id="errors">Errors</h2>
<p>Every error is <code>{ error, code, details?, requestId }</code>. Act on the code; the sentence is for people.</p>
<table><thead><tr><th>Status</th><th>Code</th><th>Says</th></tr></thead><tbody>
${ERROR_CODES.map((code) => `<tr><td>${ERROR_STATUS[code]}</td><td><code>${code}</code></td><td>${inline(apiErrorSentence(code))}</td></tr>`).join('\n')}
</tbody></table>
</main>`,
  );
}

function name(group: string): string {
  return escapeHtml(group.replaceAll('-', ' '));
}

function entry(route: Route, document: object): string {
  const shape = shapeText(route, document);
  const access = route.access === 'public' ? 'Public' : `From the role ${route.access}`;
  return `<details><summary><span class="method">${route.method}</span><span class="path">${escapeHtml(route.path)}</span><span class="what">${inline(route.summary)}</span></summary><div>
<p class="quiet">${access}${route.once ? ' · takes <code>Idempotency-Key</code>' : ''}</p>
${block('Query', shape.query)}${block('Body', shape.body)}${block(`Answer ${shape.statuses}`, shape.answer)}
<p class="quiet">Errors: ${errorsOf(route)
    .map((code) => `<code>${code}</code>`)
    .join(' ')}</p></div></details>`;
}

function block(title: string, text: string | null): string {
  return text === null ? '' : `<h3>${escapeHtml(title)}</h3><pre><code>${escapeHtml(text)}</code></pre>`;
}

/** Sentences mark code with backticks. */
function inline(text: string): string {
  return escapeHtml(text)
    .replace(/&#96;|`/g, '`')
    .replace(/`([^`]+)`/g, '<code>$1</code>');
}

function example(url: string): string {
  return `curl ${url}/api/leads \\
  -H "Authorization: Bearer $LEADLINE_KEY" -H 'Content-Type: application/json' \\
  -d '{"leads":[{"firstName":"Ann","lastName":"Lee",
       "email":"ann@example.com","phone":"2025550123"}]}'`;
}
