import { apiErrorSentence } from '#shared/sentences/api-error.ts';
import type { ApiError } from '../error-response.ts';
import { escapeHtml, page } from './page.ts';

/** What a person sees who comes back from a CRM. Nothing of the address they came with is in it. */
export function connectedPage(crm: string, account: { readonly name: string }): string {
  return page(
    'Connected',
    `<main>
<h1>${escapeHtml(crm)} is connected</h1>
<p>Leadline can reach the account <strong>${escapeHtml(account.name)}</strong> now. Close this page and go on in Leadline.</p>
</main>`,
  );
}

/** Why nothing was connected, and what mends it. */
export function notConnectedPage(error: Pick<ApiError, 'code' | 'about' | 'data'>): string {
  return page(
    'Not connected',
    `<main>
<h1>Not connected</h1>
<p>${escapeHtml(apiErrorSentence(error.code, error.about, error.data))}</p>
</main>`,
  );
}
