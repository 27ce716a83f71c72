import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import { TroubleNote } from '../../../../extension/ui/workspace/trouble-note.tsx';
import type { WorkspaceHost } from '../../../../extension/ui/workspace/workspace-host.ts';

afterEach(cleanup);

test.each([
  ['a CRM that is away is named', [{ kind: 'transient', code: 'NO_ANSWER' }], /^Not just now\. HubSpot is busy or away for a moment\./],
  ['a server that is busy itself is said to be', undefined, /^The server asks to wait a little\./],
])('%s', (_, details, words) => {
  const message = 'HubSpot is busy or away for a moment.';
  const failure = { kind: 'rateLimited', retry: 'later', message, ...(details ? { details } : {}) } as const;
  render(<TroubleNote failure={failure} host={{} as WorkspaceHost} onRetry={() => undefined} />); // no button of it is pressed
  expect(screen.getByText(/Not just now|asks to wait/).closest('p')?.textContent).toMatch(words);
});
