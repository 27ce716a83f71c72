import { render, screen } from '@testing-library/preact';
import { beforeEach, expect, test } from 'vitest';
import { WorkspaceScreen } from '../../../../extension/ui/workspace/workspace-screen.tsx';
import { NAUGHTY } from '../../../fixtures/naughty-strings/read-strings.ts';
import { fakeWorkspace } from '../../../support/fake-workspace.ts';
import { makeLead } from '../../../support/stored-leads.ts';

const TEXTS = NAUGHTY.filter((text) => text.trim() !== '');
beforeEach(() => history.replaceState(null, '', location.pathname));

test('whatever a custom field is called and holds, a lead’s page shows it as text and makes nothing of it', async () => {
  const fake = fakeWorkspace(1);
  const customFields = TEXTS.map((value, index) => ({ label: `${index} ${value}`, value }));
  fake.leads = [makeLead('ld0', { firstName: 'Ann', lastName: 'Lee', companyName: '<img src=x onerror=alert(1)>', customFields })];
  history.replaceState(null, '', `${location.pathname}#/leads/ld0`);
  render(<WorkspaceScreen host={fake.host} />);
  await screen.findByRole('heading', { name: 'Ann Lee' });
  const fields = [...document.querySelectorAll<HTMLInputElement>('input, textarea')].map(({ value }) => value);
  const shown = `${document.body.textContent}\n${fields.join('\n')}`;
  const missing = TEXTS.filter((text) => !shown.includes(text));
  expect(missing).toEqual([]);
  expect(document.querySelectorAll('script, iframe, img, object, embed, video, audio, meta, style, [onerror], [onload]')).toHaveLength(0);
  const links = [...document.querySelectorAll('[href], [src], [action]')].map((element) => element.getAttribute('href') ?? 'other');
  expect(links.filter((link) => /^\s*(?:javascript|data|vbscript|other)/i.test(link))).toEqual([]);
  expect(Object.keys(Object.prototype)).toEqual([]);
});
