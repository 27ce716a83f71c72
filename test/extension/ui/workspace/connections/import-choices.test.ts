import { describe, expect, test } from 'vitest';
import type { ScopesAnswer } from '#shared/api/connection-work.ts';
import type { ConnectionAnswer } from '#shared/api/connections.ts';
import type { RecordType } from '#shared/crm/record.ts';
import type { CrmScope } from '#shared/crm/scope.ts';
import { NEW_SETTINGS } from '#shared/crm/sync-settings.ts';
import {
  EVERYBODY,
  scopeOfKinds,
  scopeOptions,
  scopeShown,
  typesInUse,
  withEverybody,
} from '../../../../../extension/ui/workspace/connections/import-choices.ts';

const view = { kind: 'view', id: '00B1', name: 'Hot leads' } as const;
const campaign = { kind: 'campaign', id: '7011', name: 'Spring fair' } as const;
const over = { kind: 'campaign', id: '7012', name: 'Autumn fair' } as const;
const FOUND: ScopesAnswer['scopes'] = [
  { type: 'lead', scope: view, size: null },
  { type: 'lead', scope: over, size: 0, isActive: false },
  { type: 'lead', scope: campaign, size: 3 },
  { type: 'contact', scope: campaign, size: 2 },
  { type: 'contact', scope: over, size: 1, isActive: false },
];
const labels = (types: readonly RecordType[], found = FOUND) => scopeOptions(types, found).map(({ label, note }) => `${label}: ${note}`);

describe('who can come in from Salesforce', () => {
  test('a campaign is offered once, with the people of all kinds that come in; one that is over comes last and says so', () => {
    expect(labels(['lead', 'contact'])).toEqual(['Spring fair: Campaign, 5 people', 'Autumn fair: Campaign, 1 person, inactive']);
    expect(labels(['contact'])).toEqual(['Spring fair: Campaign, 2 people', 'Autumn fair: Campaign, 1 person, inactive']);
  });
  test('a list view is of leads or of contacts: it is offered where only those come in', () => {
    expect(labels(['lead'])[0]).toBe('Hot leads: View');
    expect(labels(['contact'])).not.toContain('Hot leads: View');
  });
  test('a list view that says whose it is stands beside several kinds, and says it', () => {
    const typed = { ...view, type: 'lead' } as const;
    expect(labels(['lead', 'contact'], [{ type: 'lead', scope: typed, size: null }])).toEqual(['Hot leads: View of leads']);
  });
  test('everybody comes first, wherever that fits what is typed', () => {
    expect(withEverybody([], '').map(({ label }) => label)).toEqual(['Everybody']);
    expect(withEverybody([], 'EVERY')).toHaveLength(1);
    expect(withEverybody([], 'fair')).toEqual([]);
  });
  test('what is chosen is told with its kind, as it is called now; also when it is no longer found', () => {
    const options = scopeOptions(['lead'], FOUND);
    expect(scopeShown({ ...campaign, name: 'Old name' }, options)).toBe('Campaign: Spring fair');
    expect(scopeShown(campaign, [])).toBe('Campaign: Spring fair');
    expect(scopeShown(EVERYBODY, [])).toBe('Everybody');
  });
});

describe('which kinds come in', () => {
  // as: nothing else of them is looked at
  const pair = (type: 'lead' | 'contact') => ({ type }) as ConnectionAnswer['settings']['pairs'][number];
  const settings = (scopeIn: CrmScope) => ({ ...NEW_SETTINGS, scopeIn, pairs: [pair('lead'), pair('contact')] });
  test.each<[string, CrmScope, readonly RecordType[]]>([
    ['both, where nothing else was said', EVERYBODY, ['lead', 'contact']],
    ['leads alone', { kind: 'all', types: ['lead'] }, ['lead']],
    ['contacts of a campaign', { ...campaign, types: ['contact'] }, ['contact']],
    ['those of a list view', { ...view, type: 'lead' }, ['lead']],
  ])('%s', (_, scope, types) => {
    expect(typesInUse({ provider: 'salesforce', settings: settings(scope) as ConnectionAnswer['settings'] })).toEqual(types);
  });
  test.each<[string, CrmScope, readonly RecordType[], CrmScope]>([
    ['both need not be said', { kind: 'all', types: ['lead'] }, ['lead', 'contact'], EVERYBODY],
    ['a campaign stays chosen', campaign, ['contact'], { ...campaign, types: ['contact'] }],
    ['a list view of leads stays where only leads come in', { ...view, type: 'lead' }, ['lead'], { ...view, type: 'lead' }],
    ['a list view of leads makes room for contacts', { ...view, type: 'lead' }, ['contact'], { kind: 'all', types: ['contact'] }],
  ])('%s', (_, scope, types, expected) => {
    expect(scopeOfKinds('salesforce', scope, types)).toEqual(expected);
  });
});
