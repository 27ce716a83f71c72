import { describe, expect, test } from 'vitest';
import { readTarget, targetChoices, targetValue, usualTarget } from '../../../../../extension/ui/workspace/connections/import-target.ts';
import type { CrmScope } from '../../../../../shared/crm/scope.ts';
import { NEW_SETTINGS } from '../../../../../shared/crm/sync-settings.ts';

const lists = [
  { id: 'l1', name: 'Default list', leadCount: 0, isDefault: true },
  { id: 'l2', name: 'Spring fair', leadCount: 3, isDefault: false },
];
const fair: CrmScope = { kind: 'list', id: '7', name: 'spring fair' };
const autumn: CrmScope = { kind: 'list', id: '8', name: 'Autumn fair' };
const everybody: CrmScope = { kind: 'all' };
const usual = (scope: CrmScope, scopeIn: CrmScope = everybody, listId: string | null = null) =>
  usualTarget({ connection: { provider: 'hubspot', settings: { ...NEW_SETTINGS, scopeIn, listId } }, scope, types: ['contact'], lists });

describe('the list an import from a CRM goes into, where nobody chose', () => {
  test.each<[string, ReturnType<typeof usual>, ReturnType<typeof usual>]>([
    ['is called as what is chosen now', usual(autumn), { listName: 'Autumn fair' }],
    ['is the one of that name, where there is one', usual(fair), { listId: 'l2' }],
    ['is not that of another import: everybody does not go to the fair', usual(everybody, fair, 'l2'), { listName: 'HubSpot contacts' }],
    ['is the connection’s own for everybody, where it is about everybody', usual(everybody, everybody, 'l1'), { listId: 'l1' }],
    ['is never one that was deleted', usual(everybody, everybody, 'gone'), { listName: 'HubSpot contacts' }],
  ])('%s', (_, target, wanted) => expect(target).toEqual(wanted));
});

test('the lists there are can be chosen, the default one once, and the new one by its name', () => {
  const target = usual(autumn);
  expect(targetChoices(target, lists).map(({ label }) => label)).toEqual([
    'Into a new list “Autumn fair”',
    'Into the default list',
    'Into Spring fair',
  ]);
  expect(targetChoices(usual(fair), lists)).toHaveLength(2);
  for (const { value } of targetChoices(target, lists)) expect(targetValue(readTarget(value, target))).toBe(value);
});
