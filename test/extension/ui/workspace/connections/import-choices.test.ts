import { describe, expect, test } from 'vitest';
import type { ConnectionAnswer } from '#shared/api/connections.ts';
import type { AnswerOf } from '#shared/api/contract.ts';
import type { RecordType } from '#shared/crm/record.ts';
import type { CrmScope } from '#shared/crm/scope.ts';
import { NEW_SETTINGS } from '#shared/crm/sync-settings.ts';
import { EVERYBODY, scopeOfKinds, scopesFor, typesInUse } from '../../../../../extension/ui/workspace/connections/import-choices.ts';

type Found = AnswerOf<'connectionLists'>['scopes'];
const view = { kind: 'view', id: '00B1', name: 'Hot leads' } as const;
const campaign = { kind: 'campaign', id: '7011', name: 'Spring fair' } as const;
const FOUND: Found = [
  { type: 'lead', scope: view, size: null },
  { type: 'lead', scope: campaign, size: 3 },
  { type: 'contact', scope: campaign, size: 2 },
];

describe('who can come in from Salesforce', () => {
  test('a campaign is offered once, though leads and contacts are in it', () => {
    expect([...scopesFor(['lead', 'contact'], FOUND, EVERYBODY).values()]).toEqual([EVERYBODY, campaign]);
  });
  test('a list view is of leads or of contacts: it is offered where only those come in', () => {
    expect([...scopesFor(['lead'], FOUND, EVERYBODY).values()]).toContainEqual(view);
    expect([...scopesFor(['contact'], FOUND, EVERYBODY).values()]).not.toContainEqual(view);
  });
  test('a list view that says whose it is stands beside several kinds', () => {
    const typed = { ...view, type: 'lead' } as const;
    expect([...scopesFor(['lead', 'contact'], [{ type: 'lead', scope: typed, size: null }], EVERYBODY).values()]).toEqual([
      EVERYBODY,
      typed,
    ]);
  });
  test('what is chosen stays in the list, though it is no longer found', () => {
    expect([...scopesFor(['lead'], [], campaign).values()]).toEqual([EVERYBODY, campaign]);
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
