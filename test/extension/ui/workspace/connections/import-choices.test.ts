import { describe, expect, test } from 'vitest';
import type { AnswerOf } from '#shared/api/contract.ts';
import { EVERYBODY, scopesFor } from '../../../../../extension/ui/workspace/connections/import-choices.ts';

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
