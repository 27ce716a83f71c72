import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, test } from 'vitest';
import { readPast } from '../../../../../extension/flow/workspace/lead-past.ts';
import type { LeadEvent, SideItem } from '../../../../../extension/platform/lead-api.ts';
import { Timeline } from '../../../../../extension/ui/workspace/lead/timeline.tsx';

afterEach(cleanup);
const NOW = Date.parse('2026-05-18T12:00:00Z');
const changed: LeadEvent = {
  kind: 'changed',
  at: '2026-05-18T09:41:00Z',
  field: 'jobTitle',
  old: 'Buyer',
  new: 'Head of buying',
  actor: null,
  importId: 'i1',
  fileName: 'HubSpot',
  source: 'hubspot',
  sync: null,
};
const show = (events: readonly LeadEvent[], side: readonly SideItem[] = []) =>
  render(<Timeline past={{ entries: readPast(events), side }} now={NOW} />);

describe('the timeline of a lead', () => {
  test.each([
    ['what keeping in step brought is headed by the CRM', 'hubspot', 'HubSpot sync changed Job title'],
    ['what an import brought is headed by the import', null, 'Import HubSpot changed Job title'],
  ] as const)('%s', (_, sync, headline) => {
    show([{ ...changed, sync }]);
    expect(screen.getByRole('listitem').querySelector('p')?.textContent).toBe(headline);
  });

  test.each([
    ['salesforce', 'Marked “do not contact”: opt-out from Salesforce'],
    ['hubspot', 'Marked “do not contact”: opt-out from HubSpot'],
    ['hand', 'Marked “do not contact”: opt-out added by hand'],
    ['column', 'Marked “do not contact”: opt-out from an import'],
    [null, 'Marked “do not contact”'],
  ])('a mark “do not contact” says where the refusal came from (%s) and when', (source, headline) => {
    const mark = { kind: 'marked_do_not_contact', field: 'doNotContact', old: '', new: 'yes', importId: null, fileName: null } as const;
    show([{ ...changed, ...mark, source }]);
    const item = screen.getByRole('listitem');
    expect([item.querySelector('p')?.textContent, item.querySelector('time')?.dateTime]).toEqual([headline, changed.at]);
  });

  test.each([
    ['with the day they responded', [{ name: 'responded', value: '2026-05-02' }] as const, 'May 2'],
    ['also where they have not responded', [], 'Not yet'],
  ])('a membership of a campaign has its status, %s', (_, responded, words) => {
    const item: SideItem = {
      kind: 'campaign_member',
      id: '00v1',
      provider: 'salesforce',
      title: 'Spring fair',
      at: '2026-05-01T00:00:00Z',
      facts: [{ name: 'status', value: 'Sent' }, ...responded],
    };
    show([], [item]);
    expect(screen.getByRole('listitem').textContent).toContain(`StatusSentResponded${words}`);
  });
});
